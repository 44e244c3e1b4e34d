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
                        || (node is FindingNumber && property.Name == nameof(FindingNumber.Name)))
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

    /// <summary>The ids of all blocks, in order.</summary>
    public static IEnumerable<string> Ids(IEnumerable<EditionBlock> blocks) => blocks.SelectMany(block => block switch
    {
        ColumnsBlock columns => Ids(columns.First.Concat(columns.Second)),
        _ => block.GetType().GetProperty("Id")?.GetValue(block) is string id ? [id] : [],
    });
}
