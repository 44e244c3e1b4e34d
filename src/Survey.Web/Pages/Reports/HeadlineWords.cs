using Survey.Reporting.Editions;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Reports;

/// <summary>An edition's headline as pages say it: with the name of the point that it is about.</summary>
internal static class HeadlineWords
{
    public static string Of(EditionHeadline headline, PageTexts words)
    {
        ArgumentNullException.ThrowIfNull(headline);
        ArgumentNullException.ThrowIfNull(words);
        return headline.Point is { } point ? words["publicReport.headlineOf", ("point", point), ("sentence", headline.Sentence)] : headline.Sentence;
    }
}
