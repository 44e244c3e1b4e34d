using Survey.Domain.TemplateText;

namespace Survey.Domain.Demo;

/// <summary>Invented names of organisations in several languages. No name is given twice, however large the network.</summary>
public sealed class SampleNames
{
    private readonly IReadOnlyDictionary<string, Language> languages;

    private SampleNames(IReadOnlyDictionary<string, Language> languages) => this.languages = languages;

    /// <summary>Reads the file of names.</summary>
    public static Parsed<SampleNames> Read(string yaml, string file) => YamlText.Read(yaml, file, root => new SampleNames(
        root.Map("languages").Entries().ToDictionary(e => e.Key, e =>
        {
            var language = e.Value.AsMap(e.Key);
            return new Language(language.Texts("patterns"), language.Texts("own"), language.Map("kinds").Entries().ToDictionary(k => k.Key, k =>
            {
                var kind = k.Value.AsMap(k.Key);
                return new Kind(kind.Texts("heads"), kind.Texts("tails"));
            }, StringComparer.Ordinal));
        }, StringComparer.Ordinal)));

    /// <summary>A name that is not in <paramref name="taken"/> yet, and is afterwards.</summary>
    public string Next(string language, string kind, IReadOnlyList<string> places, SeededStream stream, ISet<string> taken)
    {
        var words = languages.TryGetValue(language, out var known) ? known : languages["en"];
        var parts = words.Kinds.TryGetValue(kind, out var own) ? own : words.Kinds["ngo"];
        string name;
        var tries = 0;
        do
        {
            name = $"{stream.Pick(parts.Heads)} {stream.Pick(parts.Tails)}";
            if (places.Count > 0)
                name = stream.Pick(words.Patterns)
                    .Replace("{name}", name, StringComparison.Ordinal).Replace("{own}", stream.Pick(words.Own), StringComparison.Ordinal).Replace("{place}", stream.Pick(places), StringComparison.Ordinal);
            else if (tries > 3)
                name = $"{stream.Pick(words.Own)} – {name}";
            // In a very large network the words run out; branches are numbered, as they are in life.
            if (tries > 40)
                name += $" {tries - 39}";
            tries++;
        }
        while (!taken.Add(name));
        return name;
    }

    private sealed record Language(IReadOnlyList<string> Patterns, IReadOnlyList<string> Own, IReadOnlyDictionary<string, Kind> Kinds);

    private sealed record Kind(IReadOnlyList<string> Heads, IReadOnlyList<string> Tails);
}
