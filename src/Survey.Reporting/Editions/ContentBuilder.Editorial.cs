using Survey.Domain.Editions;

namespace Survey.Reporting.Editions;

/// <summary>
/// What the office adds: the foreword behind the contents, a comment in a point's or a region's chapter, the acknowledgements at the end; and its order of the findings, with
/// the change log saying what was hidden or moved. Laid over the finished edition, so that no chapter has to know of it. A round whose words were frozen before there were any for it goes without.
/// </summary>
public sealed partial class ContentBuilder
{
    /// <summary>What the id of a point's chapter begins with.</summary>
    public const string PointChapter = "point-";

    /// <summary>What the id of a region's chapter begins with.</summary>
    public const string RegionChapter = "region-";

    /// <summary>The chapter of versions and corrections.</summary>
    public const string Changes = "annex-changes";

    private EditionEditorial Editorial => _input.Editorial;

    private EditionContent WithEditorial(EditionContent content) => content with { Blocks = WithEditorial(content.Blocks) };

    private IReadOnlyList<EditionBlock> WithEditorial(IReadOnlyList<EditionBlock> generated)
    {
        if (!_words.Has("editorial.foreword"))
            return generated;
        var chapters = ChaptersOf(FindingOrder.Lay(generated, Editorial.Findings));
        var blocks = new List<EditionBlock>();
        foreach (var chapter in chapters)
        {
            var id = chapter is [ChapterBlock opener, ..] ? opener.Id : "";
            var comment = id.StartsWith(PointChapter, StringComparison.Ordinal) ? Comment(EditorialKind.Point, id[PointChapter.Length..], id)
                : id.StartsWith(RegionChapter, StringComparison.Ordinal) ? Comment(EditorialKind.Region, id[RegionChapter.Length..], id) : [];
            // Behind the findings and what they rest on, and before what has a heading of its own.
            var at = comment.Count == 0 ? chapter.Count : chapter.FindIndex(b => b is HeadingBlock { Level: 2 });
            blocks.AddRange(chapter.Take(at < 0 ? chapter.Count : at));
            blocks.AddRange(comment);
            blocks.AddRange(chapter.Skip(at < 0 ? chapter.Count : at));
            if (id.Length == 0)
                blocks.AddRange(Chapter(EditorialKind.Foreword, "foreword", "editorial.foreword", "editorial.forewordKicker"));
            if (id == Changes)
                blocks.AddRange(ChosenFindings(generated));
        }

        blocks.AddRange(Chapter(EditorialKind.Acknowledgements, "acknowledgements", "editorial.acknowledgements", "editorial.acknowledgementsKicker"));
        return blocks;
    }

    /// <summary>The blocks by chapter; the first list is what stands before all chapters.</summary>
    private static List<List<EditionBlock>> ChaptersOf(IReadOnlyList<EditionBlock> blocks)
    {
        var chapters = new List<List<EditionBlock>> { new() };
        foreach (var block in blocks)
        {
            if (block is ChapterBlock)
                chapters.Add([]);
            chapters[^1].Add(block);
        }

        return chapters;
    }

    private IEnumerable<EditionBlock> Chapter(EditorialKind kind, string id, string title, string kicker)
    {
        if (Editorial.Text(kind, "", _words.Language) is not { } text || RichOf(text, id, 2) is not { } block)
            yield break;
        yield return new ChapterBlock(id, _words.Text(kicker), _words.Text(title), null, null, ChapterTone.Primary);
        yield return block;
    }

    private List<EditionBlock> Comment(EditorialKind kind, string subject, string chapter) =>
        Editorial.Text(kind, subject, _words.Language) is { } text && RichOf(text, chapter, 3) is { } block
            ? [new HeadingBlock(2, _words.Text("editorial.comment"), chapter + "--comment"), block] : [];

    /// <summary>The text as parts; a signature is its last paragraph. Null where it prints nothing.</summary>
    private static RichTextBlock? RichOf(EditorialWords text, string chapter, int headingLevel)
    {
        List<RichPart> parts = [.. RichTextMarkdown.Printable(text.Markdown)];
        RichSpan[] signed = [.. new[] { new RichSpan(RichTextMarkdown.Plain(text.SignedBy), IsStrong: true), new RichSpan(RichTextMarkdown.Plain(text.SignedAs)) }.Where(s => s.Text.Length > 0)];
        if (parts.Count > 0 && signed.Length > 0)
            parts.Add(new RichPart(RichPartKind.Paragraph, [new RichLine(signed.Length == 2 ? [signed[0], new RichSpan("\n"), signed[1]] : [signed[0]])], null));
        var headings = 0;
        return parts.Count == 0 ? null : new RichTextBlock(headingLevel,
            [.. parts.Select(p => p.Kind is RichPartKind.Heading ? p with { Id = FormattableString.Invariant($"{chapter}--text-{++headings}") } : p)]);
    }

    /// <summary>Which generated findings the office left out or moved, for who wants to judge the choice; nothing where it did neither.</summary>
    private IEnumerable<EditionBlock> ChosenFindings(IReadOnlyList<EditionBlock> generated)
    {
        var choices = Editorial.Findings.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var hidden = new List<string>();
        var moved = new List<string>();
        foreach (var part in FindingOrder.PartsOf(generated))
        {
            // A sentence that stands below as the title of its figure is not gone.
            var said = FindingOrder.TitlesOf(generated, part.Chapter);
            var point = _names.NumberedPoint(part.Chapter[PointChapter.Length..]);
            hidden.AddRange(part.Findings.Where(f => IsHidden(f) && !said.Contains(f.Text)).Select(f => _words.Pair(point, f.Text)));
            var left = part.Findings.Where(f => !IsHidden(f)).ToList();
            if (!FindingOrder.Sorted(left, choices).SequenceEqual(left) && !moved.Contains(point))
                moved.Add(point);
        }

        if (hidden.Count > 0)
        {
            yield return new HeadingBlock(2, _words.Text("editorial.hiddenTitle"), Changes + "--hidden");
            yield return new ParagraphBlock(_words.Plural("editorial.hidden", hidden.Count));
            yield return new ListBlock(hidden);
        }

        if (moved.Count > 0)
            yield return new ParagraphBlock(_words.Text("editorial.moved", ("points", _words.Chain(moved))));

        bool IsHidden(FindingBlock finding) => choices.TryGetValue(finding.Id!, out var choice) && choice.IsHidden;
    }
}
