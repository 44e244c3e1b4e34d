using System.Text.RegularExpressions;
using Survey.Domain.TemplateText;

namespace Survey.Domain.Plans;

/// <summary>
/// Reads a plan of action from `templates/plans/SLUG.yaml`. The languages named under `status` are the file's languages: every text
/// must be there in each of them. A plan may have any number of points, with or without clusters.
/// </summary>
public static partial class PlanFile
{
    /// <summary>The plan, or every mistake with its line.</summary>
    public static Parsed<Plan> Parse(string text, string file) => YamlText.Read(text, file, Read);

    private static Plan Read(MapNode root)
    {
        var languages = FileLanguages.Of(root);
        var slug = root.Slug("slug");
        var title = root.Localised("title", languages);
        var shortTitle = root.Localised("shortTitle", languages);
        var from = root.WholeNumberOrNull("from", least: 1900, most: 2200);
        var until = root.WholeNumberOrNull("until", least: 1900, most: 2200);
        if (from > until)
            root.ProblemAt("until", "until-before-from", $"The plan ends in {until}, before it begins in {from}; put one of the years right.");

        var clusters = new List<PlanCluster>();
        foreach (var node in root.ListOrEmpty("clusters").Maps())
        {
            var cluster = new PlanCluster(node.Slug("slug"), node.Localised("title", languages));
            if (clusters.Exists(other => other.Slug == cluster.Slug))
                node.ProblemAt("slug", "duplicate-slug", $"The cluster '{cluster.Slug}' is there twice; give one another slug.");
            clusters.Add(cluster);
        }

        var points = new List<PlanPoint>();
        var nodes = root.Maps("points");
        foreach (var node in nodes)
            points.Add(Point(node, languages, clusters, points));
        if (points.Count == 0 && root.Has("points"))
            root.ProblemAt("points", "no-points", "A plan needs at least one point.");
        foreach (var (node, point) in nodes.Zip(points))
            CheckReplaces(node, point, points);
        foreach (var unused in clusters.Where(cluster => points.TrueForAll(point => point.Cluster != cluster.Slug)))
            root.ProblemAt("clusters", "unused-cluster", $"No point belongs to the cluster '{unused.Slug}'; remove it or name it at its points.");
        return new Plan(slug, title, shortTitle, from, until, clusters, points);
    }

    private static PlanPoint Point(MapNode node, IReadOnlyCollection<string> languages, List<PlanCluster> clusters, List<PlanPoint> before)
    {
        var point = new PlanPoint(
            node.Slug("slug"),
            node.WholeNumberOrNull("number", least: 1, most: 999),
            node.SlugOrNull("cluster"),
            node.Localised("title", languages),
            node.Localised("shortTitle", languages),
            node.Bool("optional", otherwise: false),
            Year(node, "since"),
            Year(node, "until"),
            node.SlugOrNull("replaces"),
            node.Bool("break", otherwise: false),
            node.TextOrNull("continues"),
            node.Texts("sdg"),
            node.Texts("gcm"));
        if (before.Exists(other => other.Slug == point.Slug))
            node.ProblemAt("slug", "duplicate-slug", $"The point '{point.Slug}' is there twice; give one another slug.");
        if (point.Number is { } number && before.Exists(other => other.Number == number && other.Until is null && point.Until is null))
            node.ProblemAt("number", "duplicate-number", $"Another point has the number {number} already; number each point once.");
        if (point.Cluster is { } cluster && !clusters.Exists(known => known.Slug == cluster))
        {
            node.ProblemAt("cluster", "unknown-cluster", clusters.Count == 0
                ? $"The plan has no clusters, but this point names '{cluster}'; list it under 'clusters' or remove it here."
                : $"'{cluster}' is no cluster of this plan; it can be: {string.Join(", ", clusters.Select(known => known.Slug))}.");
        }
        if (point.Cluster is null && clusters.Count > 0)
            node.Problem("missing-cluster", $"The plan has clusters, but the point '{point.Slug}' is in none; add 'cluster', one of: {string.Join(", ", clusters.Select(known => known.Slug))}.");
        if (string.CompareOrdinal(point.Since, point.Until) > 0 && point.Until is not null)
            node.ProblemAt("until", "until-before-since", $"The point ends in {point.Until}, before it begins in {point.Since}; put one of them right.");
        if (point.Break && point.Since is null)
            node.ProblemAt("break", "break-without-since", "A break needs the round from which it holds; add 'since'.");
        if (point.Continues is { } continues && !PointOfAPlan().IsMatch(continues))
            node.ProblemAt("continues", "continues", $"'{continues}' should name a point of another plan as 'plan/point'.");
        foreach (var target in point.SdgTargets.Where(target => !SdgTarget().IsMatch(target)))
            node.ProblemAt("sdg", "sdg-target", $"'{target}' is no target of the Sustainable Development Goals; write it as \"10.7\" or \"10.c\", in quotes.");
        foreach (var objective in point.GcmObjectives.Where(objective => !GcmObjective().IsMatch(objective)))
            node.ProblemAt("gcm", "gcm-objective", $"'{objective}' is no objective of the Global Compact for Migration; write its number, 1 to 23.");
        return point;
    }

    private static void CheckReplaces(MapNode node, PlanPoint point, List<PlanPoint> points)
    {
        if (point.Replaces is not { } replaces)
            return;
        if (replaces == point.Slug)
            node.ProblemAt("replaces", "replaces-itself", "A point cannot replace itself; for a changed point keep the slug and add 'since'.");
        else if (points.Find(other => other.Slug == replaces) is { Until: null })
            node.ProblemAt("replaces", "replaced-still-there", $"'{replaces}' is replaced but still asked; add 'until' to it or remove it.");
        if (point.Since is null)
            node.ProblemAt("replaces", "replaces-without-since", "A point that replaces another needs the round from which it does; add 'since'.");
    }

    private static string? Year(MapNode node, string key)
    {
        var year = node.TextOrNull(key);
        if (year is not null && !YearPattern().IsMatch(year))
            node.ProblemAt(key, "not-a-year", $"'{key}' is '{year}'; write the year of a round, such as \"2026\".");
        return year;
    }

    [GeneratedRegex("^[0-9]{4}$")]
    private static partial Regex YearPattern();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex PointOfAPlan();

    [GeneratedRegex("^(1[0-7]|[1-9])\\.([1-9][0-9]?|[a-d])$")]
    private static partial Regex SdgTarget();

    [GeneratedRegex("^(2[0-3]|1[0-9]|[1-9])$")]
    private static partial Regex GcmObjective();
}
