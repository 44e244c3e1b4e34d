using System.Globalization;
using System.Text;
using Survey.Reporting.Editions;

namespace Survey.Web.Pages.Reports;

/// <summary>How reference managers take a version up: BibTeX and RIS, with its permanent address. Nothing that was typed can end a field.</summary>
public sealed record Citation(EditionContent Report, DateTime PublishedAt, string? Doi, string Address, string Round, int Number)
{
    private string Year => Report.Date.Year.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>A BibTeX entry; braces keep capitals and names as they are.</summary>
    public string BibTex()
    {
        var text = new StringBuilder($"@techreport{{progress-report-{Round}-v{Number.ToString(CultureInfo.InvariantCulture)}-{Report.Language},\n");
        Field("author", $"{{{Braced(Report.Publisher)}}}");
        Field("title", $"{{{Braced(Report.Title)}}}");
        Field("institution", $"{{{Braced(Report.Publisher)}}}");
        Field("year", Year);
        Field("note", Braced(Report.EditionLine));
        Field("language", Report.Language);
        if (Doi is { Length: > 0 })
        {
            Field("doi", Doi);
        }

        Field("url", Address);
        return text.Append('}').ToString();

        void Field(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"  {name} = {{{value}}},\n");
    }

    /// <summary>A RIS entry.</summary>
    public string Ris()
    {
        var lines = new List<string> { "TY  - RPRT", "AU  - " + Line(Report.Publisher), "TI  - " + Line(Report.Title), "PY  - " + Year, "DA  - " + PublishedAt.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture), "PB  - " + Line(Report.Publisher), "ET  - " + Line(Report.EditionLine), "LA  - " + Report.Language };
        if (Doi is { Length: > 0 })
        {
            lines.Add("DO  - " + Doi);
        }

        return string.Join('\n', [.. lines, "UR  - " + Address, "ER  - "]);
    }

    private static string Braced(string text) => string.Concat(Line(text).Select(c => c is '{' or '}' or '\\' ? ' ' : c)).Trim();

    private static string Line(string text) => text.ReplaceLineEndings(" ");
}
