using System.Collections.Frozen;
using System.Globalization;

namespace Survey.Domain.TemplateText;

/// <summary>
/// Every word that pages (`templates/ui/LANG.yaml`) or reports (`templates/report/LANG.yaml`) say in one language. Nested keys are
/// asked for with dots. A value is a text with places to fill in, or a map of plural forms:
/// <code>
/// language: en
/// name: English
/// direction: ltr                # or rtl
/// plurals: {one: n = 1}         # CLDR's rules for whole numbers; "other" is what is left
/// formats:
///   date: "{day} {month} {year}"
///   dateShort: "{dd}/{mm}/{year}"
///   months: [January, …, December]
///   decimal: "."
///   thousands: ","              # thousandsFrom: 5 sets them apart from 10,000 on
///   percent: "{number}%"
///   signedMinus: "−"            # also signedPlus, signed: "{sign}{number}", time: "{hh}:{mm}"
///   listBetween: ", "
///   listLast: " and "
/// answers:
///   count: {one: "{n} answer", other: "{n} answers"}
/// </code>
/// Asking for a key that is not there is a mistake in code and throws; <see cref="CatalogueComparison"/> keeps the languages alike.
/// </summary>
public sealed class TextCatalogue
{
    private static readonly string[] Reserved = ["language", "name", "direction", "plurals", "formats"];

    private readonly FrozenDictionary<string, CatalogueEntry> _entries;

    private TextCatalogue(string language, string name, bool isRightToLeft, PluralRules plurals, TextFormats formats, IReadOnlyList<CatalogueEntry> entries)
    {
        Language = language;
        Name = name;
        IsRightToLeft = isRightToLeft;
        Plurals = plurals;
        Formats = formats;
        Entries = entries;
        _entries = entries.ToFrozenDictionary(entry => entry.Key, StringComparer.Ordinal);
    }

    /// <summary>These texts with those of <paramref name="newer"/> for keys that are not here: a round keeps the words it froze, and for what came later it takes those that ship.</summary>
    public TextCatalogue CompletedBy(TextCatalogue newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        return new TextCatalogue(Language, Name, IsRightToLeft, Plurals, Formats, [.. Entries, .. newer.Entries.Where(e => !Has(e.Key))]);
    }

    /// <summary>The language's code, such as <c>fr</c>.</summary>
    public string Language { get; }

    /// <summary>The language's name in itself.</summary>
    public string Name { get; }

    /// <summary>Whether the language is written from right to left.</summary>
    public bool IsRightToLeft { get; }

    /// <summary><c>ltr</c> or <c>rtl</c>, as in HTML.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    /// <summary>The language's plural rules.</summary>
    public PluralRules Plurals { get; }

    /// <summary>How the language writes numbers, dates and lists.</summary>
    public TextFormats Formats { get; }

    /// <summary>All entries in the file's order.</summary>
    public IReadOnlyList<CatalogueEntry> Entries { get; }

    /// <summary>Whether there is a text or a plural with this key.</summary>
    public bool Has(string key) => _entries.ContainsKey(key);

    /// <summary>
    /// The text of a key, its places filled in. A whole number is written as the language writes numbers, a date as a date; anything
    /// that must not be (a year, a slug) is handed over as text.
    /// </summary>
    public string Text(string key, params ReadOnlySpan<(string Place, object Value)> values)
    {
        var entry = Entry(key);
        var pattern = entry.Text ?? throw new KeyNotFoundException($"The text '{key}' has plural forms ({Language}); ask with Plural.");
        return Fill(key, pattern, values);
    }

    /// <summary>The form of a text for <paramref name="number"/>, which also fills the place <c>{n}</c>.</summary>
    public string Plural(string key, long number, params ReadOnlySpan<(string Place, object Value)> values)
    {
        var entry = Entry(key);
        var forms = entry.Forms ?? throw new KeyNotFoundException($"The text '{key}' has no plural forms ({Language}); ask with Text.");
        return Fill(key, forms[Plurals.Form(number)], [("n", number), .. values]);
    }

    /// <inheritdoc cref="TextFormats.Number(long)"/>
    public string Number(long number) => Formats.Number(number);

    /// <inheritdoc cref="TextFormats.Number(decimal, int)"/>
    public string Number(decimal number, int decimals) => Formats.Number(number, decimals);

    /// <inheritdoc cref="TextFormats.Percent"/>
    public string Percent(int percent) => Formats.Percent(percent);

    /// <inheritdoc cref="TextFormats.Signed"/>
    public string Signed(int number) => Formats.Signed(number);

    /// <inheritdoc cref="TextFormats.Date"/>
    public string Date(DateOnly date) => Formats.Date(date);

    /// <inheritdoc cref="TextFormats.DateShort"/>
    public string DateShort(DateOnly date) => Formats.DateShort(date);

    /// <inheritdoc cref="TextFormats.Time"/>
    public string Time(TimeOnly time) => Formats.Time(time);

    /// <inheritdoc cref="TextFormats.Month"/>
    public string Month(int month) => Formats.Month(month);

    /// <inheritdoc cref="TextFormats.List"/>
    public string List(IReadOnlyList<string> items) => Formats.List(items);

    /// <summary>Reads a file of texts. All plural forms that its rules ask for must be there.</summary>
    public static Parsed<TextCatalogue> Parse(string text, string file) => YamlText.Read(text, file, root =>
    {
        var language = root.Text("language");
        var name = root.Text("name");
        var isRightToLeft = root.OneOf("direction", "ltr", "rtl") == "rtl";
        var plurals = PluralRules.Read(root.Map("plurals"));
        var formats = TextFormats.Read(root.Map("formats"));
        var entries = new List<CatalogueEntry>();
        foreach (var entry in root.Entries())
        {
            if (!Reserved.Contains(entry.Key, StringComparer.Ordinal))
                Flatten(entry, entry.Key, plurals, entries);
        }
        return new TextCatalogue(language, name, isRightToLeft, plurals, formats, entries);
    });

    private static void Flatten(MapEntry entry, string key, PluralRules plurals, List<CatalogueEntry> entries)
    {
        if (entry.Value is not MapNode map)
        {
            entries.Add(new CatalogueEntry(key, entry.Value.Where, new PatternText(entry.Value.AsText(key)), null));
            return;
        }
        var inner = map.Entries();
        if (inner.Any(form => form.Key == "other") && inner.All(form => PluralRules.AllForms.Contains(form.Key)))
        {
            entries.Add(new CatalogueEntry(key, map.Where, null, Forms(map, inner, key, plurals)));
            return;
        }
        foreach (var child in inner)
            Flatten(child, $"{key}.{child.Key}", plurals, entries);
    }

    private static Dictionary<string, PatternText> Forms(MapNode map, IReadOnlyList<MapEntry> written, string key, PluralRules plurals)
    {
        var forms = written.ToDictionary(form => form.Key, form => new PatternText(form.Value.AsText($"{key}.{form.Key}")), StringComparer.Ordinal);
        var missing = plurals.Forms.Where(form => !forms.ContainsKey(form)).ToList();
        if (missing.Count > 0)
            map.Problem("missing-plural-form", $"'{key}' lacks the plural {(missing.Count == 1 ? "form" : "forms")} {string.Join(", ", missing)}, which the rules under 'plurals' ask for; add {(missing.Count == 1 ? "it" : "them")}.");
        foreach (var unused in forms.Keys.Except(plurals.Forms, StringComparer.Ordinal))
            map.ProblemAt(unused, "unused-plural-form", $"'{key}' has the plural form '{unused}', which no rule under 'plurals' leads to; remove it or add the rule.");
        if (forms.TryGetValue("other", out var other))
        {
            foreach (var (form, pattern) in forms)
            {
                foreach (var place in pattern.Places.Except(other.Places, StringComparer.Ordinal))
                    map.ProblemAt(form, "placeholder", $"'{key}.{form}' has the place '{{{place}}}', which its form 'other' lacks.");
            }
        }
        return forms;
    }

    private CatalogueEntry Entry(string key) =>
        _entries.TryGetValue(key, out var entry) ? entry : throw new KeyNotFoundException($"There is no text '{key}' ({Language}).");

    private string Fill(string key, PatternText pattern, ReadOnlySpan<(string Place, object Value)> values)
    {
        if (pattern.Places.Count == 0)
            return pattern.Written;
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (place, value) in values)
            words[place] = Words(value);
        return pattern.Fill(place => words.TryGetValue(place, out var word) ? word : throw new ArgumentException($"The text '{key}' ({Language}) needs a value for '{{{place}}}'.", nameof(values)));
    }

    private string Words(object value) => value switch
    {
        string words => words,
        int number => Number(number),
        long number => Number(number),
        DateOnly date => Date(date),
        TimeOnly time => Time(time),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

/// <summary>One key of a catalogue with where it stands: a text, or the forms of a plural; exactly one of both.</summary>
public sealed record CatalogueEntry(string Key, string Where, PatternText? Text, IReadOnlyDictionary<string, PatternText>? Forms)
{
    /// <summary>The places that the text must be given, sorted; of a plural those of its form other.</summary>
    public IReadOnlyList<string> Places => (Text ?? Forms!["other"]).Places;
}
