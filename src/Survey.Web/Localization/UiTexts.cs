using Survey.Domain.TemplateText;

namespace Survey.Web.Localization;

/// <summary>The words of the pages in every language that has a file in <c>templates/ui</c>. Languages keep the order given; the first is the fallback.</summary>
public sealed class UiTexts
{
    private readonly Dictionary<string, TextCatalogue> _byLanguage;

    public UiTexts(IReadOnlyList<TextCatalogue> catalogues)
    {
        ArgumentNullException.ThrowIfNull(catalogues);
        All = catalogues.Count > 0 ? catalogues : throw new ArgumentException("The pages need the words of at least one language.", nameof(catalogues));
        _byLanguage = catalogues.ToDictionary(c => c.Language, StringComparer.Ordinal);
    }

    /// <summary>All catalogues in the order of the language links.</summary>
    public IReadOnlyList<TextCatalogue> All { get; }

    /// <summary>Whether the pages exist in this language.</summary>
    public bool Has(string? language) => language is not null && _byLanguage.ContainsKey(language);

    /// <summary>The words in <paramref name="language"/>, or in the first language.</summary>
    public TextCatalogue In(string? language) => language is not null && _byLanguage.TryGetValue(language, out var found) ? found : All[0];

    /// <summary>The language that an <c>Accept-Language</c> header asks for most, or null.</summary>
    public string? Preferred(IEnumerable<Microsoft.Net.Http.Headers.StringWithQualityHeaderValue> accepted) =>
        accepted.OrderByDescending(a => a.Quality ?? 1)
            .Select(a => a.Value.Value?.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(Has);
}
