namespace Survey.Domain.Statistics;

/// <summary>Later less earlier, with its range, in the unit of the two figures.</summary>
public readonly record struct Difference(double Value, Interval Range);
