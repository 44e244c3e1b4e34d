namespace Survey.Domain.Responses;

/// <summary>
/// An example in a member's own words that the member allowed to be quoted. Appears nowhere before the office approved it;
/// changed words or a narrower consent put it back to pending; withdrawn consent removes it.
/// </summary>
public sealed class Quote
{
    public long Id { get; init; }
    public long ResponseId { get; init; }
    public int RoundId { get; init; }
    public required string Point { get; init; }
    public required string Question { get; init; }
    public required string Text { get; set; }

    /// <summary>The words as the report prints them where the office shortened them, with […] at each cut; null for all of <see cref="Text"/>.</summary>
    public string? Shortened { get; set; }

    /// <summary>Language of the words.</summary>
    public required string Language { get; set; }

    public QuoteConsent Consent { get; set; }
    public QuoteReview Review { get; set; }
    public string? ReviewedBy { get; set; }
    public DateTime? ReviewedAt { get; set; }

    /// <summary>Why the office rejected it; null otherwise.</summary>
    public string? ReviewReason { get; set; }
}

/// <summary>How far a member lets its words be used. No row exists for "not to be quoted", the default.</summary>
public enum QuoteConsent { WithoutName, WithName }

/// <summary>The office's word on a quote.</summary>
public enum QuoteReview { Pending, Approved, Rejected }
