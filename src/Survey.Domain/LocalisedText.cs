namespace Survey.Domain;

/// <summary>
/// One text in several languages (by language code such as <c>fr</c>), each with its translation status.
/// A template is refused when a required language is missing, so <see cref="In"/> has an answer for every language of its round.
/// </summary>
public sealed record LocalisedText(
    IReadOnlyDictionary<string, string> Texts,
    IReadOnlyDictionary<string, TranslationStatus> Statuses)
{
    /// <summary>The text in <paramref name="language"/>; in English, else in the first language there is, where that is missing.</summary>
    public string In(string language) =>
        Texts.TryGetValue(language, out var text) ? text
        : Texts.TryGetValue("en", out var english) ? english
        : Texts.OrderBy(t => t.Key, StringComparer.Ordinal).First().Value;

    /// <summary>The translation status in <paramref name="language"/>; provisional unless the file says more.</summary>
    public TranslationStatus StatusIn(string language) => Statuses.GetValueOrDefault(language, TranslationStatus.Provisional);

    /// <summary>A text from pairs of language and words, all provisional; for tests and for data made in code.</summary>
    public static LocalisedText Of(params (string Language, string Text)[] texts) =>
        new(texts.ToDictionary(t => t.Language, t => t.Text, StringComparer.Ordinal), new Dictionary<string, TranslationStatus>(StringComparer.Ordinal));
}
