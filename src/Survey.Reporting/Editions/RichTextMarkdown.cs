using System.Text;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Survey.Domain;

namespace Survey.Reporting.Editions;

/// <summary>
/// Reads the little Markdown that the office writes in: paragraphs, headings with <c>###</c>, lists, emphasis, strong words, and links to web and mail addresses. What is no part of it is a
/// problem with its line, or, as HTML and all marks of the typesetter, words like any others: nothing that is typed can become markup of a page or of the layout.
/// </summary>
public static class RichTextMarkdown
{
    /// <summary>The one level of headings that a text may have, as typed.</summary>
    private const int HeadingLevel = 3;

    /// <summary>Emphasis and links within each other, at most.</summary>
    private const int Deepest = 16;

    private static readonly MarkdownPipeline Pipeline = Make();

    /// <summary>The text's parts, or what is wrong with it; the place of a problem is <c>line:NUMBER</c>, its code the last part of a key of the ui texts.</summary>
    public static Parsed<IReadOnlyList<RichPart>> Read(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var reading = new Reading();
        try
        {
            reading.Read(Markdown.Parse(Plain(markdown), Pipeline));
        }
        catch (ArgumentException)
        {
            // Markdig's own limit of depth.
            reading.Problem(0, "deep", "It is nested too deeply.");
        }

        return reading.Problems.Count > 0 ? Parsed<IReadOnlyList<RichPart>>.Refused(reading.Problems) : Parsed<IReadOnlyList<RichPart>>.Of(reading.Parts);
    }

    /// <summary>The same for printing: a text that was never let in like this stands there as it was typed.</summary>
    public static IReadOnlyList<RichPart> Printable(string markdown) => Read(markdown).Value ?? [new RichPart(RichPartKind.Paragraph, [new RichLine([new RichSpan(Plain(markdown))])], null)];

    /// <summary>Without the marks that turn the direction of what follows them, and without control characters but the end of a line; isolates, which Arabic needs, end with their line at the latest.</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        var open = 0;
        foreach (var c in text)
        {
            switch (c)
            {
                case '\n' or '\u2028' or '\u2029':
                    plain.Insert(EndOfWords(), "\u2069", open).Append('\n');
                    open = 0;
                    break;
                case >= '\u2066' and <= '\u2068':
                    plain.Append(c);
                    open++;
                    break;
                case '\u2069' when open == 0:
                    break;
                case '\u2069':
                    plain.Append(c);
                    open--;
                    break;
                case >= '\u202A' and <= '\u202E':
                    break;
                default:
                    if (!char.IsControl(c))
                    {
                        plain.Append(c);
                    }

                    break;
            }
        }

        return plain.Insert(EndOfWords(), "\u2069", open).ToString();

        // Two blanks at the end break the line, so they stay there.
        int EndOfWords()
        {
            var end = plain.Length;
            while (end > 0 && plain[end - 1] is ' ' or '\t')
            {
                end--;
            }

            return end;
        }
    }

    private static MarkdownPipeline Make()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml();
        // A line that happens to begin with blanks is a paragraph.
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        return builder.Build();
    }

    /// <summary>The address in signs that page and PDF write in the same way.</summary>
    private static string AddressOf(string typed) => typed.All(c => c is > ' ' and < '\u007F') ? typed : new Uri(typed).AbsoluteUri;

    private static bool IsAllowed(string? address) =>
        address is { Length: <= 2000 } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";

    private sealed class Reading
    {
        private int depth;

        public List<RichPart> Parts { get; } = [];

        public List<Problem> Problems { get; } = [];

        public void Problem(int line, string code, string message) =>
            Problems.Add(new Problem(FormattableString.Invariant($"line:{line + 1}"), code, message));

        public void Read(MarkdownDocument document)
        {
            foreach (var block in document)
            {
                switch (block)
                {
                    case Markdig.Syntax.ParagraphBlock { Inline: { } words }:
                        Parts.Add(new RichPart(RichPartKind.Paragraph, [Line(words, block.Line)], null));
                        break;
                    case Markdig.Syntax.HeadingBlock { Level: HeadingLevel, Inline: { } words }:
                        var title = Line(words, block.Line);
                        if (title.Spans.Count == 0)
                        {
                            Problem(block.Line, "emptyHeading", "The heading has no words.");
                        }

                        Parts.Add(new RichPart(RichPartKind.Heading, [title], null));
                        break;
                    case Markdig.Syntax.HeadingBlock:
                        Problem(block.Line, "heading", "Headings begin with three number signs (###).");
                        break;
                    case Markdig.Syntax.ListBlock { IsOrdered: true, OrderedStart: not "1" }:
                        // Lists are numbered anew: another number would be lost, and with it perhaps a year.
                        Problem(block.Line, "listStart", "A list with numbers begins with 1.");
                        break;
                    case Markdig.Syntax.ListBlock list:
                        Parts.Add(new RichPart(list.IsOrdered ? RichPartKind.Numbers : RichPartKind.List, [.. list.OfType<ListItemBlock>().Select(Item).OfType<RichLine>()], null));
                        break;
                    case LinkReferenceDefinitionGroup or BlankLineBlock:
                        break;
                    default:
                        Problem(block.Line, block switch { Markdig.Syntax.QuoteBlock => "quote", CodeBlock => "code", ThematicBreakBlock => "rule", _ => "other" }, "Only paragraphs, headings and lists can stand here.");
                        break;
                }
            }

            Parts.RemoveAll(p => p.Lines.All(l => l.Spans.Count == 0));
        }

        private RichLine? Item(ListItemBlock item)
        {
            switch (item)
            {
                case [Markdig.Syntax.ParagraphBlock { Inline: { } words } paragraph]:
                    return Line(words, paragraph.Line);
                case []:
                    return null;
                default:
                    Problem(item.Line, "item", "An item of a list is one paragraph.");
                    return null;
            }
        }

        private RichLine Line(ContainerInline words, int line)
        {
            var spans = new List<RichSpan>();
            Add(words, new RichSpan(""), spans, ref line);
            return new RichLine([.. Joined(spans)]);
        }

        private void Add(ContainerInline words, RichSpan style, List<RichSpan> spans, ref int line)
        {
            if (depth >= Deepest)
            {
                Problem(line, "deep", "It is nested too deeply.");
                return;
            }

            depth++;
            foreach (var part in words)
            {
                switch (part)
                {
                    case LiteralInline literal:
                        spans.Add(style with { Text = literal.Content.ToString() });
                        break;
                    case HtmlEntityInline entity:
                        spans.Add(style with { Text = Plain(entity.Transcoded.ToString()) });
                        break;
                    case CodeInline code:
                        spans.Add(style with { Text = code.Content });
                        break;
                    case AutolinkInline link:
                        var leadsTo = (link.IsEmail ? "mailto:" : "") + link.Url;
                        spans.Add(style with { Text = link.Url, Link = IsAllowed(leadsTo) ? AddressOf(leadsTo) : null });
                        break;
                    case LineBreakInline end:
                        line++;
                        spans.Add(end.IsHard ? new RichSpan("\n") : style with { Text = " " });
                        break;
                    case LinkInline { IsImage: true }:
                        Problem(line, "picture", "Pictures cannot stand here.");
                        break;
                    case LinkInline link when !IsAllowed(link.Url):
                        Problem(line, "link", "A link leads to an address that begins with http://, https:// or mailto:.");
                        break;
                    case LinkInline link:
                        Add(link, style with { Link = AddressOf(link.Url!) }, spans, ref line);
                        break;
                    case EmphasisInline emphasis:
                        Add(emphasis, emphasis.DelimiterCount == 2 ? style with { IsStrong = true } : style with { IsEmphasis = true }, spans, ref line);
                        break;
                    case ContainerInline container:
                        Add(container, style, spans, ref line);
                        break;
                    default:
                        break;
                }
            }

            depth--;
        }

        /// <summary>Neighbours of one look are one; what would print nothing is left out.</summary>
        private static IEnumerable<RichSpan> Joined(List<RichSpan> spans)
        {
            RichSpan? open = null;
            foreach (var span in spans.Where(s => s.Text.Length > 0))
            {
                if (open is not null && open.Text != "\n" && span.Text != "\n" && open with { Text = "" } == span with { Text = "" })
                {
                    open = open with { Text = open.Text + span.Text };
                    continue;
                }

                if (open is not null)
                {
                    yield return open;
                }

                open = span;
            }

            if (open is not null)
            {
                yield return open;
            }
        }
    }
}
