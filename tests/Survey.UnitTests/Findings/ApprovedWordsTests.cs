using Survey.Domain;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Tallies;
using Survey.Testing;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.Findings;

/// <summary>
/// All that editions of ordinary and of odd networks say, as approved, in every language. Where a change of the sentences is meant, <c>APPROVE=1</c> writes the
/// files under <c>Approved</c> anew, to be read before they are committed.
/// </summary>
public sealed class ApprovedWordsTests
{
    private static readonly string[] Rated = ["state", "change"];

    public static IEnumerable<string> Networks => ["whole", "first-round", "nobody", "one-region", "dont-know", "all-the-same", "ninth-point", "long-names"];

    [Test]
    public void Sentences_are_as_approved([ValueSource(nameof(Networks))] string network, [ValueSource(typeof(EditionFixture), nameof(EditionFixture.Languages))] string language)
    {
        var content = EditionFixture.Content(Network(network), language);
        var text = string.Concat(BlockTexts.Said(content).Where(s => IsKept(network, s.Tag.Id)).Select(s => $"{s.Tag.Id}\n  {s.Text}\n"));
        var file = Repository.File("tests", "Survey.UnitTests", "Findings", "Approved", $"{network}.{language}.txt");
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(file, text);

        Assert.That(text, Is.EqualTo(File.ReadAllText(file)));
    }

    // Of the odd networks the first and the last point speak for all.
    private static bool IsKept(string network, string id) => network == "whole" || id.Split('.')[0] is "summary" or "participation" or "post2015" or "labour-rights" or "xenophobia" or "priorities" || id.StartsWith("region.africa", StringComparison.Ordinal);

    private static EditionInput Network(string name) => name switch
    {
        "whole" => EditionFixture.Whole(),
        "first-round" => EditionFixture.Of(EditionFixture.Plan, EditionFixture.Questionnaire, 7, 600, 1),
        "nobody" => EditionFixture.Of(EditionFixture.Plan, EditionFixture.Questionnaire, 7, 0, 1),
        "one-region" => Of(tally => tally with { Rows = [.. tally.Rows.Where(r => r.Region == "africa")], Regions = [.. tally.Regions.Where(r => r.Region == "africa")] }),
        "dont-know" => Of(tally => All(tally, "dont-know")),
        "all-the-same" => Of(tally => All(tally, "fully", "advanced-a-lot")),
        "ninth-point" => Ninth(),
        "long-names" => LongNames(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "An unknown network."),
    };

    private static EditionInput Of(Func<RoundTally, RoundTally> change) => EditionFixture.Whole() with
    {
        Cube = DisclosurePass.CubeOf(new RoundInput(change(EditionFixture.Tally("2026", EditionFixture.Plan, EditionFixture.Questionnaire, 3, 600)), EditionFixture.Plan, EditionFixture.Questionnaire), [], [], new DisclosureRules()),
    };

    /// <summary>Everyone gives the first of these answers that a rating has.</summary>
    private static RoundTally All(RoundTally tally, params string[] answers) => tally with
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
}
