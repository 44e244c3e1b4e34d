using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>A round's newest published version that prints what may no longer be printed, with the languages in which the next one is to be made.</summary>
public sealed record DueVersion(int Number, IReadOnlyList<string> Languages)
{
    /// <summary>The round's newest version where a new one is owed, else null.</summary>
    public static async Task<DueVersion?> OfAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        var newest = await db.EditionVersions.AsNoTracking().Where(v => v.Edition!.RoundId == round.Id && v.Number != null).OrderByDescending(v => v.Number)
            .Select(v => new { v.Id, v.Number, Languages = v.Artefacts.Where(a => a.Name == "content.json").Select(a => a.Language).ToList() }).FirstOrDefaultAsync(cancel);
        return newest is not null && await LapsedMentions.IsDueAsync(db, round, definition, newest.Id, cancel)
            ? new(newest.Number!.Value, [.. newest.Languages.Order(StringComparer.Ordinal)]) : null;
    }

    /// <summary>The slugs of those rounds where one is owed.</summary>
    public static async Task<IReadOnlyList<string>> RoundsAsync(SurveyDb db, RoundForms forms, IReadOnlyList<SurveyRound> rounds, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(forms);
        var due = new List<string>();
        foreach (var round in rounds.Where(r => r.State is not RoundState.Planned))
        {
            if (await OfAsync(db, round, (await forms.OfAsync(db, round.Id, cancel)).Definition, cancel) is not null)
            {
                due.Add(round.Slug);
            }
        }

        return due;
    }
}
