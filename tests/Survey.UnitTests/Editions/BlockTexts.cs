using System.Collections;
using System.Reflection;
using Survey.Reporting.Editions;

namespace Survey.UnitTests.Editions;

/// <summary>Walks an edition's blocks by their properties, so that a new kind of block or chart is seen by the tests at once.</summary>
internal static class BlockTexts
{
    /// <summary>Every text that a reader may see, with the property it stands in; ids and codes are left out.</summary>
    public static IEnumerable<(string Where, string Text)> Of(object? node, string where = "")
    {
        switch (node)
        {
            case null or Enum or bool or int or double or DateOnly or byte[]:
                yield break;
            case string text:
                yield return (where, text);
                yield break;
            case IEnumerable items:
                foreach (var item in items)
                {
                    foreach (var found in Of(item, where))
                        yield return found;
                }

                yield break;
            default:
                foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
                {
                    if (property.Name is "Id" or "ChapterId" or "Language" or "Countries" or "EqualityContract" or "MediaType" or "Look"
                        || (node is FindingNumber && property.Name is nameof(FindingNumber.Name) or nameof(FindingNumber.Cell)))
                        continue;
                    foreach (var found in Of(property.GetValue(node), $"{node.GetType().Name}.{property.Name}"))
                        yield return found;
                }

                yield break;
        }
    }

    /// <summary>All blocks in reading order, those in columns too.</summary>
    public static IReadOnlyList<EditionBlock> Flat(EditionContent content) =>
        [.. content.Blocks.SelectMany(b => b is ColumnsBlock columns ? columns.First.Concat(columns.Second) : [b])];

    /// <summary>Everything that says a finding, in reading order, with the words in which it is said: sentences, leads, titles, rows of the summary.</summary>
    public static IEnumerable<(FindingTag Tag, string Text)> Said(EditionContent content) => Flat(content).SelectMany(block => block switch
    {
        FindingBlock { Id: { } id } finding => [(new FindingTag(id, finding.Numbers), finding.Text)],
        ChapterBlock { LeadTag: { } tag } chapter => [(tag, chapter.Lead!)],
        FigureBlock { TitleTag: { } tag } figure => [(tag, figure.Title)],
        HeatmapBlock { TitleTag: { } tag } heatmap => [(tag, heatmap.Title)],
        SummaryListBlock summary => summary.Points.Where(p => p.Tag is not null).Select(p => (p.Tag!, p.Sentence)),
        _ => Enumerable.Empty<(FindingTag, string)>(),
    });

    /// <summary>The ids of all blocks that are addresses, in order; a finding's id is a name.</summary>
    public static IEnumerable<string> Ids(IEnumerable<EditionBlock> blocks) => blocks.SelectMany(block => block switch
    {
        ColumnsBlock columns => Ids(columns.First.Concat(columns.Second)),
        FindingBlock => [],
        _ => block.GetType().GetProperty("Id")?.GetValue(block) is string id ? [id] : [],
    });
}
