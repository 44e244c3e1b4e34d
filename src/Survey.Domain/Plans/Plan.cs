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
    IReadOnlyList<string> GcmObjectives);
