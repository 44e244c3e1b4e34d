using System.Globalization;

namespace Survey.Reporting.Editions;

/// <summary>How an edition asks to be cited; the same words in the report and beside its data.</summary>
public static class EditionCitation
{
    /// <summary>The citation in one language, with the DOI where there is one.</summary>
    public static string Of(EditionInput input, Wording words)
    {
        var network = input.Network;
        var citation = words.Text("imprint.citation",
            ("publisher", words.In(network.Publisher)),
            ("year", input.Facts.PublishedOn.Year.ToString("0000", CultureInfo.InvariantCulture)),
            ("title", words.Text("cover.title", ("title", words.In(network.ReportTitle)), ("round", input.Cube.Round))),
            ("place", words.In(network.Place)));
        return network.Doi is { Length: > 0 } doi ? words.Parts(citation, "https://doi.org/" + doi) : citation;
    }
}
