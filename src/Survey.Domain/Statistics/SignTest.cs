namespace Survey.Domain.Statistics;

/// <summary>
/// The sign test on matched ordinal answers: <see cref="Up"/> organisations moved up, <see cref="Down"/> moved down; those at the <see cref="Same"/> step
/// are left out of the test but are always printed beside it. The report uses <see cref="MidP"/>.
/// Source: Dixon and Mood 1946, JASA 41:557-566; mid-p as for <see cref="McNemar"/>.
/// </summary>
public readonly record struct SignTest(long Up, long Down, long Same)
{
    /// <summary>Two-sided mid-p.</summary>
    public double MidP => FairCoin.MidP(Up, Down);

    /// <summary>Two-sided exact p.</summary>
    public double ExactP => FairCoin.ExactP(Up, Down);
}
