using Survey.Domain;
using Survey.Domain.Plans;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Tallies;

namespace Survey.Testing.Editions;

/// <summary>An ordinary network and odd ones, whose reports must read and look well too.</summary>
public static class OddNetworks
{
    private static readonly string[] Rated = ["state", "change"];

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["whole", "first-round", "nobody", "one-organisation", "one-region", "dont-know", "all-the-same", "idle-point", "ninth-point", "long-names", "three-points", "many-points", "large"];

    /// <summary>The input of one.</summary>
    public static EditionInput Of(string name) => name switch
    {
        "whole" => EditionFixture.Whole(),
        "first-round" => EditionFixture.Of(EditionFixture.Plan, EditionFixture.Questionnaire, 7, 600, 1),
        "nobody" => EditionFixture.Of(EditionFixture.Plan, EditionFixture.Questionnaire, 7, 0, 1),
        "one-organisation" => Of(OneOrganisation),
        "one-region" => Of(tally => tally with { Rows = [.. tally.Rows.Where(r => r.Region == "africa")], Regions = [.. tally.Regions.Where(r => r.Region == "africa")] }),
        "dont-know" => Of(tally => Same(tally, "dont-know")),
        "all-the-same" => Of(tally => Same(tally, "fully", "advanced-a-lot")),
        "idle-point" => Of(tally => Idle(tally, "labour-rights")),
        "ninth-point" => Ninth(),
        "long-names" => LongNames(),
        "three-points" => EditionFixture.Of(Of(3), EditionFixture.Questionnaire, 7, 600, 2),
        "many-points" => EditionFixture.Of(Of(23), EditionFixture.Questionnaire, 7, 600, 2),
        "large" => EditionFixture.Whole(10_000),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "An unknown network."),
    };

    private static EditionInput Of(Func<RoundTally, RoundTally> change) => EditionFixture.Whole() with
    {
        Cube = DisclosurePass.CubeOf(new RoundInput(change(EditionFixture.Tally("2026", EditionFixture.Plan, EditionFixture.Questionnaire, 3, 600)), EditionFixture.Plan, EditionFixture.Questionnaire), [], [], new DisclosureRules()),
    };

    /// <summary>Everyone gives the first of these answers that a rating has.</summary>
    private static RoundTally Same(RoundTally tally, params string[] answers) => tally with
    {
        Rows = [.. tally.Rows.GroupBy(r => (r.Region, r.Point, r.Question)).SelectMany(g => Rated.Contains(g.Key.Question)
            ? [new TallyRow(g.Key.Region, g.Key.Point, g.Key.Question, answers.First(a => EditionFixture.Questionnaire.Question(g.Key.Question)!.Choice(a) is not null), g.Sum(r => r.Count))]
            : g.ToList())],
    };

    private static EditionInput Ninth()
    {
        var plan = EditionFixture.Plan with
        {
            Points = [.. EditionFixture.Plan.Points.Where(p => p.Slug != "xenophobia"), EditionFixture.Plan.Points[0] with
            {
                Slug = "xenophobia", Number = 9, Title = Named("Countering xenophobia", "Lutter contre la xénophobie", "Combatir la xenofobia", "مكافحة كراهية الأجانب"),
                ShortTitle = Named("Xenophobia", "Xénophobie", "Xenofobia", "كراهية الأجانب"),
            }],
        };
        var before = EditionFixture.Plan with { Points = [.. EditionFixture.Plan.Points.Where(p => p.Slug != "xenophobia")] };
        var now = new RoundInput(EditionFixture.Tally("2026", plan, EditionFixture.Questionnaire, 9, 600), plan, EditionFixture.Questionnaire);
        var then = new RoundInput(EditionFixture.Tally("2025", before, EditionFixture.Questionnaire, 8, 600), before, EditionFixture.Questionnaire);
        return EditionFixture.Whole() with { Plan = plan, Cube = DisclosurePass.CubeOf(now, [then], [], new DisclosureRules()) };

        static LocalisedText Named(string en, string fr, string es, string ar) => LocalisedText.Of(("en", en), ("fr", fr), ("es", es), ("ar", ar));
    }

    private static EditionInput LongNames()
    {
        var name = string.Join(' ', Enumerable.Repeat("abcdefghi", 20));
        var whole = EditionFixture.Whole();
        var text = LocalisedText.Of(("en", name), ("fr", name), ("es", name), ("ar", name));
        return whole with
        {
            Plan = whole.Plan with { Points = [.. whole.Plan.Points.Select(p => p with { Title = text, ShortTitle = text })] },
            Geography = whole.Geography with { Regions = [.. whole.Geography.Regions.Select(r => r with { Name = text, ShortName = null })] },
        };
    }

    private static RoundTally OneOrganisation(RoundTally tally) => tally with
    {
        // The first choice of each question, and of those with several every second: one organisation gives one answer to a rating.
        Rows = [.. tally.Rows.Where(r => r.Region == "africa").GroupBy(r => (r.Point, r.Question)).SelectMany(g => g.Any(r => r.Choice == TallyRow.Answered) ? g.Where((_, i) => i % 2 == 0) : g.Take(1)).Select(r => r with { Count = 1 })],
        Regions = [new RegionCount("africa", 1, 1, 0, 0, 0)],
        Types = [new GroupCount("ngo", 1, 1)],
        Languages = [new GroupCount("en", 1, 1)],
        Modes = [new GroupCount("web", 1, 1)],
        CountryCount = 1,
        LateCount = 0,
        SetAsideCount = 0,
    };

    /// <summary>Everyone says that it does not work on the point, and so is asked nothing else about it.</summary>
    private static RoundTally Idle(RoundTally tally, string point) => tally with
    {
        Rows = [.. tally.Rows.Where(r => r.Point != point || r.Question == "work").Select(r => r.Point != point ? r : r with { Count = r.Choice == "no" ? tally.Regions.First(x => x.Region == r.Region).Responses : 0 })],
    };

    /// <summary>A plan of this many points, without clusters.</summary>
    private static Plan Of(int points) => EditionFixture.Plan with
    {
        Clusters = [],
        Points = [.. Enumerable.Range(1, points).Select(i => EditionFixture.Plan.Points[(i - 1) % EditionFixture.Plan.Points.Count] with { Slug = $"point-{i}", Number = i, Cluster = null })],
    };
}
