using System.Text.Json;

namespace Survey.Domain.Responses;

/// <summary>
/// A quote that a correction took away, with what the office had made of it, so that undoing gives that back. The cut and the translations belong to the words and come back with
/// exactly these words; the decision was about the words and the consent together, and comes back only where both are as they were.
/// </summary>
public sealed record KeptQuote(
    string Point, string Text, string? Shortened, string Language, QuoteConsent Consent, QuoteReview Review, string? ReviewedBy, DateTime? ReviewedAt, string? ReviewReason, IReadOnlyList<KeptTranslation> Translations)
{
    /// <summary>The quote as it stands.</summary>
    public static KeptQuote Of(Quote quote, IEnumerable<QuoteTranslation> translations)
    {
        ArgumentNullException.ThrowIfNull(quote);
        return new(
            quote.Point, quote.Text, quote.Shortened, quote.Language, quote.Consent, quote.Review, quote.ReviewedBy, quote.ReviewedAt, quote.ReviewReason,
            [.. translations.OrderBy(t => t.Language, StringComparer.Ordinal).Select(t => new KeptTranslation(t.Language, t.Of, t.Text, t.TranslatedBy, t.TranslatedAt))]);
    }

    // As people wrote it, so that a search for a name finds it.
    private static readonly JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Several as they are stored; null for none.</summary>
    public static string? ToJson(IReadOnlyCollection<KeptQuote> quotes) => quotes is { Count: > 0 } ? JsonSerializer.Serialize(quotes, Options) : null;

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    public static IReadOnlyList<KeptQuote> FromJson(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<KeptQuote>>(json)!;

    /// <summary>Gives a quote that has come back, and waits, what belonged to it; false where its words are others.</summary>
    public bool Restore(Quote quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        if (quote.Point != Point || quote.Text != Text)
        {
            return false;
        }

        (quote.Shortened, quote.Language) = (Shortened, Language);
        if (quote.Consent == Consent)
        {
            (quote.Review, quote.ReviewedBy, quote.ReviewedAt, quote.ReviewReason) = (Review, ReviewedBy, ReviewedAt, ReviewReason);
        }

        return true;
    }

    /// <summary>Its translations, as those of the quote with this id.</summary>
    public IEnumerable<QuoteTranslation> TranslationsOf(long quoteId) =>
        Translations.Select(t => new QuoteTranslation { QuoteId = quoteId, Language = t.Language, Of = t.Of, Text = t.Text, TranslatedBy = t.By, TranslatedAt = t.At });
}

/// <summary>A translation of a <see cref="KeptQuote"/>.</summary>
public sealed record KeptTranslation(string Language, string Of, string Text, string By, DateTime At);
