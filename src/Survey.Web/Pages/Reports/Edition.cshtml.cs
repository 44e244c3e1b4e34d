using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Questionnaires;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// The entry page of a published version: its headline and points in a sentence each, imprint and contents, figures, files, what changed since the last edition, how to read it and how to cite it.
/// Its chapters have pages of their own (<see cref="ChapterModel"/>).
/// </summary>
public sealed class EditionModel(SurveyDb db, PublishedVersions versions, SiteOptions options, SiteStamp stamp, ContentIndex index) : VersionPage(db, versions, options, stamp, index)
{
    /// <summary>The file that the pages are made from, and the folders of figures and data.</summary>
    public const string ContentFile = "content.json", Figures = "figures/", Data = "data/";

    private readonly SurveyDb db = db;
    private IReadOnlySet<string> withLapsed = new HashSet<string>();

    /// <summary>The files to name: the data, and the PDFs that hold nothing which may no longer be printed.</summary>
    public IEnumerable<VersionFile> Offered => Files.Where(f => f.Name.StartsWith(Data, StringComparison.Ordinal) || (f.Name == EditionList.Pdf && !withLapsed.Contains(f.Language)));

    /// <summary>The version as reference managers take it up.</summary>
    public Citation Cited => new(Report, Version.PublishedAt, Version.Doi, Canonical, Version.Round, Version.Number);

    /// <summary>The differences to the last round that the version publishes, by question, for the world; empty in a first edition.</summary>
    public IReadOnlyList<ChangedQuestion> Changes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string round, int number, string language, CancellationToken cancel)
    {
        var page = await ShowAsync(round, number, language, () => null, cancel);
        if (Version is not null && Report is not null)
        {
            withLapsed = await Version.Lapsed.LanguagesAsync(db, Version.Id, cancel);
            Changes = ChangesOf(CubeJson.Read(await db.EditionVersions.AsNoTracking().Where(v => v.Id == Version.Id).Select(v => v.Cube).FirstAsync(cancel)));
        }

        return page;
    }

    private List<ChangedQuestion> ChangesOf(Cube cube)
    {
        var definition = Version.Definition;
        var changed = new List<ChangedQuestion>();
        foreach (var question in definition.Questionnaire.Questions.Where(q => q.Role is QuestionRole.State or QuestionRole.Change).OrderBy(q => q.Role is QuestionRole.Change))
        {
            List<ChangedPoint> points =
            [
                .. from point in cube.Points
                   let figures = point.Rating(question.Key)
                   let trend = figures?.Trend(Cube.World)
                   where trend?.Change is not null && trend.Points.Count > 1
                   select new ChangedPoint(definition.Plan.Point(point.Point)?.ShortTitle.In(Version.Language) ?? point.Point, trend.Points[^2].Headline.Value, trend.Points[^1].Headline.Value, figures!.IsNetBalance == true, trend.Change!),
            ];
            if (points.Count > 0)
            {
                changed.Add(new(question.ShortTitle.In(Version.Language), points[0].Change.Since, points));
            }
        }

        return changed;
    }

    /// <summary>A question with what the world's figures were and are.</summary>
    public sealed record ChangedQuestion(string Title, string Since, IReadOnlyList<ChangedPoint> Points);

    /// <summary>A point's headline then and now, and whether the difference is clear.</summary>
    public sealed record ChangedPoint(string Title, int Then, int Now, bool IsNet, Change Change);
}
