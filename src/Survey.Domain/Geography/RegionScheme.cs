namespace Survey.Domain.Geography;

/// <summary>
/// Which places there are, what they are called, and which region each is in. A round keeps the scheme that it was opened with; a
/// changed file never moves a member of a past round. Parsed from `templates/regions/*.yaml` by <see cref="Parse"/>; a scheme that exists is
/// whole: every place has a known region and a name in each of <see cref="Languages"/>, and no two places share a name.
/// </summary>
public sealed class RegionScheme
{
    private readonly Dictionary<string, Country> _byCode;
    private readonly Dictionary<string, Region> _bySlug;

    internal RegionScheme(
        string slug, int version, LocalisedText title, IReadOnlyList<Region> regions, IReadOnlyList<PlaceNote> notes, IReadOnlyList<Country> countries)
    {
        Slug = slug;
        Version = version;
        Title = title;
        Regions = regions;
        Notes = notes;
        Countries = countries;
        // While a file is checked a code may stand in it twice; the first one counts.
        _byCode = countries.DistinctBy(country => country.Code, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(country => country.Code, StringComparer.OrdinalIgnoreCase);
        _bySlug = regions.DistinctBy(region => region.Slug).ToDictionary(region => region.Slug, StringComparer.Ordinal);
    }

    public string Slug { get; }

    public int Version { get; }

    public LocalisedText Title { get; }

    /// <summary>The languages that every name of this scheme is in.</summary>
    public IReadOnlyCollection<string> Languages => [.. Title.Texts.Keys];

    /// <summary>The regions in the order that tables and charts show them.</summary>
    public IReadOnlyList<Region> Regions { get; }

    public IReadOnlyList<PlaceNote> Notes { get; }

    /// <summary>All places, uninhabited ones and the entry for several countries included.</summary>
    public IReadOnlyList<Country> Countries { get; }

    /// <summary>Reads a scheme's YAML; its problems carry file and line.</summary>
    /// <param name="file">How the file is named in problems.</param>
    /// <param name="requiredLanguages">Languages that every text must be in, beside those of the scheme's own title.</param>
    public static Parsed<RegionScheme> Parse(string yaml, string file, params string[] requiredLanguages) =>
        RegionSchemeText.Parse(yaml, file, requiredLanguages);

    /// <summary>The region with this slug, or null.</summary>
    public Region? Region(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The place with this code (in any case), or null.</summary>
    public Country? Country(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The region of the place with this code, or null.</summary>
    public Region? RegionOf(string code) => Country(code)?.Region;

    /// <summary>The place's name; the code itself where this scheme does not know it, so that a table never has an empty cell.</summary>
    public string CountryName(string code, string language) => Country(code)?.Name.In(language) ?? code;

    /// <summary>The places that a person can choose, in the order of their names in this language; several countries last.</summary>
    public IReadOnlyList<Country> Choices(string language) =>
    [
        .. Countries.Where(country => !country.IsUninhabited)
            .OrderBy(country => country.IsGlobal)
            .ThenBy(country => FoldedText.SortKey(country.Name.In(language)), StringComparer.Ordinal),
    ];

    /// <summary>The naming notes that must stand wherever one of these places is named, in the file's order.</summary>
    public IReadOnlyList<PlaceNote> NamingNotes(IEnumerable<string> codes)
    {
        var shown = codes.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Notes.Where(note => note.Kind == PlaceNoteKind.Naming && (note.Countries.Count == 0 || note.Countries.Any(shown.Contains)))];
    }
}
