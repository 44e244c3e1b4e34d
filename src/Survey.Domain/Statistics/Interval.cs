namespace Survey.Domain.Statistics;

/// <summary>Both ends belong to it; <see cref="Low"/> is never above <see cref="High"/>. In the unit of its estimate (shares 0..1, balances -1..+1).</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether the value lies in it, ends included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}
