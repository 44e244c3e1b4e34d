namespace Survey.Domain.Demo;

/// <summary>
/// What lies behind the sample's answers, so that they are not noise: how far each point is practice in each area and year, how it drifts, and how an
/// organisation sees it, in standard deviations. Points are told apart by their place in the plan, so that any plan gets some that advance, some that
/// fall and some that stand still; areas that the table does not know are ordinary.
/// </summary>
internal sealed class SampleOpinions(long seed)
{
    // By place in the plan: where the point stands in the newest round, its drift in a year, and how many work on it.
    private static readonly (double Level, double Drift, double Work)[] Points =
    [
        (0.12, 0.02, -0.25), (0.42, 0.24, 0.15), (-0.35, -0.26, 0.38), (0.05, 0.07, 0.33), (0.12, 0.03, 0.08),
        (-0.18, 0.05, -0.32), (-0.10, 0.22, 0.05), (-0.05, -0.09, 0.20), (-0.25, -0.15, -0.15),
    ];

    private static readonly Dictionary<string, (double Level, double Drift)> Areas = new(StringComparer.Ordinal)
    {
        ["africa"] = (-0.05, 0.02),
        ["asia"] = (-0.10, 0.00),
        ["europe"] = (0.18, -0.05),
        ["latin-america"] = (0.02, 0.04),
        ["middle-east"] = (-0.38, -0.10),
        ["north-america"] = (0.28, -0.06),
        ["global"] = (0.05, 0.00),
    };

    // Where an area goes its own way: national laws fall in Europe and advance in Africa, so that the world stands still; recruitment advances but in Latin America.
    private static readonly Dictionary<(int Point, string Area), double> OwnWay = new()
    {
        [(4, "europe")] = -0.20,
        [(4, "africa")] = 0.20,
        [(6, "latin-america")] = -0.44,
        [(6, "asia")] = 0.10,
        [(2, "latin-america")] = 0.14,
        [(1, "middle-east")] = -0.14,
        [(5, "africa")] = 0.10,
        [(7, "asia")] = 0.12,
    };

    private static readonly Dictionary<(string Kind, int Point), double> Affinity = new()
    {
        [("union", 6)] = 0.7,
        [("union", 7)] = 1.1,
        [("union", 1)] = -0.5,
        [("diaspora", 1)] = 0.9,
        [("diaspora", 0)] = 0.2,
        [("faith", 2)] = 0.5,
        [("faith", 3)] = 0.4,
        [("faith", 5)] = -0.3,
        [("academic", 0)] = 0.4,
        [("academic", 4)] = 0.5,
        [("academic", 5)] = 0.5,
        [("ngo", 2)] = 0.1,
    };

    /// <summary>The yearly drift of a point in an area.</summary>
    public static double Drift(int point, string area) =>
        Points[point % Points.Length].Drift + Areas.GetValueOrDefault(area).Drift + OwnWay.GetValueOrDefault((point % Points.Length, area));

    /// <summary>
    /// How far away in drift a round is that lies <paramref name="back"/> years before the newest. The further back, the slower: ten years of full drift would leave the scale.
    /// </summary>
    private static double Years(int back) => back <= 2 ? -back : -2 - (0.35 * (back - 2));

    /// <summary>How far an organisation sees a point as practice, <paramref name="back"/> years before the newest round.</summary>
    public double State(int organisation, int point, string area, int back)
    {
        var known = Points[point % Points.Length];
        var general = known.Level + Areas.GetValueOrDefault(area).Level
            + (Drift(point, area) * Years(back))
            + (0.10 * SeededStream.Of(seed, "area-point", point, AreaNumber(area)).Normal())
            + (0.05 * SeededStream.Of(seed, "area-year", point, AreaNumber(area), back).Normal());
        var own = (0.42 * SeededStream.Of(seed, "mood", organisation).Normal())
            + (0.46 * SeededStream.Of(seed, "view", organisation, point).Normal())
            + (0.48 * SeededStream.Of(seed, "day", organisation, point, back).Normal());
        return general + own;
    }

    /// <summary>How an organisation sees the change since the year before: the drift, a part of what its own two views differ by, and much else.</summary>
    public double Change(int organisation, int point, string area, int back) =>
        0.06 + (1.2 * Drift(point, area) * (Years(back) - Years(back + 1)))
        + (0.5 * (State(organisation, point, area, back) - State(organisation, point, area, back + 1)))
        + (0.78 * SeededStream.Of(seed, "change", organisation, point, back).Normal());

    /// <summary>How much an organisation works on a point; above 0 it works on it itself.</summary>
    public double Work(int organisation, int point, string kind, int back) =>
        Points[point % Points.Length].Work + Affinity.GetValueOrDefault((kind, point % Points.Length))
        + (0.75 * SeededStream.Of(seed, "field", organisation, point).Normal())
        + (0.30 * SeededStream.Of(seed, "field-year", organisation, point, back).Normal());

    /// <summary>How urgent a point is next year: what falls, and what is far from practice.</summary>
    public static double Urgency(int point, string area) =>
        Math.Max(0.15, 1 - Points[point % Points.Length].Level - (2.2 * Drift(point, area)) + (0.5 * Points[point % Points.Length].Work));

    private static int AreaNumber(string area)
    {
        var number = 0;
        foreach (var letter in area)
            number = (number * 31) + letter;
        return number;
    }
}
