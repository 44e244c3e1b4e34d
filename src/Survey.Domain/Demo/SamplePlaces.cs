using Survey.Domain.TemplateText;

namespace Survey.Domain.Demo;

/// <summary>Where sample organisations are: areas that answer alike, with their countries. The region of a country is the round's own matter.</summary>
public sealed record SamplePlaces(IReadOnlyList<SampleArea> Areas)
{
    /// <summary>Reads the file of areas and countries.</summary>
    public static Parsed<SamplePlaces> Read(string yaml, string file) => YamlText.Read(yaml, file, root => new SamplePlaces(
    [
        .. root.Maps("areas").Select(area => new SampleArea(area.Slug("slug"), area.WholeNumber("share", 1), area.WholeNumber("rate") / 100.0,
        [
            .. area.Maps("countries").Select(country => new SampleCountry(
                country.Text("code"), country.Text("language"), country.TextOrNull("names") ?? country.Text("language"), country.WholeNumber("weight", 1), country.Texts("places"))),
        ])),
    ]));
}

/// <summary>
/// Countries that answer alike. <paramref name="Share"/> is the area's weight in the network; <paramref name="Rate"/> the normal quantile of its usual response rate.
/// </summary>
public sealed record SampleArea(string Slug, int Share, double Rate, IReadOnlyList<SampleCountry> Countries);

/// <summary>A country (or <c>global</c>) with the language its organisations are written to in, the language of their names, and towns for those names.</summary>
public sealed record SampleCountry(string Code, string Language, string NameLanguage, int Weight, IReadOnlyList<string> Places);
