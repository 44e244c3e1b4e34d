using System.Globalization;

namespace Survey.Reporting.Editions;

/// <summary>
/// What figures and tables are called ("Figure 1", "Table 1"), as the layout counts them: pictures by themselves, all tables (summary and heatmap among them) by themselves,
/// in the content's order through the whole edition.
/// </summary>
public sealed class EditionNumbers
{
    private readonly Dictionary<string, string> labels = new(StringComparer.Ordinal);

    /// <summary>The numbers of a content.</summary>
    public EditionNumbers(EditionContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var (figures, tables) = (0, 0);
        foreach (var block in content.Blocks.SelectMany(EditionPages.Inner))
        {
            switch (block)
            {
                case FigureBlock figure:
                    Add(figure.Id, content.Labels.Figure, ++figures);
                    break;
                case TableBlock table:
                    Add(table.Id, content.Labels.Table, ++tables);
                    break;
                case HeatmapBlock heatmap:
                    Add(heatmap.Id, content.Labels.Table, ++tables);
                    break;
                case SummaryListBlock summary:
                    Add(summary.Id, content.Labels.Table, ++tables);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>What the figure or table with this id is called; null of anything else.</summary>
    public string? Of(string id) => labels.GetValueOrDefault(id);

    private void Add(string id, string word, int number) => labels[id] = $"{word} {number.ToString(CultureInfo.InvariantCulture)}";
}
