using System.Globalization;

namespace Survey.Domain.Plans;

/// <summary>
/// A plan of action: its points in the network's own order. Everything is keyed by slug; numbers, clusters and links are properties,
/// because several numberings circulate and plans end.
/// </summary>
public sealed record Plan(
    string Slug,
    LocalisedText Title,
    LocalisedText ShortTitle,
    int? From,
    int? Until,
    IReadOnlyList<PlanCluster> Clusters,
    IReadOnlyList<PlanPoint> Points)
{
    /// <summary>The point with this slug, or null.</summary>
    public PlanPoint? Point(string slug) => Points.FirstOrDefault(p => p.Slug == slug);

    /// <summary>
    /// The points that a round asks about, in the plan's order: those that exist in the round's year, and of the optional ones those
    /// that the office takes in. <paramref name="round"/> is a round's slug, which begins with its year or has none.
    /// </summary>
    public IReadOnlyList<PlanPoint> PointsOf(string round, IReadOnlyCollection<string> optionalPoints) =>
        [.. Points.Where(point => point.ExistsIn(round) && (!point.IsOptional || optionalPoints.Contains(point.Slug)))];
}

/// <summary>A group of points under one heading; may be empty of meaning for other plans (a plan without clusters has none).</summary>
public sealed record PlanCluster(string Slug, LocalisedText Title);

/// <summary>
/// One point of a plan. Its trend is keyed by <see cref="Slug"/>; across <see cref="Break"/> no difference is computed;
/// a point of a new plan carries on another's trend only when <see cref="Continues"/> (<c>plan/slug</c>) says so.
/// </summary>
public sealed record PlanPoint(
    string Slug,
    int? Number,
    string? Cluster,
    LocalisedText Title,
    LocalisedText ShortTitle,
    bool IsOptional,
    string? Since,
    string? Until,
    string? Replaces,
    bool Break,
    string? Continues,
    IReadOnlyList<string> SdgTargets,
    IReadOnlyList<string> GcmObjectives)
{
    /// <summary>Whether the point is part of the plan in a round: <see cref="Since"/> and <see cref="Until"/> are both inclusive years.</summary>
    public bool ExistsIn(string round)
    {
        var year = YearOf(round);
        return year is null || (YearOf(Since) is not { } since || since <= year) && (YearOf(Until) is not { } until || until >= year);
    }

    private static int? YearOf(string? round) =>
        round is { Length: >= 4 } && int.TryParse(round[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;
}
