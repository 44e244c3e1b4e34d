namespace Survey.Domain.Responses;

/// <summary>
/// A saved answer of a response as it stands now, submitted or not. One row per choice of several (slot = its code), else one row (slot empty),
/// so that a changed answer is one upsert. Drafts are never counted.
/// </summary>
public sealed class DraftAnswer
{
    public long ResponseId { get; init; }

    /// <summary>Point slug; empty for a question outside the points.</summary>
    public required string Point { get; init; }

    /// <summary>Question key.</summary>
    public required string Question { get; init; }

    /// <summary>The choice's code where several may be given, else empty.</summary>
    public required string Slot { get; init; }

    /// <summary>Choice, point or country code; empty for numbers and texts.</summary>
    public string Choice { get; set; } = "";

    public double? Number { get; set; }
    public string? Text { get; set; }
}
