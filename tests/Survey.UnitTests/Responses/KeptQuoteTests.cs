using Survey.Domain.Responses;

namespace Survey.UnitTests.Responses;

/// <summary>What a correction keeps of a quote, and for which words it comes back.</summary>
public sealed class KeptQuoteTests
{
    private static readonly DateTime At = new(2026, 5, 4, 9, 0, 0, DateTimeKind.Utc);

    private static Quote QuoteOf(string text, QuoteConsent consent) => new() { ResponseId = 1, RoundId = 1, Point = "diaspora", Question = "example", Text = text, Language = "en", Consent = consent };

    private static KeptQuote Kept()
    {
        var quote = QuoteOf("We trained forty women.", QuoteConsent.WithName);
        (quote.Shortened, quote.Language, quote.Review, quote.ReviewedBy, quote.ReviewedAt, quote.ReviewReason) = ("We trained […].", "es", QuoteReview.Rejected, "office:1", At, "Names a place");
        return KeptQuote.FromJson(KeptQuote.ToJson([KeptQuote.Of(quote, [new QuoteTranslation { QuoteId = 3, Language = "fr", Of = "We trained […].", Text = "Nous […].", TranslatedBy = "office:2", TranslatedAt = At }])])).Single();
    }

    [Test]
    public void Everything_comes_back_for_the_same_words_and_consent()
    {
        var (kept, quote) = (Kept(), QuoteOf("We trained forty women.", QuoteConsent.WithName));
        Assert.That(kept.Restore(quote), Is.True);
        Assert.That((quote.Shortened, quote.Language, quote.Review, quote.ReviewedBy, quote.ReviewedAt, quote.ReviewReason), Is.EqualTo(("We trained […].", "es", QuoteReview.Rejected, "office:1", (DateTime?)At, "Names a place")));
        var translation = kept.TranslationsOf(7).Single();
        Assert.That((translation.QuoteId, translation.Language, translation.Of, translation.Text, translation.TranslatedBy, translation.TranslatedAt), Is.EqualTo((7L, "fr", "We trained […].", "Nous […].", "office:2", At)));
    }

    [Test]
    public void The_decision_waits_anew_when_the_consent_is_another()
    {
        var quote = QuoteOf("We trained forty women.", QuoteConsent.WithoutName);
        Assert.That(Kept().Restore(quote), Is.True);
        Assert.That((quote.Shortened, quote.Review, quote.ReviewedBy, quote.ReviewReason), Is.EqualTo(("We trained […].", QuoteReview.Pending, (string?)null, (string?)null)));
    }

    [TestCase("We trained forty-one women.")]
    [TestCase("We trained forty women. ")]
    public void Nothing_comes_back_for_other_words(string text)
    {
        var quote = QuoteOf(text, QuoteConsent.WithName);
        Assert.That(Kept().Restore(quote), Is.False);
        Assert.That((quote.Shortened, quote.Language, quote.Review), Is.EqualTo(((string?)null, "en", QuoteReview.Pending)));
    }

    [Test]
    public void No_quotes_are_stored_as_nothing() => Assert.That((KeptQuote.ToJson([]), KeptQuote.FromJson(null)), Is.EqualTo(((string?)null, (IReadOnlyList<KeptQuote>)[])).Using<(string?, IReadOnlyList<KeptQuote>)>((a, b) => a.Item1 == b.Item1 && a.Item2.Count == b.Item2.Count));
}
