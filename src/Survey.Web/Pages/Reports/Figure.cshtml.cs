using Microsoft.AspNetCore.Mvc;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.OpenData;

namespace Survey.Web.Pages.Reports;

/// <summary>A figure of a published version by itself, to look at, to take along and to cite: picture, measure, numbers, source, files. The heatmap is one too.</summary>
public sealed class FigureModel(SurveyDb db, PublishedVersions versions, SiteOptions options, SiteStamp stamp, ContentIndex index) : VersionPage(db, versions, options, stamp, index)
{
    public EditionBlock Figure { get; private set; } = null!;

    /// <summary>The chapter that it stands in.</summary>
    public EditionPage Chapter { get; private set; } = null!;

    public string Id { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string? Measure { get; private set; }

    /// <summary>The numbers behind it.</summary>
    public FigureTable Table { get; private set; } = null!;

    /// <summary>Never: figures hold no member's words.</summary>
    public override bool LeavesOutHere => false;

    public Task<IActionResult> OnGetAsync(string round, int number, string language, string figure, CancellationToken cancel) =>
        ShowAsync(round, number, language, () =>
        {
            if (Pages.PageWith(figure) is not { } chapter || chapter.Blocks.SelectMany(EditionPages.Inner).FirstOrDefault(b => EditionFigure.Of(b)?.Id == figure) is not { } found)
            {
                return NotInThisLanguage();
            }

            (Id, Chapter, Figure) = (figure, chapter, found);
            (Title, Measure, Table) = found switch
            {
                FigureBlock chart => (chart.Title, chart.Subtitle, FigureTable.Of(chart.Chart)),
                HeatmapBlock heatmap => (heatmap.Title, heatmap.Subtitle, FigureTable.Of(heatmap)),
                _ => throw new InvalidOperationException($"{found.GetType().Name} is no figure."),
            };
            return null;
        }, cancel);
}
