namespace Survey.Domain.Demo;

/// <summary>When things happen in a sample round: every round is open for seven weeks, the newest opened five weeks ago, the others are a year apart.</summary>
public static class SampleCalendar
{
    /// <summary>How long a round is open.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromDays(49);

    /// <summary>How long the newest round has been open.</summary>
    public static readonly TimeSpan OpenSoFar = TimeSpan.FromDays(35);

    /// <summary>From the close of an earlier round to its freezing; late answers come in between.</summary>
    public static readonly TimeSpan FrozenAfter = TimeSpan.FromDays(30);

    /// <summary>From one opening to the next.</summary>
    public static readonly TimeSpan Year = TimeSpan.FromDays(364);
}
