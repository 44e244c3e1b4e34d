namespace Survey.Domain.Statistics;

/// <summary>
/// McNemar's test on matched organisations: <see cref="Gained"/> said yes only later, <see cref="Lost"/> only earlier. The report uses
/// <see cref="MidP"/>; the exact conditional test is too cautious and stands here to check against. Without discordant pairs p is 1.
/// Source: Fagerland, Lydersen and Laake 2013, BMC Medical Research Methodology 13:91.
/// </summary>
public readonly record struct McNemar(long Gained, long Lost)
{
    /// <summary>Two-sided mid-p.</summary>
    public double MidP => FairCoin.MidP(Gained, Lost);

    /// <summary>Two-sided exact conditional p.</summary>
    public double ExactP => FairCoin.ExactP(Gained, Lost);

    /// <summary>(b - c)² / (b + c), one degree of freedom, without continuity correction; 0 without discordant pairs.</summary>
    public double ChiSquare => Gained + Lost == 0 ? 0 : (double)((Gained - Lost) * (Gained - Lost)) / (Gained + Lost);

    /// <summary>The p-value of <see cref="ChiSquare"/>.</summary>
    public double ChiSquareP => Normal.TwoSidedP(Math.Sqrt(ChiSquare));

    /// <summary>The change of the share among <paramref name="matched"/> organisations, -1..+1, with the adjusted range of <see cref="NetBalance"/>.</summary>
    public NetBalance ChangeAmong(long matched) => NetBalance.Of(Gained, Lost, matched);
}
