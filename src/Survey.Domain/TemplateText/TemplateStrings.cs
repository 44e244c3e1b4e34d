using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Survey.Domain.TemplateText;

/// <summary>
/// The strings of a template that are in several languages (`{en: …, fr: …}`), each with its place, and the same file with some of them changed. Only the changed
/// words are written anew: comments, order and everything else of the file stay as they were. A changed translation notes what it was made from
/// (`of`, <see cref="HashOf"/>), so that a later change of the English words shows that it is out of date.
/// </summary>
public sealed class TemplateStrings
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string text;

    private TemplateStrings(string text, IReadOnlyList<TemplateString> all) => (this.text, All) = (text, all);

    /// <summary>All strings in the file's order.</summary>
    public IReadOnlyList<TemplateString> All { get; }

    /// <summary>The string with this key, or null.</summary>
    public TemplateString? Find(string key) => All.FirstOrDefault(s => s.Key == key);

    /// <summary>What a translation was made from, in short: the first eight hexadecimal digits of the SHA-256 of the English words.</summary>
    public static string HashOf(string english) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(english)).AsSpan(0, 4));

    /// <summary>The strings of a template that can be read (<see cref="YamlText"/>).</summary>
    public static TemplateStrings Of(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var text = DoorText.Clean(yaml).TrimStart('\uFEFF');
        using var reader = new StringReader(text);
        var walk = new Walk(new Parser(reader), text);
        return new(text, walk.Strings());
    }

    /// <summary>The file with these words, by the string's key and the language. A translation's <paramref name="changes"/> say what it was made from; the English words have nothing.</summary>
    public string With(IReadOnlyDictionary<(string Key, string Language), Translation> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var edits = new List<(int Start, int End, string Text)>();
        foreach (var ((key, language), translation) in changes)
        {
            var found = Find(key) ?? throw new ArgumentException($"There is no string '{key}'.", nameof(changes));
            var written = Written(translation);
            if (found.Words.TryGetValue(language, out var before))
            {
                edits.Add((before.Start, before.End, written));
            }
            else
            {
                var last = found.Words.Values.MaxBy(w => w.End)!;
                edits.Add((last.End, last.End, found.IsFlow ? $", {language}: {written}" : $"\n{new string(' ', found.Column)}{language}: {written}"));
            }
        }

        var changed = new StringBuilder(text);
        foreach (var (start, end, words) in edits.OrderByDescending(e => e.Start))
        {
            changed.Remove(start, end - start).Insert(start, words);
        }

        return changed.ToString();
    }

    // JSON's strings are YAML's double-quoted ones.
    private static string Written(Translation translation)
    {
        var words = JsonSerializer.Serialize(translation.Text, Plain);
        return translation is { Status: null, Of: null } ? words
            : $"{{text: {words}, status: {(translation.Status ?? TranslationStatus.Provisional).ToString().ToLowerInvariant()}{(translation.Of is { } of ? $", of: \"{of}\"" : "")}}}";
    }

    private sealed class Walk(Parser events, string text)
    {
        private readonly List<TemplateString> found = [];
        private readonly Dictionary<string, TranslationStatus> own = new(StringComparer.Ordinal);

        public IReadOnlyList<TemplateString> Strings()
        {
            events.Consume<StreamStart>();
            events.Consume<DocumentStart>();
            Node("");
            return [.. found.Where(s => s.Key != "status").Select(s => s with { Words = s.Words.ToDictionary(w => w.Key, w => w.Value with { Status = w.Value.Status ?? own.GetValueOrDefault(w.Key, TranslationStatus.Provisional) }, StringComparer.Ordinal) })];
        }

        private void Node(string path)
        {
            switch (events.Current)
            {
                case MappingStart:
                    Map(path);
                    break;
                case SequenceStart:
                    events.MoveNext();
                    for (var at = 0; events.Current is not SequenceEnd; at++)
                    {
                        Node($"{path}/{at.ToString(CultureInfo.InvariantCulture)}");
                    }

                    events.MoveNext();
                    break;
                default:
                    events.MoveNext();
                    break;
            }
        }

        private void Map(string path)
        {
            var start = events.Consume<MappingStart>();
            var words = new Dictionary<string, WordsAt>(StringComparer.Ordinal);
            var column = 0;
            var (isWords, from, name) = (true, found.Count, (string?)null);
            while (events.Current is not MappingEnd)
            {
                var key = events.Consume<Scalar>();
                column = (int)key.Start.Column - 1;
                var isLanguage = key.Value.Length is >= 2 and <= 8 && key.Value.All(c => char.IsAsciiLetter(c) || c == '-') && char.IsAsciiLetterLower(key.Value[0]) && char.IsAsciiLetterLower(key.Value[1]) && (key.Value.Length == 2 || key.Value[2] == '-');
                if (events.Current is Scalar value)
                {
                    if (key.Value is "key" or "slug" or "code")
                    {
                        name = value.Value;
                    }

                    if (isLanguage)
                    {
                        words[key.Value] = new(value.Value, null, null, (int)value.Start.Index, (int)value.End.Index);
                        if (path == "status" && Enum.TryParse<TranslationStatus>(value.Value, ignoreCase: true, out var status))
                        {
                            own[key.Value] = status;
                        }
                    }

                    isWords &= isLanguage;
                    events.MoveNext();
                }
                else if (isLanguage && events.Current is MappingStart { Style: MappingStyle.Flow } inner && Stated(inner) is { } stated)
                {
                    words[key.Value] = stated;
                }
                else
                {
                    isWords = false;
                    Node(path.Length == 0 ? key.Value : $"{path}/{key.Value}");
                }
            }

            events.MoveNext();
            if (isWords && words.Count > 0)
            {
                found.Add(new TemplateString(path, words, start.Style is MappingStyle.Flow, column, (int)start.Start.Line));
            }
            else if (name is not null && path.LastIndexOf('/') is var slash and > 0)
            {
                // What lies in this item is named by it, not by its place in the list, which others before it would move.
                for (var at = from; at < found.Count; at++)
                {
                    found[at] = found[at] with { Key = $"{path[..slash]}/{name}{found[at].Key[path.Length..]}" };
                }
            }
        }

        /// <summary>Words with their own status: `{text: …, status: …, of: …}`.</summary>
        private WordsAt? Stated(MappingStart start)
        {
            events.MoveNext();
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            while (events.Current is not MappingEnd)
            {
                var key = events.Consume<Scalar>();
                fields[key.Value] = events.Consume<Scalar>().Value;
            }

            var end = events.Consume<MappingEnd>();
            return new(fields.GetValueOrDefault("text", ""), Enum.TryParse<TranslationStatus>(fields.GetValueOrDefault("status"), ignoreCase: true, out var status) ? status : TranslationStatus.Provisional, fields.GetValueOrDefault("of"), (int)start.Start.Index, text.IndexOf('}', (int)end.Start.Index) + 1);
        }
    }
}

/// <summary>A string of a template: where it is (names of sections, questions and choices), and its words by language.</summary>
public sealed record TemplateString(string Key, IReadOnlyDictionary<string, WordsAt> Words, bool IsFlow, int Column, int Line)
{
    /// <summary>The words in the language from which all others are translated; empty where there are none.</summary>
    public string English => Words.TryGetValue("en", out var words) ? words.Text : "";
}

/// <summary>Words in one language as a file holds them: their status, what they were translated from (null where the file does not say), and the span of characters that they take.</summary>
public sealed record WordsAt(string Text, TranslationStatus? Status, string? Of, int Start, int End);

/// <summary>New words for one language: a status and the hash of what was translated; both null for the English words themselves.</summary>
public sealed record Translation(string Text, TranslationStatus? Status, string? Of);
