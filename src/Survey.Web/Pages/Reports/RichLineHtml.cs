using Microsoft.AspNetCore.Html;
using Survey.Reporting.Editions;

namespace Survey.Web.Pages.Reports;

/// <summary>A line of the office's words as HTML, without a blank that was not typed. Every word and address is encoded.</summary>
public static class RichLineHtml
{
    public static IHtmlContent Of(RichLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var html = new HtmlContentBuilder();
        foreach (var span in line.Spans)
        {
            if (span.Text == "\n")
            {
                html.AppendHtml("<br>");
                continue;
            }

            if (span.Link is { } address)
            {
                html.AppendHtml("<a href=\"").Append(address).AppendHtml("\">");
            }

            html.AppendHtml(span.IsStrong ? "<strong>" : "").AppendHtml(span.IsEmphasis ? "<em>" : "").Append(span.Text).AppendHtml(span.IsEmphasis ? "</em>" : "").AppendHtml(span.IsStrong ? "</strong>" : "")
                .AppendHtml(span.Link is null ? "" : "</a>");
        }

        return html;
    }
}
