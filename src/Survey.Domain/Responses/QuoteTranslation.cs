namespace Survey.Domain.Responses;

/// <summary>
/// A quote in another language of the report, translated by the office. It holds for the words that it was made from: once those are others
/// (the member changed them, the office cut them otherwise), it is printed nowhere until somebody has translated anew. Goes with its quote.
/// </summary>
public sealed class QuoteTranslation
{
    public long QuoteId { get; init; }
    public required string Language { get; init; }

    /// <summary>The words that were translated, as the report prints them in the original.</summary>
    public required string Of { get; set; }

    public required string Text { get; set; }
    public required string TranslatedBy { get; set; }
    public DateTime TranslatedAt { get; set; }
}
