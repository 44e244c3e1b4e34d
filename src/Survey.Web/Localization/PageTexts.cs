using Survey.Domain.TemplateText;

namespace Survey.Web.Localization;

/// <summary>
/// The words of the page being made, in its language; <c>T</c> in the views. Gives plain text, which the view encodes:
/// no word of a template or of a member is ever markup. Without a request it speaks the first language until it is told another.
/// </summary>
public sealed class PageTexts(UiTexts texts, IHttpContextAccessor? http = null)
{
    private TextCatalogue? _catalogue;

    /// <summary>The words and formats of the page's language.</summary>
    public TextCatalogue Catalogue => _catalogue ??= texts.In(http?.HttpContext is { } context ? RequestLanguage.Of(context) : null);

    /// <summary>The page's language code.</summary>
    public string Language => Catalogue.Language;

    /// <summary>All languages in which the page could be.</summary>
    public IReadOnlyList<TextCatalogue> Languages => texts.All;

    /// <summary>What a language calls itself; its code where the site does not speak it.</summary>
    public string NameOf(string language) => Languages.FirstOrDefault(l => l.Language == language)?.Name ?? language;

    /// <summary>Languages in the order of the site's; those that it does not speak stand last.</summary>
    public IEnumerable<string> InOrder(IEnumerable<string> languages)
    {
        var order = Languages.Select(l => l.Language).ToList();
        return languages.OrderBy(l => order.IndexOf(l) is >= 0 and var at ? at : order.Count).ThenBy(l => l, StringComparer.Ordinal);
    }

    /// <summary>The language in which to show what is there in these: the page's own, else the first of the site's.</summary>
    public string Among(IReadOnlyCollection<string> languages) => languages.Contains(Language) ? Language : InOrder(languages).First();

    /// <summary>Makes the rest of this page in another language, as after a switch.</summary>
    public void Use(string language) => _catalogue = texts.In(language);

    /// <summary>The text of a key with its places filled in.</summary>
    public string this[string key, params (string Place, object Value)[] values] => Catalogue.Text(key, values);

    /// <summary>The plural form of a key for a number.</summary>
    public string Plural(string key, long number, params (string Place, object Value)[] values) => Catalogue.Plural(key, number, values);

    /// <summary>Whether the key has a text; for words chosen by a code that data may extend.</summary>
    public bool Has(string key) => Catalogue.Has(key);

    /// <summary>A UTC moment as day and time, saying that it is UTC.</summary>
    public string Moment(DateTime utc) => this["format.moment", ("date", DateOnly.FromDateTime(utc)), ("time", TimeOnly.FromDateTime(utc))];

    /// <summary>The day of a UTC moment.</summary>
    public string Day(DateTime utc) => Catalogue.Date(DateOnly.FromDateTime(utc));

    /// <summary>A number of bytes as people read sizes.</summary>
    public string Size(long bytes) => bytes < 1_000_000
        ? this["format.kilobytes", ("n", Catalogue.Number(Math.Max(1, (bytes + 500) / 1000)))]
        : this["format.megabytes", ("n", Catalogue.Number(bytes / 1_000_000m, 1))];
}
