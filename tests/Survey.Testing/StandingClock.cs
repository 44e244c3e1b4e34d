namespace Survey.Testing;

/// <summary>A clock that stands still until it is moved. Timers go by the machine's time.</summary>
public sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    private long now = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    /// <summary>Moves the clock forward.</summary>
    public void Move(TimeSpan by) => Interlocked.Add(ref now, by.Ticks);
}
