using Survey.Reporting.Charts;
using Survey.Reporting.Editions;

namespace Survey.Web.Pages.Reports;

/// <summary>A block of an edition with what its view needs besides: where the version's files are, and which figures were drawn.</summary>
public sealed record BlockView(EditionBlock Block, string Root, IReadOnlySet<string> Figures, EditionContent Content)
{
    /// <summary>The same surroundings for a block within this one.</summary>
    public BlockView Inner(EditionBlock block) => this with { Block = block };

    /// <summary>The address of a figure's picture, or null where there is none.</summary>
    public string? PictureOf(FigureBlock figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var name = $"{EditionModel.Figures}{figure.Id}.svg";
        return Figures.Contains(name) ? $"{Root}/{name}" : null;
    }

    /// <summary>The mark of a direction; its meaning always stands beside it in words.</summary>
    public static string MarkOf(Direction direction) => direction.ToString().ToLowerInvariant();
}
