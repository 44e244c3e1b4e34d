using Microsoft.AspNetCore.Mvc;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.OpenData;
using Survey.Web.Access;

namespace Survey.Web.Pages.Reports;

/// <summary>A figure of a published version by itself, to look at, to take along and to cite: picture, measure, numbers, source, files. The heatmap is one too.</summary>
public sealed class FigureModel(SurveyDb db, PublishedVersions versions, SiteOptions options, SiteStamp stamp) : VersionPage(db, versions, options, stamp)
{
    public EditionBlock Figure { get; private set; } = null!;

    /// <summary>The chapter that it stands in.</summary>
    public EditionPage Chapter { get; private set; } = null!;

    public string Id { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string? Measure { get; private set; }

    public string? Note { get; private set; }

    /// <summary>The numbers behind it.</summary>
    public FigureTable Table { get; private set; } = null!;

    /// <summary>Never: figures hold no member's words.</summary>
    public override bool LeavesOutHere => false;

    public Task<IActionResult> OnGetAsync(string round, int number, string language, string figure, CancellationToken cancel) =>
        ShowAsync(round, number, language, () =>
        {
            if (Pages.PageWith(figure) is not { } chapter || chapter.Blocks.SelectMany(EditionPages.Inner).FirstOrDefault(b => IsFigure(b, figure)) is not { } found)
            {
                return KindPage.NotFound();
            }

            (Id, Chapter, Figure) = (figure, chapter, found);
            (Title, Measure, Note, Table) = found switch
            {
                FigureBlock chart => (chart.Title, chart.Subtitle, chart.Note, FigureTable.Of(chart.Chart)),
                HeatmapBlock heatmap => (heatmap.Title, heatmap.Subtitle, heatmap.Note, FigureTable.Of(heatmap)),
                _ => throw new InvalidOperationException($"{found.GetType().Name} is no figure."),
            };
            return null;
        }, cancel);

    private static bool IsFigure(EditionBlock block, string id) => block is FigureBlock figure ? figure.Id == id : block is HeatmapBlock heatmap && heatmap.Id == id;
}
