namespace Survey.Reporting.Editions;

/// <summary>What two versions of an edition in one language say differently: findings by their id, chapters whose findings stand in another order, quotes, listed organisations, and the office's own texts by chapter.</summary>
public sealed record ContentComparison(
    IReadOnlyList<FindingChange> Findings, IReadOnlyList<string> Reordered, IReadOnlyList<QuoteBlock> QuotesAdded, IReadOnlyList<QuoteBlock> QuotesGone,
    IReadOnlyList<string> ListedAdded, IReadOnlyList<string> ListedGone, IReadOnlyList<string> TextsChanged)
{
    /// <summary>The differences in the order of the newer version. Findings of versions from before ids were kept are not compared.</summary>
    public static ContentComparison Of(EditionContent before, EditionContent after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (SaidIn(before), SaidIn(after));
        var (oldQuotes, nowQuotes) = (Quotes(before), Quotes(after));
        var (oldNames, nowNames) = (Listed(before), Listed(after));
        var (oldTexts, nowTexts) = (Texts(before), Texts(after));
        return new(
            [
                .. now.Where(f => !old.TryGetValue(f.Key, out var then) || then.Text != f.Value.Text).Select(f => new FindingChange(f.Key, f.Value.Chapter, old.TryGetValue(f.Key, out var then) ? then.Text : null, f.Value.Text)),
                .. old.Where(f => !now.ContainsKey(f.Key)).Select(f => new FindingChange(f.Key, f.Value.Chapter, f.Value.Text, null)),
            ],
            [.. now.Where(f => old.ContainsKey(f.Key)).GroupBy(f => f.Value.Chapter, f => f.Key).Where(c => !c.SequenceEqual(old.Keys.Where(c.Contains))).Select(c => c.Key)],
            [.. nowQuotes.Except(oldQuotes)], [.. oldQuotes.Except(nowQuotes)], [.. nowNames.Except(oldNames)], [.. oldNames.Except(nowNames)],
            [.. nowTexts.Keys.Union(oldTexts.Keys).Where(c => nowTexts.GetValueOrDefault(c) != oldTexts.GetValueOrDefault(c))]);
    }

    private static IEnumerable<EditionBlock> Flat(EditionContent content) => content.Blocks.SelectMany(EditionPages.Inner);

    private static Dictionary<string, (string Chapter, string Text)> SaidIn(EditionContent content)
    {
        var found = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        var chapter = "";
        foreach (var block in Flat(content))
        {
            chapter = block is ChapterBlock opener ? opener.Title : chapter;
            if (block is FindingBlock { Id: { } id } finding)
                found[id] = (chapter, finding.Text);
        }

        return found;
    }

    // A quote that stands on its region's page too counts where it stands first, under its point.
    private static List<QuoteBlock> Quotes(EditionContent content) => [.. Flat(content).OfType<QuoteBlock>().DistinctBy(q => (q.Text, q.Language))];

    private static List<string> Listed(EditionContent content) => [.. Flat(content).OfType<TableBlock>().Where(t => t.Id == ContentBuilder.ListingTable).SelectMany(t => t.Rows).Select(r => r.Cells[0].Text)];

    /// <summary>The office's texts by the title of the chapter in which they stand.</summary>
    private static Dictionary<string, string> Texts(EditionContent content)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var chapter = "";
        foreach (var block in Flat(content))
        {
            chapter = block is ChapterBlock opener ? opener.Title : chapter;
            if (block is RichTextBlock rich)
                found[chapter] = string.Join('\n', rich.Parts.SelectMany(p => p.Lines.Select(l => $"{p.Kind}: {string.Concat(l.Spans)}")));
        }

        return found;
    }
}

/// <summary>A finding that one version says otherwise; null where the version does not say it.</summary>
public sealed record FindingChange(string Id, string Chapter, string? Before, string? After);
