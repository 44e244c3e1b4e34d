namespace Survey.Domain.Geography;

/// <summary>
/// Recognises a place in what real files contain: its code or three-letter code in any case, or a name in any language of the scheme,
/// however it is spelt, turned round ("Iran, Islamic Republic of") or abbreviated ("St. Vincent &amp; the Grenadines"). It never guesses: a text
/// that could mean two places ("Korea", "China (Taiwan)" by its first word) or none ("Atlantis") has no code, only suggestions.
/// Build it once for a scheme; it is immutable and may be shared.
/// </summary>
public sealed class PlaceMatcher
{
    // The longest official name is well under this; anything longer is a text in the wrong column.
    private const int LongestName = 200;
    private const int MostSuggestions = 3;
    private const double LeastLikeness = 0.6;

    private readonly RegionScheme _scheme;
    private readonly Dictionary<string, string> _codes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shortened = new(StringComparer.Ordinal);

    public PlaceMatcher(RegionScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        _scheme = scheme;
        foreach (var country in scheme.Countries.Where(country => country.Alpha3 is not null))
            _codes[country.Alpha3!] = country.Code;
        foreach (var country in scheme.Countries)
            _codes[country.Code] = country.Code;

        var unsure = new HashSet<string>(StringComparer.Ordinal);
        foreach (var country in scheme.Countries)
        {
            foreach (var key in country.Name.Texts.Values.Concat(country.OtherNames).SelectMany(PlaceKey.Strong))
                _names.TryAdd(key, country.Code);
            // "Falkland Islands" for "Falkland Islands (Malvinas)"; "Saint-Martin", one island in two halves, stays unsure. Only the
            // names that are shown: from a recognised "Virgin Islands (UK)" it would follow that all Virgin Islands are British.
            foreach (var name in country.Name.Texts.Values)
            {
                var bracket = name.IndexOf('(', StringComparison.Ordinal);
                var before = bracket > 0 ? PlaceKey.Of(name[..bracket]) : "";
                if (before.Length > 0 && !_shortened.TryAdd(before, country.Code) && _shortened[before] != country.Code)
                    unsure.Add(before);
            }
        }
        foreach (var key in unsure)
            _shortened.Remove(key);
    }

    /// <summary>The place that a text means.</summary>
    public PlaceMatch Match(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > LongestName)
            return new PlaceMatch(null, []);
        return Find(trimmed) is { } code ? new PlaceMatch(code, []) : new PlaceMatch(null, Suggestions(PlaceKey.Of(trimmed)));
    }

    private string? Find(string text)
    {
        if (FindWhole(text) is { } code)
            return code;
        // "Myanmar (Burma)", "Türkiye / Turkey", "FR - France": two ways to say one place, and only then.
        return PlaceKey.Parts(text) is [var first, var second] && FindWhole(first) is { } one && FindWhole(second) == one ? one : null;
    }

    private string? FindWhole(string text)
    {
        var bare = text.Trim(' ', '(', ')', '[', ']', '.', '"', '\'', '*', '\u00A0', '\u200E', '\u200F');
        if (_codes.TryGetValue(bare, out var code))
            return code;
        foreach (var key in PlaceKey.Strong(text))
            if (_names.TryGetValue(key, out code))
                return code;
        if (_shortened.TryGetValue(PlaceKey.Of(text), out code))
            return code;
        foreach (var key in PlaceKey.WithoutStateForm(text))
            if (_names.TryGetValue(key, out code))
                return code;
        return null;
    }

    private List<Country> Suggestions(string key)
    {
        if (key.Length < 3)
            return [];
        return
        [
            .. _names.Select(name => (Code: name.Value, Likeness: Likeness(key, name.Key)))
                .Where(name => name.Likeness >= LeastLikeness)
                .GroupBy(name => name.Code, name => name.Likeness)
                .OrderByDescending(place => place.Max())
                .ThenBy(place => place.Key, StringComparer.Ordinal)
                .Take(MostSuggestions)
                .Select(place => _scheme.Country(place.Key)!),
        ];
    }

    // 1 is the same, 0 nothing in common: one less the edits needed, by the longer length. A name that holds the whole of what was written is likely too.
    private static double Likeness(string one, string other)
    {
        var longer = Math.Max(one.Length, other.Length);
        var within = one.Length >= 4 && other.Contains(one, StringComparison.Ordinal) ? 0.6 + 0.3 * one.Length / longer : 0;
        if (Math.Abs(one.Length - other.Length) > (1 - LeastLikeness) * longer)
            return within;
        return Math.Max(within, 1 - (double)Edits(one, other) / longer);
    }

    // Levenshtein distance, two rows at a time.
    private static int Edits(string one, string other)
    {
        var above = new int[other.Length + 1];
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
            above[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
            (above, row) = (row, above);
        }
        return above[other.Length];
    }
}
