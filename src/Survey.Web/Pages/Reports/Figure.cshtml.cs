using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.OpenData;
using Survey.Web.Pages.Shared;

namespace Survey.Web.Pages.Reports;

/// <summary>A figure of a published version by itself, to look at, to take along and to cite: picture, measure, numbers, source, files. The heatmap is one too.</summary>
public sealed class FigureModel(SurveyDb db, PublishedVersions versions, SiteOptions options, SiteStamp stamp, ContentIndex index) : VersionPage(db, versions, options, stamp, index)
{
    private readonly SurveyDb db = db;

    public EditionBlock Figure { get; private set; } = null!;

    /// <summary>The chapter that it stands in.</summary>
    public EditionPage Chapter { get; private set; } = null!;

    public string Id { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string? Measure { get; private set; }

    /// <summary>The numbers behind it.</summary>
    public FigureTable Table { get; private set; } = null!;

    /// <summary>The figure as a picture for where the page is shared; null while it is not made.</summary>
    public PagePicture? Picture { get; private set; }

    /// <summary>Never: figures hold no member's words.</summary>
    public override bool LeavesOutHere => false;

    public async Task<IActionResult> OnGetAsync(string round, int number, string language, string figure, CancellationToken cancel)
    {
        var page = await ShowAsync(round, number, language, () =>
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
        if (page is PageResult && await PictureAsync(cancel) is { } picture)
        {
            Picture = new($"{Site}{Version.Root}/{PictureContent.OfFigure(Id)}", Alternative, PngSize.WidthOf(picture), PngSize.HeightOf(picture));
        }

        return page;
    }

    private string Alternative => Figure is FigureBlock { Alternative.Length: > 0 } chart ? chart.Alternative : Measure is { } measure ? $"{Title} {measure}" : Title;

    private Task<byte[]?> PictureAsync(CancellationToken cancel)
    {
        var name = PictureContent.OfFigure(Id);
        return db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == Version.Id && a.Language == Version.Language && a.Name == name).Select(a => a.Bytes).FirstOrDefaultAsync(cancel);
    }
}
