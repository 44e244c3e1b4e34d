namespace Survey.Domain.Responses;

/// <summary>
/// An obvious slip in a sent response that the office put right, as a new version. What was answered before, who changed it, when and why are kept for ever and
/// shown to the office and the member. Only one answer is set; <see cref="Before"/> holds too what the new answer skips, so that undoing brings it back. A consent among that
/// counts no further than the member's word goes today.
/// </summary>
public sealed class Correction
{
    public long Id { get; init; }
    public long ResponseId { get; init; }

    /// <summary>Point slug of the corrected answer; empty outside the points.</summary>
    public required string Point { get; init; }

    /// <summary>Question key of the corrected answer.</summary>
    public required string Question { get; init; }

    /// <summary>The answers that were changed or left out, as they were (<see cref="AnswerSheet.ToJson"/>).</summary>
    public required string Before { get; init; }

    /// <summary>The corrected answer (<see cref="AnswerSheet.ToJson"/>).</summary>
    public required string After { get; init; }

    /// <summary>The quotes that the correction took away with what the office had made of them (<see cref="KeptQuote"/>); null for none, and after the undo.</summary>
    public string? Quotes { get; set; }

    /// <summary>The version that the correction made.</summary>
    public int Version { get; init; }

    public required string Reason { get; init; }

    /// <summary>Who of the office, by id.</summary>
    public required string CorrectedBy { get; init; }
    public DateTime CorrectedAt { get; init; }
    public string? UndoneBy { get; set; }
    public DateTime? UndoneAt { get; set; }
}
