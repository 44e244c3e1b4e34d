using System.Text;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Survey.Web.Localization;

/// <summary>
/// Markdown of the templates as HTML and as plain text. HTML within it is shown as words, pictures are left out, and only addresses that begin with
/// <c>http</c>, <c>https</c> or <c>mailto</c> become links, so that nothing that was filled in can load or run anything.
/// </summary>
public static class TemplateMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>The text as HTML; links carry <paramref name="linkStyle"/> where there is one, for mails, which have no style sheet.</summary>
    public static string ToHtml(string markdown, string? linkStyle = null)
    {
        var document = Read(markdown);
        if (linkStyle is not null)
        {
            foreach (var link in document.Descendants<Inline>().Where(i => i is LinkInline or AutolinkInline))
            {
                link.GetAttributes().AddProperty("style", linkStyle);
            }
        }

        return document.ToHtml(Pipeline);
    }

    /// <summary>The text as words alone, each paragraph a line of its own; a link's address stands after its words.</summary>
    public static string ToText(string markdown)
    {
        var text = new StringBuilder();
        Write(Read(markdown), text, "");
        return text.ToString().Trim() + "\n";
    }

    /// <summary>Words that are filled in: none of their signs means anything, and they stay on one line.</summary>
    public static string Escape(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var escaped = new StringBuilder(words.Length + 8);
        foreach (var c in words)
        {
            if (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)))
            {
                escaped.Append('\\');
            }

            escaped.Append(char.IsControl(c) ? ' ' : c);
        }

        return escaped.ToString();
    }

    private static MarkdownDocument Read(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(l => l.IsImage || !IsAllowed(l.Url)).ToList())
        {
            link.ReplaceBy(new ContainerInline());
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !l.IsEmail && !IsAllowed(l.Url)).ToList())
        {
            link.ReplaceBy(new LiteralInline(link.Url));
        }

        return document;
    }

    private static bool IsAllowed(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";

    private static void Write(ContainerBlock blocks, StringBuilder text, string indent)
    {
        var number = blocks is ListBlock { IsOrdered: true } list && int.TryParse(list.OrderedStart, out var first) ? first : 1;
        foreach (var block in blocks)
        {
            switch (block)
            {
                case ListItemBlock item:
                    var mark = blocks is ListBlock { IsOrdered: true } ? $"{number++}. " : "- ";
                    var inner = new StringBuilder();
                    Write(item, inner, indent + "  ");
                    text.Append(indent).Append(mark).Append(inner.ToString().Trim()).Append('\n');
                    break;
                case ContainerBlock container:
                    Write(container, text, indent);
                    text.Append('\n');
                    break;
                case LeafBlock { Inline: { } words }:
                    text.Append(indent);
                    Write(words, text);
                    text.Append(blocks is ListItemBlock ? "\n" : "\n\n");
                    break;
                case ThematicBreakBlock:
                    text.Append("—\n\n");
                    break;
                default:
                    break;
            }
        }
    }

    private static void Write(ContainerInline words, StringBuilder text)
    {
        foreach (var part in words)
        {
            switch (part)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case LineBreakInline:
                    text.Append('\n');
                    break;
                case ContainerInline container:
                    var from = text.Length;
                    Write(container, text);
                    if (container is LinkInline { Url: { } url } && text.ToString(from, text.Length - from) != url)
                    {
                        text.Append(" (").Append(url).Append(')');
                    }

                    break;
                default:
                    break;
            }
        }
    }
}
