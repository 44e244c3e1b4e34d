using System.Globalization;

namespace Survey.Reporting.Editions;

/// <summary>How an edition asks to be cited; the same words in the report, on its page and beside its data.</summary>
public static class EditionCitation
{
    /// <summary>The edition with its version, as the cover has it.</summary>
    public static string EditionLine(EditionInput input, Wording words)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(words);
        return input.Facts.Version is { } version
            ? words.Text("cover.version", ("round", input.Cube.Round), ("version", words.Number(version)))
            : words.Text("cover.draft", ("round", input.Cube.Round));
    }

    /// <summary>The citation in one language, with the version's address where it is known and the DOI where there is one. In words that were frozen before there were any for the version it goes without.</summary>
    public static string Of(EditionInput input, Wording words)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(words);
        var network = input.Network;
        var citation = words.Text(words.Has("imprint.citationOfVersion") ? "imprint.citationOfVersion" : "imprint.citation",
            ("publisher", words.In(network.Publisher)),
            ("year", input.Facts.PublishedOn.Year.ToString("0000", CultureInfo.InvariantCulture)),
            ("title", words.Text("cover.title", ("title", words.In(network.ReportTitle)), ("round", input.Cube.Round))),
            ("edition", EditionLine(input, words)),
            ("place", words.In(network.Place)));
        return string.Join(' ', new[] { citation, input.AddressIn(words.Language), network.Doi is { Length: > 0 } doi ? "https://doi.org/" + doi : null }.OfType<string>());
    }
}
