using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Rounds;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>What changed against the round before, question by question and point by point: what stays comparable and what breaks.</summary>
public sealed class ChangesModel(SurveyDb db) : PageModel
{
    public SurveyRound Round { get; private set; } = null!;

    /// <summary>The round before, or null where this one is compared with none.</summary>
    public SurveyRound? Last { get; private set; }

    public IReadOnlyList<Line> Questions { get; private set; } = [];

    public IReadOnlyList<Line> Points { get; private set; } = [];

    /// <summary>Changes that the files do not declare: the round does not open with them.</summary>
    public IReadOnlyList<Problem> Undeclared { get; private set; } = [];

    /// <summary>How many of both are like this.</summary>
    public int Count(string comparison) => Questions.Concat(Points).Count(l => l.Comparison == comparison);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstOrDefaultAsync(r => r.Slug == slug, cancel) is not { } round)
        {
            return KindPage.NotFound();
        }

        Round = round;
        var now = RoundDefinition.Of(round);
        Last = await RoundOpening.LastAsync(db, round, now, cancel);
        if (Last is null)
        {
            return Page();
        }

        var before = RoundDefinition.Of(Last);
        var (questions, points) = (Comparability.Of(before.Questionnaire, now.Questionnaire), Comparability.Of(before.Plan, now.Plan));
        Undeclared = [.. questions.Problems, .. points.Problems];
        Questions = Lines(questions, key => now.Questionnaire.Question(key)?.Text, before.Questionnaire.Questions.Select(q => (q.Key, q.Text)));
        Points = Lines(points, slug => now.Plan.Point(slug)?.Title, before.Plan.Points.Select(p => (p.Slug, p.Title)));
        return Page();
    }

    private static List<Line> Lines(Comparability compared, Func<string, LocalisedText?> words, IEnumerable<(string Key, LocalisedText Words)> before)
    {
        var carried = compared.Items.Select(i => i.LastKey).ToHashSet();
        return
        [
            .. compared.Items.Select(i => new Line(i.Key, words(i.Key)!, i.Comparison.ToString()) { Retranslated = i.Retranslated }),
            .. before.Where(b => !carried.Contains(b.Key)).Select(b => new Line(b.Key, b.Words, Line.Gone)),
        ];
    }

    /// <summary>A question or point, and what became of it: a <see cref="Comparison"/> by name, or <see cref="Gone"/>.</summary>
    public sealed record Line(string Key, LocalisedText Words, string Comparison)
    {
        /// <summary>Asked in the round before and not any more.</summary>
        public const string Gone = "Gone";

        /// <summary>Languages, parted by spaces, in which only the translation was corrected.</summary>
        public string Retranslated { get; init; } = "";
    }
}
