using System.Security.Cryptography;
using System.Text;
using Survey.Domain.Editions;

namespace Survey.Reporting.Editions;

/// <summary>
/// Lays the office's choice over the generated findings of a point, whatever order they come in. A part of a chapter begins at its opener or a heading; a finding is moved
/// only among the places that findings have in its part, so that every other block stays where it is. Pure, and the same in every language.
/// </summary>
public static class FindingOrder
{
    /// <summary>The findings of the points by chapter and part, as they stand: what the office can choose from.</summary>
    public static IReadOnlyList<FindingPart> PartsOf(IReadOnlyList<EditionBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        return [.. Places(blocks).GroupBy(p => p.Part).Select(part => new FindingPart(part.First().Chapter, part.First().Heading, [.. part.Select(p => (FindingBlock)blocks[p.Index])]))];
    }

    /// <summary>The sentences that stand in a chapter as its lead or as the title of a figure: they stay when the finding that says the same is hidden.</summary>
    public static IReadOnlySet<string> TitlesOf(IReadOnlyList<EditionBlock> blocks, string chapter)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var opener = blocks.Index().FirstOrDefault(b => b.Item is ChapterBlock c && c.Id == chapter);
        return opener.Item is not ChapterBlock { Lead: var lead } ? new HashSet<string>()
            : blocks.Skip(opener.Index + 1).TakeWhile(b => b is not ChapterBlock).SelectMany(Titles).Append(lead).OfType<string>().ToHashSet(StringComparer.Ordinal);

        static IEnumerable<string?> Titles(EditionBlock block) => block switch
        {
            FigureBlock figure => [figure.Title],
            ColumnsBlock columns => columns.First.Concat(columns.Second).SelectMany(Titles),
            _ => [],
        };
    }

    /// <summary>SHA-256 of the numbers that a finding tells, lower-case hexadecimal: the same in every language, and another one as soon as it says something else.</summary>
    public static string SaidBy(FindingBlock finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var numbers = string.Join('\n', finding.Numbers.Select(n => FormattableString.Invariant($"{n.Name} {n.Value} {n.Cell}")).Append($"{finding.Direction}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(numbers)));
    }

    /// <summary>The blocks with the office's choice: hidden findings left out, the others in its order.</summary>
    public static IReadOnlyList<EditionBlock> Lay(IReadOnlyList<EditionBlock> blocks, IReadOnlyList<ChosenFinding> chosen)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(chosen);
        if (chosen.Count == 0)
        {
            return blocks;
        }

        var choices = chosen.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var laid = blocks.Cast<EditionBlock?>().ToArray();
        foreach (var part in Places(blocks).GroupBy(p => p.Part))
        {
            foreach (var gone in part.Where(p => IsHidden(blocks[p.Index])))
            {
                laid[gone.Index] = null;
            }

            var places = part.Where(p => !IsHidden(blocks[p.Index])).Select(p => p.Index).ToList();
            foreach (var (place, finding) in places.Zip(Sorted([.. places.Select(p => (FindingBlock)blocks[p])], choices)))
            {
                laid[place] = finding;
            }
        }

        return [.. laid.OfType<EditionBlock>()];

        bool IsHidden(EditionBlock block) => block is FindingBlock { Id: { } id } && choices.TryGetValue(id, out var choice) && choice.IsHidden;
    }

    /// <summary>By the office's positions; one that it never placed stays behind the one that it follows by rule.</summary>
    public static IReadOnlyList<FindingBlock> Sorted(IReadOnlyList<FindingBlock> findings, IReadOnlyDictionary<string, ChosenFinding> choices)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(choices);
        var before = -1;
        var keyed = new List<(FindingBlock Finding, int Key, bool IsUnplaced, int Index)>();
        foreach (var (index, finding) in findings.Index())
        {
            var own = finding.Id is { } id && choices.TryGetValue(id, out var choice) ? choice.Position : null;
            before = own ?? before;
            keyed.Add((finding, before, own is null, index));
        }

        return [.. keyed.OrderBy(k => k.Key).ThenBy(k => k.IsUnplaced).ThenBy(k => k.Index).Select(k => k.Finding)];
    }

    /// <summary>Where the findings of points stand, with the chapter and the heading (empty before the first) of each.</summary>
    private static IEnumerable<(int Index, int Part, string Chapter, string Heading)> Places(IReadOnlyList<EditionBlock> blocks)
    {
        var (part, chapter, heading) = (0, "", "");
        foreach (var (index, block) in blocks.Index())
        {
            switch (block)
            {
                case ChapterBlock opener:
                    (part, chapter, heading) = (part + 1, opener.Id, "");
                    break;
                case HeadingBlock title:
                    (part, heading) = (part + 1, title.Text);
                    break;
                case FindingBlock { Id: not null } when chapter.StartsWith(ContentBuilder.PointChapter, StringComparison.Ordinal):
                    yield return (index, part, chapter, heading);
                    break;
                default:
                    break;
            }
        }
    }
}

/// <summary>The findings of one part of a point's chapter: below the opener where <paramref name="Heading"/> is empty, else below that heading.</summary>
public sealed record FindingPart(string Chapter, string Heading, IReadOnlyList<FindingBlock> Findings);
