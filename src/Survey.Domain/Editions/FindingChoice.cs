namespace Survey.Domain.Editions;

/// <summary>
/// The office's word on one generated finding of a round's report: that it is left out, or where among its neighbours it stands. It is never reworded, and what it rests on stays in
/// tables and figures; the report's list of changes says what was left out. One a round and finding.
/// </summary>
public sealed class FindingChoice
{
    /// <summary>The longest reason, in code points.</summary>
    public const int LongestReason = 500;

    public int RoundId { get; init; }

    /// <summary>The finding's id, the same in every language and version.</summary>
    public required string Finding { get; init; }

    public bool IsHidden { get; set; }

    /// <summary>Its place among the findings of its part of the chapter; null where the office moved nothing there.</summary>
    public int? Position { get; set; }

    /// <summary>Why it is hidden, for the office alone.</summary>
    public string Reason { get; set; } = "";

    /// <summary>SHA-256 of the numbers that a finding told when it was hidden, lower-case hexadecimal: one that tells others now is looked at again. Null where it is not hidden.</summary>
    public string? Said { get; set; }

    public required string ChangedBy { get; set; }
    public DateTime ChangedAt { get; set; }
}
