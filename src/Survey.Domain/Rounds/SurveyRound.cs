namespace Survey.Domain.Rounds;

/// <summary>
/// One year's survey under one plan with one questionnaire. Its templates are copied when it is created and frozen when it opens;
/// after that nothing on disk can change it. A pilot is never public nor in a trend.
/// </summary>
public sealed class SurveyRound
{
    public int Id { get; init; }

    /// <summary>Normally the year (<c>2026</c>); unique; part of addresses.</summary>
    public required string Slug { get; init; }

    public required string PlanSlug { get; init; }
    public required string QuestionnaireName { get; init; }
    public required string RegionsName { get; init; }
    public RoundState State { get; private set; } = RoundState.Planned;

    /// <summary>Optional points of the plan that this round asks, space-separated slugs; the others are always asked.</summary>
    public string OptionalPoints { get; set; } = "";

    /// <summary>First day of answering, or null when the office opens by hand.</summary>
    public DateOnly? OpensOn { get; set; }

    /// <summary>Last day of answering; the round closes at its end in UTC-12 unless <see cref="ClosesAt"/> says otherwise.</summary>
    public DateOnly? ClosesOn { get; set; }

    /// <summary>The exact UTC moment after which nobody may answer; null while no closing day is set.</summary>
    public DateTime? ClosesAt { get; set; }

    public DateTime CreatedAt { get; init; }
    public DateTime? OpenedAt { get; private set; }
    public DateTime? ClosedAt { get; private set; }

    /// <summary>The moment the office froze the round: "data as of". Null until then.</summary>
    public DateTime? FrozenAt { get; private set; }

    public bool IsPilot { get; init; }

    /// <summary>Made from the sample network: every page and PDF of it says so.</summary>
    public bool IsSample { get; init; }

    public IList<RoundTemplate> Templates { get; } = [];

    /// <summary>How long after the close a save from a page loaded before it is still accepted (design: what counts).</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <summary>The end of <paramref name="day"/> in UTC-12, the last place on earth where it is still that day.</summary>
    public static DateTime EndOfDayAnywhere(DateOnly day) =>
        DateTime.SpecifyKind(day.AddDays(1).ToDateTime(new TimeOnly(12, 0)), DateTimeKind.Utc);

    /// <summary>The beginning of <paramref name="day"/> in UTC+14, the first place on earth where it is that day.</summary>
    public static DateTime StartOfDayAnywhere(DateOnly day) =>
        DateTime.SpecifyKind(day.AddDays(-1).ToDateTime(new TimeOnly(10, 0)), DateTimeKind.Utc);

    /// <summary>The UTC moment at which a planned round opens by itself; null when the office opens it by hand.</summary>
    public DateTime? OpensAt => OpensOn is { } day ? StartOfDayAnywhere(day) : null;

    /// <summary>Whether answers are accepted at <paramref name="moment"/> from a page that was loaded at <paramref name="pageLoadedAt"/>.</summary>
    public bool AcceptsAnswersAt(DateTime moment, DateTime? pageLoadedAt = null)
    {
        var end = ClosedAt is { } closed && (ClosesAt is null || closed < ClosesAt) ? closed : ClosesAt;
        if (State is RoundState.Open && (end is null || moment <= end))
        {
            return true;
        }

        return State is RoundState.Open or RoundState.Closed && FrozenAt is null
            && end is { } was && pageLoadedAt is { } loaded && loaded <= was && moment <= was + Grace;
    }

    /// <summary>Whether members may answer at <paramref name="moment"/>: open, and its closing moment has not passed.</summary>
    public bool IsOpenAt(DateTime moment) => AcceptsAnswersAt(moment);

    /// <summary>Opens a planned round. Its templates are frozen from now on.</summary>
    public void Open(DateTime at)
    {
        if (State is not RoundState.Planned)
        {
            throw new InvalidOperationException($"Round {Slug} is {State}; only a planned round opens.");
        }

        (State, OpenedAt) = (RoundState.Open, at);
    }

    /// <summary>Closes an open round.</summary>
    public void Close(DateTime at)
    {
        if (State is not RoundState.Open)
        {
            throw new InvalidOperationException($"Round {Slug} is {State}; only an open round closes.");
        }

        (State, ClosedAt) = (RoundState.Closed, at);
    }

    /// <summary>Sets the last day of a round that is not closed yet; null lets the office close by hand.</summary>
    public void CloseAtEndOf(DateOnly? day)
    {
        if (State is not (RoundState.Planned or RoundState.Open))
        {
            throw new InvalidOperationException($"Round {Slug} is {State}; its closing day is past.");
        }

        (ClosesOn, ClosesAt) = (day, day is { } last ? EndOfDayAnywhere(last) : null);
    }

    /// <summary>Opens a closed round again until the end of <paramref name="day"/>; a frozen one stays as it is.</summary>
    public void Reopen(DateOnly day)
    {
        if (State is not RoundState.Closed)
        {
            throw new InvalidOperationException($"Round {Slug} is {State}; only a closed round is opened again.");
        }

        (State, ClosedAt) = (RoundState.Open, null);
        CloseAtEndOf(day);
    }

    /// <summary>Freezes a closed round: no answer changes after this moment.</summary>
    public void Freeze(DateTime at)
    {
        if (State is not RoundState.Closed)
        {
            throw new InvalidOperationException($"Round {Slug} is {State}; only a closed round is frozen.");
        }

        (State, FrozenAt) = (RoundState.Frozen, at);
    }
}

/// <summary>The life of a round, in order.</summary>
public enum RoundState { Planned, Open, Closed, Frozen }
