using System.Globalization;
using System.Text.RegularExpressions;

namespace Survey.Domain.TemplateText;

/// <summary>
/// A map of a template. Asking for a key makes it known; when the file is read, each key of a map that was asked for something, but not
/// for this key, is reported as unknown. `X(key)` wants the key to be there; `XOrNull(key)` and `X(key, otherwise)` do not: a key that
/// is left out or empty then gives null or the other value, but a wrong value is a problem all the same.
/// </summary>
public sealed partial class MapNode : TemplateNode
{
    private readonly Dictionary<string, MapEntry> _byKey;
    private readonly List<string> _asked = [];
    private bool _open;

    private static LocalisedText NoWords => LocalisedText.Of(("en", ""));

    internal MapNode(TemplateProblems notes, int line, IReadOnlyList<MapEntry> entries, bool missing = false)
        : base(notes, line, missing)
    {
        Written = entries;
        _byKey = entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
    }

    private IReadOnlyList<MapEntry> Written { get; }

    /// <summary>
    /// All entries in the file's order, for a map whose keys are data (a value map, texts by name): every key is known then.
    /// </summary>
    public IReadOnlyList<MapEntry> Entries()
    {
        _open = true;
        return Written;
    }

    /// <summary>Says that keys are known without reading them, as when a parser gives up on a map that is already wrong.</summary>
    public void Known(params string[] keys)
    {
        foreach (var key in keys)
            Ask(key);
    }

    /// <summary>Whether the key is there with something in it.</summary>
    public bool Has(string key) => Optional(key) is not null;

    /// <summary>The value of a key that must be there; else a problem and null.</summary>
    public TemplateNode? Required(string key)
    {
        var value = Optional(key);
        if (value is null && !IsMissing)
            Notes.Add(_byKey.TryGetValue(key, out var entry) ? entry.Line : Line, "missing-key",
                entry is null ? $"The key '{key}' is missing here; add it." : $"The key '{key}' is empty; write its value.");
        return value;
    }

    /// <summary>The value of a key, or null if it is left out or empty.</summary>
    public TemplateNode? Optional(string key)
    {
        Ask(key);
        return _byKey.TryGetValue(key, out var entry) && entry.Value is not TextNode { Value: null } ? entry.Value : null;
    }

    /// <summary>Notes a problem at a key's line (or at the map's, if the key is not there).</summary>
    public void ProblemAt(string key, string code, string message)
    {
        if (!IsMissing)
            Notes.Add(_byKey.TryGetValue(key, out var entry) ? entry.Line : Line, code, message);
    }

    public string Text(string key) => Required(key)?.AsText(key) ?? "";

    public string? TextOrNull(string key) => Optional(key)?.AsText(key);

    /// <summary>A text of lower-case letters, digits and hyphens, as in addresses and data files.</summary>
    public string Slug(string key) => Slug(key, Text(key));

    public string? SlugOrNull(string key) => Optional(key) is null ? null : Slug(key);

    /// <summary>A text that is one of a few words; else a problem that lists them, and the first of them.</summary>
    public string OneOf(string key, params string[] words)
    {
        var text = Text(key);
        if (words.Contains(text, StringComparer.Ordinal))
            return text;
        if (text.Length > 0)
            ProblemAt(key, "unknown-word", $"'{key}' is '{text}'; it can be: {string.Join(", ", words)}.");
        return words[0];
    }

    public string? OneOfOrNull(string key, params string[] words) => Optional(key) is null ? null : OneOf(key, words);

    public int WholeNumber(string key, int least = int.MinValue, int most = int.MaxValue) => WholeNumber(key, Text(key), least, most);

    public int? WholeNumberOrNull(string key, int least = int.MinValue, int most = int.MaxValue) =>
        Optional(key) is null ? null : WholeNumber(key, least, most);

    public decimal DecimalNumber(string key)
    {
        var text = Text(key);
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        if (text.Length > 0)
            ProblemAt(key, "not-a-number", $"'{key}' should be a number such as 12 or 0.5, but is '{text}'.");
        return 0;
    }

    public decimal? DecimalNumberOrNull(string key) => Optional(key) is null ? null : DecimalNumber(key);

    public bool Bool(string key)
    {
        var text = Text(key);
        if (text is not ("" or "true" or "false"))
            ProblemAt(key, "not-true-or-false", $"'{key}' should be true or false, but is '{text}'.");
        return text == "true";
    }

    public bool Bool(string key, bool otherwise) => Optional(key) is null ? otherwise : Bool(key);

    public DateOnly Date(string key)
    {
        var text = Text(key);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        if (text.Length > 0)
            ProblemAt(key, "not-a-date", $"'{key}' should be a date such as 2026-03-31, but is '{text}'.");
        return DateOnly.MinValue;
    }

    public DateOnly? DateOrNull(string key) => Optional(key) is null ? null : Date(key);

    /// <summary>A map that must be there; else a problem and a silent empty stand-in.</summary>
    public MapNode Map(string key) => Required(key)?.AsMap(key) ?? new MapNode(Notes, Line, [], missing: true);

    public MapNode? MapOrNull(string key) => Optional(key)?.AsMap(key);

    /// <summary>A list that must be there and may be empty; else a problem and a silent empty stand-in.</summary>
    public ListNode List(string key) => Required(key)?.AsList(key) ?? new ListNode(Notes, Line, [], missing: true);

    /// <summary>A list that may be left out: then it is empty.</summary>
    public ListNode ListOrEmpty(string key) => Optional(key)?.AsList(key) ?? new ListNode(Notes, Line, [], missing: true);

    /// <summary>The maps of a list that must be there.</summary>
    public IReadOnlyList<MapNode> Maps(string key) => List(key).Maps();

    /// <summary>The texts of a list that may be left out.</summary>
    public IReadOnlyList<string> Texts(string key) => ListOrEmpty(key).Texts();

    /// <summary>
    /// Reads a file's own word on its languages (`status: {en: official, fr: reviewed, es: provisional}`). Asked before the texts,
    /// it is the status of each text that states none of its own. Without the key every text is provisional.
    /// </summary>
    public IReadOnlyDictionary<string, TranslationStatus> TranslationStatuses(string key)
    {
        foreach (var entry in MapOrNull(key)?.Entries() ?? [])
        {
            if (IsLanguage(entry, key))
                Notes.Statuses[entry.Key] = Status(entry.Value, $"{key}.{entry.Key}");
        }
        return Notes.Statuses;
    }

    /// <summary>
    /// A text in several languages (`{en: …, fr: …}`) that has words in each of <paramref name="requiredLanguages"/>. A language may
    /// state its own status: `fr: {text: …, status: official}`, and of which English words it
    /// is a translation (`of`, <see cref="TemplateStrings.HashOf"/>): of others it is out of date. Further languages are welcome; a key that is no language tag is a problem.
    /// </summary>
    public LocalisedText Localised(string key, IReadOnlyCollection<string> requiredLanguages)
    {
        if (Required(key) is not { } node)
            return NoWords;
        if (node is TextNode)
        {
            node.Problem("not-localised", $"'{key}' needs a text for each language: {{{string.Join(", ", requiredLanguages.Select(language => language + ": …"))}}}.");
            return NoWords;
        }
        var map = node.AsMap(key);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var statuses = new Dictionary<string, TranslationStatus>(Notes.Statuses, StringComparer.Ordinal);
        var madeOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries())
        {
            if (!IsLanguage(entry, key) || entry.Value is TextNode { Value: null })
                continue;
            var what = $"{key}.{entry.Key}";
            if (entry.Value is MapNode withStatus)
            {
                texts.Add(entry.Key, withStatus.Text("text"));
                if (withStatus.Required("status") is { } status)
                    statuses[entry.Key] = Status(status, what + ".status");
                if (withStatus.TextOrNull("of") is { } of)
                    madeOf[entry.Key] = of;
            }
            else
            {
                texts.Add(entry.Key, entry.Value.AsText(what));
            }
        }
        var missing = requiredLanguages.Where(language => !texts.ContainsKey(language)).ToList();
        if (missing.Count > 0 && !map.IsMissing)
            Notes.Add(map.Line, "missing-language", $"'{key}' has no text in: {string.Join(", ", missing)}; add it.");
        var outdated = madeOf.Where(made => texts.TryGetValue("en", out var english) && made.Value != TemplateStrings.HashOf(english)).Select(made => made.Key).ToList();
        if (outdated.Count > 0)
            Notes.Add(map.Line, "outdated-translation", $"'{key}' was translated from other English words in: {string.Join(", ", outdated)}; translate it anew, or take 'of' away where the words still hold.");
        if (texts.Select(text => string.Join(" ", new PatternText(text.Value).Places.Select(place => "{" + place + "}"))).Distinct().Count() > 1)
            Notes.Add(map.Line, "placeholder", $"'{key}' has places to fill in ({{name}}) that are not the same in every language; make them the same.");
        return texts.Count == 0 ? NoWords : new LocalisedText(texts, statuses);
    }

    public LocalisedText? LocalisedOrNull(string key, IReadOnlyCollection<string> requiredLanguages) =>
        Optional(key) is null ? null : Localised(key, requiredLanguages);

    internal override void ReportUnknownKeys()
    {
        var touched = _open || _asked.Count > 0;
        foreach (var entry in Written)
        {
            if (_open || _asked.Contains(entry.Key))
                entry.Value.ReportUnknownKeys();
            else if (touched)
                Notes.Add(entry.Line, "unknown-key", $"unknown key '{entry.Key}'; known here: {string.Join(", ", _asked)}.");
        }
    }

    private bool IsLanguage(MapEntry entry, string key)
    {
        if (LanguageTag().IsMatch(entry.Key))
            return true;
        Notes.Add(entry.Line, "unknown-language", $"'{entry.Key}' in '{key}' is not a language tag such as en, fr, es or ar.");
        return false;
    }

    private static TranslationStatus Status(TemplateNode node, string what)
    {
        var word = node.AsText(what);
        switch (word)
        {
            case "official":
                return TranslationStatus.Official;
            case "reviewed":
                return TranslationStatus.Reviewed;
            case "provisional" or "":
                return TranslationStatus.Provisional;
            default:
                node.Problem("unknown-word", $"'{what}' is '{word}'; it can be: provisional, reviewed, official.");
                return TranslationStatus.Provisional;
        }
    }

    private void Ask(string key)
    {
        if (!_asked.Contains(key))
            _asked.Add(key);
    }

    private string Slug(string key, string text)
    {
        if (text.Length > 0 && !SlugPattern().IsMatch(text))
            ProblemAt(key, "not-a-slug", $"'{key}' is '{text}'; use lower-case letters a-z, digits and single hyphens, as in 'human-rights'.");
        return text;
    }

    private int WholeNumber(string key, string text, int least, int most)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            if (number >= least && number <= most)
                return number;
            var range = most == int.MaxValue ? $"at least {least}" : least == int.MinValue ? $"at most {most}" : $"between {least} and {most}";
            ProblemAt(key, "out-of-range", $"'{key}' is {number}; it should be {range}.");
        }
        else if (text.Length > 0)
        {
            ProblemAt(key, "not-a-number", $"'{key}' should be a whole number, but is '{text}'.");
        }
        return Math.Clamp(0, least, most);
    }

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex SlugPattern();
}
