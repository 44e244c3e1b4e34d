using System.Text.RegularExpressions;
using Survey.Domain.TemplateText;

namespace Survey.Domain.Geography;

/// <summary>
/// The reader of region schemes. Beside the shape of the file it checks what a report relies on: each place is there once and has a
/// region; no two places answer to one name; and, where the file says `complete: iso-3166-1`, every country of the standard (and
/// Kosovo, XK) is there.
/// </summary>
internal static partial class RegionSchemeText
{
    public static Parsed<RegionScheme> Parse(string yaml, string file, IReadOnlyCollection<string> requiredLanguages) =>
        YamlText.Read(yaml, file, root => Scheme(root, requiredLanguages));

    private static RegionScheme Scheme(MapNode root, IReadOnlyCollection<string> requiredLanguages)
    {
        root.TranslationStatuses("status");
        var slug = root.Slug("scheme");
        var version = root.WholeNumber("version", least: 1);
        var title = root.Localised("title", requiredLanguages);
        var languages = title.Texts.Keys.Union(requiredLanguages).ToList();
        var regions = Regions(root, languages);
        var countries = Countries(root, languages, regions);
        var notes = Notes(root, languages, countries);
        if (root.OneOfOrNull("complete", "iso-3166-1") is not null)
            ReportMissing(root, countries);
        return new RegionScheme(slug, version, title, regions, notes, countries);
    }

    private static List<Region> Regions(MapNode root, IReadOnlyCollection<string> languages)
    {
        var regions = new List<Region>();
        foreach (var map in root.Maps("regions"))
        {
            var slug = map.Slug("slug");
            var title = map.Localised("title", languages);
            if (regions.Exists(region => region.Slug == slug))
                map.ProblemAt("slug", "duplicate-region", $"The region '{slug}' stands here for the second time; keep one.");
            regions.Add(new Region(slug, title, map.LocalisedOrNull("short", languages) ?? title));
        }
        return regions;
    }

    private static List<Country> Countries(MapNode root, IReadOnlyCollection<string> languages, List<Region> regions)
    {
        var countries = new List<Country>();
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var byNumeric = new Dictionary<string, string>(StringComparer.Ordinal);
        var byName = new Dictionary<string, Country>(StringComparer.Ordinal);
        foreach (var map in root.Maps("countries"))
        {
            var code = map.Text("code");
            var alpha3 = map.TextOrNull("alpha3");
            var numeric = map.TextOrNull("numeric");
            var regionSlug = map.Text("region");
            var country = new Country(code, alpha3, numeric,
                regions.Find(region => region.Slug == regionSlug) ?? new Region(regionSlug, LocalisedText.Of(("en", regionSlug)), LocalisedText.Of(("en", regionSlug))),
                map.Localised("name", languages), map.Texts("also"), map.Bool("uninhabited", otherwise: false));
            countries.Add(country);

            if (regionSlug.Length > 0 && !regions.Exists(region => region.Slug == regionSlug))
                map.ProblemAt("region", "unknown-region", $"The region '{regionSlug}' of {code} is not in this file; use one of: {string.Join(", ", regions.Select(region => region.Slug))}.");
            if (code.Length > 0 && !CodePattern().IsMatch(code))
                map.ProblemAt("code", "place-code", $"The code '{code}' should be two to sixteen letters a-z, digits or hyphens.");
            if (alpha3 is not null && !Alpha3Pattern().IsMatch(alpha3))
                map.ProblemAt("alpha3", "place-alpha3", $"'alpha3' of {code} should be three capital letters, but is '{alpha3}'.");
            if (numeric is not null && !NumericPattern().IsMatch(numeric))
                map.ProblemAt("numeric", "place-numeric", $"'numeric' of {code} should be three digits in quotes such as \"004\", but is '{numeric}'.");
            else if (numeric is not null && !byNumeric.TryAdd(numeric, code))
                map.ProblemAt("numeric", "duplicate-numeric", $"The number {numeric} of {code} already belongs to {byNumeric[numeric]}.");
            if (code.Length > 0 && !lines.TryAdd(code, map.Line))
            {
                map.ProblemAt("code", "duplicate-place", $"The code '{code}' stands here for the second time (first on line {lines[code]}); keep one.");
                continue;
            }
            ReportAmbiguous(map, country, byName);
        }
        foreach (var (map, country) in root.Maps("countries").Zip(countries))
            ReportNamesThatAreCodes(map, country, countries);
        return countries;
    }

    private static void ReportAmbiguous(MapNode map, Country country, Dictionary<string, Country> byName)
    {
        foreach (var name in country.Name.Texts.Values.Concat(country.OtherNames))
        {
            foreach (var key in PlaceKey.Strong(name))
            {
                if (byName.TryGetValue(key, out var other) && other.Code != country.Code)
                    map.Problem("ambiguous-name", $"'{name}' names both {other.Code} and {country.Code} (case, accents, articles and punctuation do not count); change one of them.");
                else
                    byName.TryAdd(key, country);
            }
        }
    }

    private static void ReportNamesThatAreCodes(MapNode map, Country country, List<Country> countries)
    {
        foreach (var name in country.OtherNames)
        {
            var other = countries.Find(other => other.Code != country.Code
                && (name.Equals(other.Code, StringComparison.OrdinalIgnoreCase) || name.Equals(other.Alpha3, StringComparison.OrdinalIgnoreCase)));
            if (other is not null)
                map.ProblemAt("also", "ambiguous-name", $"'{name}' of {country.Code} is the code of {other.Code}; remove it.");
        }
    }

    private static List<PlaceNote> Notes(MapNode root, IReadOnlyCollection<string> languages, List<Country> countries)
    {
        var notes = new List<PlaceNote>();
        foreach (var map in root.ListOrEmpty("notes").Maps())
        {
            var key = map.Slug("key");
            var kind = map.OneOf("kind", "naming", "placement", "usage", "map") switch
            {
                "naming" => PlaceNoteKind.Naming,
                "placement" => PlaceNoteKind.Placement,
                "usage" => PlaceNoteKind.Usage,
                _ => PlaceNoteKind.Map,
            };
            var codes = map.Texts("countries");
            foreach (var code in codes.Where(code => !countries.Exists(country => country.Code == code)))
                map.ProblemAt("countries", "unknown-place", $"The note '{key}' is about '{code}', which is not among the countries of this file.");
            if (notes.Exists(note => note.Key == key))
                map.ProblemAt("key", "duplicate-note", $"The note '{key}' stands here for the second time; give it another key.");
            notes.Add(new PlaceNote(key, kind, codes, map.Localised("text", languages)));
        }
        return notes;
    }

    private static void ReportMissing(MapNode root, List<Country> countries)
    {
        var there = countries.Select(country => country.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var code in Iso3166.Codes.Append("XK").Where(code => !there.Contains(code)))
            root.ProblemAt("countries", "missing-place", $"The country {code} is missing; add it with a region, or remove 'complete: iso-3166-1' if this scheme need not know every country.");
    }

    [GeneratedRegex("^[A-Za-z0-9](-?[A-Za-z0-9]){1,15}$")]
    private static partial Regex CodePattern();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex Alpha3Pattern();

    [GeneratedRegex("^[0-9]{3}$")]
    private static partial Regex NumericPattern();
}
