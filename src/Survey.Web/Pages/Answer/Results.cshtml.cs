using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Findings;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// "You said this; your region said that; the network said that", per point. Regions and network come from the published edition's cube and from nothing else: what
/// the report does not show is not here either, and its numbers are the same. The member's own answers are those it sent last.
/// </summary>
public sealed class ResultsModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks)
    : MemberPage(db, session, forms, texts, time, marks)
{
    private static readonly QuestionRole[] Compared = [QuestionRole.State, QuestionRole.Change];

    public bool IsPublished { get; private set; }

    public bool IsSent => Held.Response is { Version: > 0 };

    public IReadOnlyList<PointSeen> Points { get; private set; } = [];

    /// <summary>The member's region as published: itself, or the group that it was joined with; null where the report has no regions.</summary>
    public PublishedRegion? Region { get; private set; }

    /// <summary>The address of the report, in the page's language where it is in that.</summary>
    public string ReportAddress { get; private set; } = "";

    /// <summary>Whether the member's region is shown together with others.</summary>
    public bool IsMerged => Region is { Slug: PublishedRegion.OtherRegions };

    /// <summary>The names of the region or regions that are shown as the member's.</summary>
    public string RegionNames => Region is null ? "" : Texts.Catalogue.List([.. Region.Members.Select(m => Form.Places.Region(m)?.Title.In(Texts.Language) ?? m)]);

    /// <summary>Whether a round's edition is published, and so its results can be shown.</summary>
    public static Task<bool> IsPublishedAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.EditionVersions.AnyAsync(v => v.Edition!.RoundId == roundId && v.Number != null, cancel);
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var newest = Held.Round.IsPilot ? null : await Db.EditionVersions.AsNoTracking().Where(v => v.Edition!.RoundId == Held.Round.Id && v.Number != null && v.WithdrawnAt == null).OrderByDescending(v => v.Number)
            .Select(v => new { v.Cube, Languages = v.Artefacts.Where(a => a.Name == "content.json").Select(a => a.Language).ToList() }).FirstOrDefaultAsync(cancel);
        if (newest is null)
        {
            return;
        }

        IsPublished = true;
        ReportAddress = $"/reports/{Held.Round.Slug}/{(newest.Languages.Count > 0 ? Texts.Among(newest.Languages) : Texts.Language)}";
        var cube = CubeJson.Read(newest.Cube);
        Region = cube.Regions.FirstOrDefault(r => r.Members.Contains(Held.Invitation.Region));
        var sent = Held.Response is { Version: > 0 } response
            ? AnswerSheet.FromJson(await Db.Submissions.AsNoTracking().Where(s => s.ResponseId == response.Id && s.Version == response.Version).Select(s => s.Content).SingleAsync(cancel))
            : AnswerSheet.Of([]);
        var questions = Compared.Select(Form.Questionnaire.WithRole).OfType<Question>().ToList();
        Points = [.. Form.Points.Select(p => new PointSeen(p, [.. questions.Select(q => Seen(q, p.Slug, cube, sent)).OfType<QuestionSeen>()]))];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
        }

        return Redirect(To("results"));
    }

    /// <summary>Only the language is ever posted here.</summary>
    protected override bool IsAlwaysAllowed => true;

    private QuestionSeen? Seen(Question question, string point, Cube cube, AnswerSheet sent)
    {
        if (cube.Point(point)?.Rating(question.Key) is not { } figures)
        {
            return null;
        }

        var own = sent.Find(point, question.Key)?.Choices is [var code, ..] ? question.Choice(code) : null;
        return new(question, own, Region is null ? null : CellOf(question, figures, figures.Cell(Region.Slug), own), CellOf(question, figures, figures.World, own)!);
    }

    private static CellSeen CellOf(Question question, RatingFigures figures, RatingCell? cell, Choice? own) => new(
        cell?.Treatment ?? CellTreatment.Hidden,
        cell?.ValidN,
        [.. (RatingReading.Of(question, figures, cell)?.Groups ?? []).Select(g => new GroupSeen(g.Group.Label, g.Percent, own is not null && g.Group.Choices.Contains(own.Code)))]);

    /// <summary>A point with its questions; none where nothing was published.</summary>
    public sealed record PointSeen(PlanPoint Point, IReadOnlyList<QuestionSeen> Questions);

    /// <summary>A question, the member's own answer, and what region (null where there are none) and network said.</summary>
    public sealed record QuestionSeen(Question Question, Choice? Own, CellSeen? Region, CellSeen Network);

    /// <summary>What the report shows of one region's or the network's answers.</summary>
    public sealed record CellSeen(CellTreatment Treatment, int? Base, IReadOnlyList<GroupSeen> Groups);

    /// <summary>A group of choices as published together, its share in whole per cent, and whether the member's own answer is among it.</summary>
    public sealed record GroupSeen(LocalisedText Label, int Percent, bool IsOwn);
}
