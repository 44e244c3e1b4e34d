using System.Globalization;
using Survey.Domain;
using Survey.Domain.Plans;
using Survey.Reporting.Disclosure;

namespace Survey.Reporting.Editions;

/// <summary>What the things of an edition are called in one language: regions, points, types, languages. A thing without a name is called by its code.</summary>
public sealed class EditionNames(EditionInput input, Wording words)
{
    /// <summary>A published region, the world, or the merged regions.</summary>
    public string Region(string slug) => slug switch
    {
        Cube.World => words.Text("regions.world"),
        PublishedRegion.OtherRegions => words.Text("regions.others"),
        _ => input.Geography.Region(slug) is { } region ? words.In(region.Name) : slug,
    };

    /// <summary>The same for a narrow column.</summary>
    public string RegionShort(string slug) => input.Geography.Region(slug)?.ShortName is { } name ? words.In(name) : Region(slug);

    /// <summary>A point's short title.</summary>
    public string Point(string slug) => input.Plan.Point(slug) is { } point ? words.In(point.ShortTitle) : slug;

    /// <summary>A point's full title.</summary>
    public string PointTitle(string slug) => input.Plan.Point(slug) is { } point ? words.In(point.Title) : slug;

    /// <summary>A point's number; empty when the plan gives none.</summary>
    public string PointNumber(string slug) => input.Plan.Point(slug)?.Number?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>A point with its number before it, where it has one.</summary>
    public string NumberedPoint(string slug) =>
        PointNumber(slug) is { Length: > 0 } number ? words.Text("plan.numbered", ("number", number), ("title", Point(slug))) : Point(slug);

    /// <summary>The heading of a point's group, or null.</summary>
    public string? Cluster(PlanPoint? point) =>
        point?.Cluster is { } slug && input.Plan.Clusters.FirstOrDefault(c => c.Slug == slug) is { } cluster ? words.In(cluster.Title) : null;

    /// <summary>A choice of a question, the point where the question is about points, or the merged groups.</summary>
    public string Choice(string question, string code)
    {
        if (code == PublishedGroup.OtherGroups)
            return words.Text("groups.others");
        if (input.Questionnaire.Question(question)?.Choice(code) is { } choice)
            return words.In(choice.Label);
        return input.Plan.Point(code) is null ? code : NumberedPoint(code);
    }

    /// <summary>A language's name in this one.</summary>
    public string Language(string code) =>
        code == PublishedGroup.OtherGroups ? words.Text("groups.otherLanguages")
        : words.Has("languages." + code) ? words.Text("languages." + code) : code;

    /// <summary>The same where it stands alone: some languages write it small within a sentence only.</summary>
    public string LanguageAlone(string code) => Language(code) is { Length: > 0 } name ? char.ToUpperInvariant(name[0]) + name[1..] : code;

    /// <summary>A target of the Sustainable Development Goals, as "10.7 Reduced inequalities"; the number alone where the goal's title is not known.</summary>
    public string Target(string code, string pattern) => words.Has(GoalOf(code)) ? words.Text(pattern, ("code", Isolated(code)), ("goal", words.Text(GoalOf(code)))) : Isolated(code);

    /// <summary>An objective of the Global Compact for Migration by number and title; the number alone in words from before it had one.</summary>
    public string Objective(string code, string pattern, string plain) =>
        words.Has("objectives.o" + code) && words.Has(pattern) ? words.Text(pattern, ("code", code), ("title", words.Text("objectives.o" + code))) : plain;

    /// <summary>The official page of a target's goal.</summary>
    public string TargetAddress(string code) => words.Text("index.sdgAddress", ("goal", code.Split('.')[0]));

    /// <summary>In the order of the alphabet by their names in this language, accents aside: the same on every machine.</summary>
    public static IEnumerable<T> Sorted<T>(IEnumerable<T> items, Func<T, string> name) => items.OrderBy(i => FoldedText.SortKey(name(i)), StringComparer.Ordinal);

    // Read from the right, "10.c" would have its parts in the other order.
    private string Isolated(string code) => words.Direction is TextDirection.RightToLeft && code.Any(char.IsAsciiLetter) ? $"\u2066{code}\u2069" : code;

    private static string GoalOf(string code) => "goals.g" + code.Split('.')[0];

    /// <summary>A country or area.</summary>
    public string Country(string code) => input.Geography.Country(code) is { } country ? words.In(country.Name) : code;
}
