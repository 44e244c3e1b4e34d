namespace Survey.Domain.Editions;

/// <summary>
/// One execution of the report job; this row is the truth, a scheduled job only says "look". Each attempt has a number and a moment at which it started, later than every one before; every write of
/// the run checks both, so a worker thought dead cannot publish. After <see cref="MostAttempts"/> it stops with its reason; an attempt that an erasure ended, or that its process gave back, does not count, and its number is given again.
/// </summary>
public sealed class ReportRun
{
    /// <summary>How often a run is taken up before it is given up.</summary>
    public const int MostAttempts = 3;

    public long Id { get; init; }
    public int RoundId { get; init; }

    /// <summary>Language codes, separated by spaces.</summary>
    public required string Languages { get; init; }

    public RunState State { get; set; } = RunState.Queued;
    public int Attempt { get; set; }
    public int Percent { get; set; }

    /// <summary>Code of the present step (a key of the ui texts): tally, cube, content, typesetting, saving.</summary>
    public string Step { get; set; } = "";

    /// <summary>Compute a new cube although an edition is published: only for an erratum about numbers.</summary>
    public bool RecomputesNumbers { get; init; }

    /// <summary>Why the numbers are counted anew, in the office's words; null where they are not.</summary>
    public string? Reason { get; init; }

    /// <summary>The published version to which the languages are added, with its numbers; null where a version of its own is made.</summary>
    public int? AddsToVersionId { get; init; }

    /// <summary>Whether it was said that a language which is added may come out although nobody has reviewed it.</summary>
    public bool AcceptsUnreviewed { get; init; }

    public bool CancelRequested { get; set; }
    public DateTime RequestedAt { get; init; }
    public string RequestedBy { get; init; } = "";

    /// <summary>When the attempt started; later than any attempt before it.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>Last sign of life of the attempt; a running run without one for long is taken up again.</summary>
    public DateTime? HeartbeatAt { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>What went wrong, in words for the office.</summary>
    public string? Error { get; set; }

    /// <summary>The draft version that it made.</summary>
    public int? EditionVersionId { get; set; }
}

/// <summary>The life of a run.</summary>
public enum RunState { Queued, Running, Succeeded, Failed, Cancelled }
