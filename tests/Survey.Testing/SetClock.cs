namespace Survey.Testing;

/// <summary>A clock that runs on from where a test sets it, so that closing times and idle sessions need no waiting.</summary>
public sealed class SetClock(DateTimeOffset start) : TimeProvider
{
    private readonly long began = System.GetTimestamp();
    private TimeSpan moved;

    public override DateTimeOffset GetUtcNow() => start + moved + System.GetElapsedTime(began);

    /// <summary>Moves the clock forward.</summary>
    public void Move(TimeSpan by) => moved += by;
}
