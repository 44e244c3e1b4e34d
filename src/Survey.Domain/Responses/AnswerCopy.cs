namespace Survey.Domain.Responses;

/// <summary>
/// A PDF copy of one submission in one language, for the member's own files: asked for on a page, made by a worker. The row is the truth, the worker only looks;
/// every write of a worker names the attempt, so that one thought dead cannot finish. Unique by response, version and language.
/// </summary>
public sealed class AnswerCopy
{
    public long Id { get; init; }
    public long ResponseId { get; init; }

    /// <summary>The submission that it shows.</summary>
    public int Version { get; init; }

    public required string Language { get; init; }
    public CopyState State { get; set; } = CopyState.Waiting;

    /// <summary>How often it was tried; after three failures it stays failed.</summary>
    public int Attempt { get; set; }

    public DateTime RequestedAt { get; init; }
    public DateTime? StartedAt { get; set; }
    public DateTime? EndedAt { get; set; }

    /// <summary>Why it failed, for the office; never an answer.</summary>
    public string? Error { get; set; }

    /// <summary>The PDF once it is made; deleted with the row after a week.</summary>
    public byte[]? Bytes { get; set; }
}

/// <summary>Where a copy is on its way.</summary>
public enum CopyState { Waiting, Working, Done, Failed }
