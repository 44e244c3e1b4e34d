using Survey.Reporting.Charts;
using Survey.Reporting.Editions;

namespace Survey.Web.Pages.Reports;

/// <summary>A block of an edition with what its view needs besides: where the version's pages and files are, which files there are, and what its figures and tables are called.</summary>
public sealed record BlockView(EditionBlock Block, string Root, IReadOnlySet<string> Files, EditionPages Pages, EditionNumbers Numbers)
{
    /// <summary>Where the pictures are, for a draft that members read: its files have addresses of their own. Null where they are beside the pages.</summary>
    public string? DraftFiles { get; init; }

    /// <summary>Whether it is a draft: its figures have no pages to take them from.</summary>
    public bool IsDraft => DraftFiles is not null;

    /// <summary>The same surroundings for a block within this one.</summary>
    public BlockView Inner(EditionBlock block) => this with { Block = block };

    /// <summary>The address of a figure's picture, or null where there is none.</summary>
    public string? PictureOf(string id)
    {
        var name = $"{EditionModel.Figures}{id}.svg";
        return Files.Contains(name) ? $"{DraftFiles ?? Root}/{name}" : null;
    }

    /// <summary>The address of a figure's own page.</summary>
    public string PageOf(string id) => $"{Root}/{EditionModel.Figures}{id}";

    /// <summary>The address of a chapter's page, or null where there is no such chapter.</summary>
    public string? ChapterOf(string? id) => id is not null && Pages.Page(id) is not null ? $"{Root}/{id}" : null;

    /// <summary>The address of a table or figure by its id, on whichever page it stands, or null where there is none.</summary>
    public string? PlaceOf(string id) => Pages.PageWith(id) is { } page ? $"{Root}/{page.Chapter.Id}#{id}" : null;

    /// <summary>The mark of a direction; its meaning always stands beside it in words.</summary>
    public static string MarkOf(Direction direction) => direction.ToString().ToLowerInvariant();

    /// <summary>How a heatmap's cell is filled: full where the whole range lies on one side of zero, a frame where it does not.</summary>
    public static string ShadeOf(HeatmapCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Class is not { } shade ? "none" : $"class{shade + 2}{(cell.Direction is Direction.Forward or Direction.Back ? "" : " framed")}";
    }
}
