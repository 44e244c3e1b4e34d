namespace Survey.Domain.Responses;

/// <summary>A sent version of a response, kept for ever as it was sent. Unique by response and version; never changed.</summary>
public sealed class Submission
{
    public long Id { get; init; }
    public long ResponseId { get; init; }

    /// <summary>1, 2, …</summary>
    public int Version { get; init; }

    public ResponseMode Mode { get; init; }
    public DateTime SubmittedAt { get; init; }

    /// <summary>The answers as JSON, in the order point, question, slot (<see cref="SubmittedAnswers"/>).</summary>
    public required string Content { get; init; }

    /// <summary>The privacy notice that the sender was shown (<see cref="PrivacyNotice.Version"/>); null where none was, as in an import.</summary>
    public string? PrivacyVersion { get; init; }

    /// <summary>SHA-256 of the content: an import or a replayed form with the same answers makes no new version.</summary>
    public required string ContentHash { get; init; }
}
