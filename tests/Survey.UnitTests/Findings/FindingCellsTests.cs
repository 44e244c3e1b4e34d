using Survey.Domain.Questionnaires;
using Survey.Reporting.Charts;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Findings;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.Findings;

/// <summary>Every number of every finding of an edition is looked up again in the cube, by its address and by rules written out here, apart from those that wrote the sentences.</summary>
public sealed class FindingCellsTests
{
    private static readonly string[] Favourable = ["largely", "fully", "largely-or-fully"];
    private static readonly string[] Advanced = ["advanced", "advanced-a-lot", "advanced-any"];
    private static readonly string[] Back = ["back", "back-a-lot", "back-any"];

    [Test]
    public void Each_number_is_that_of_its_cell([ValueSource(typeof(EditionFixture), nameof(EditionFixture.Languages))] string language)
    {
        var input = Clear(EditionFixture.Whole());
        var said = BlockTexts.Said(EditionFixture.Content(input, language)).ToList();
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            foreach (var (tag, text) in said)
            {
                foreach (var number in tag.Numbers)
                {
                    Assert.That(text, Does.Contain(number.Text), tag.Id);
                    Assert.That(number.Cell, Is.Not.Null, $"{tag.Id} {number.Name}");
                    Assert.That(ValueAt(input.Cube, number.Cell!), Is.EqualTo(number.Value), $"{tag.Id}: {number.Cell}");
                    kinds.Add(string.Join('/', number.Cell!.Split('/') is var p ? [p[0], p[3].Split('-')[0]] : []));
                }
            }
        });
        Assert.That(said.Sum(s => s.Tag.Numbers.Count), Is.GreaterThan(400));
        Assert.That(kinds, Is.SupersetOf(new[] { "state/share", "state/matched", "state/difference", "change/net", "change/positive", "change/matched", "participation/rate", "points/forward", "points/steady", "regions/half", "cells/told", "actions/answered" }));
    }

    [Test]
    public void Each_finding_has_an_id_of_its_own_that_is_the_same_in_every_language()
    {
        var input = Clear(EditionFixture.Whole());
        var english = BlockTexts.Said(EditionFixture.Content(input, "en")).Select(s => s.Tag.Id).ToList();
        Assert.That(english, Is.Unique);
        foreach (var language in EditionFixture.Languages.Skip(1))
            Assert.That(BlockTexts.Said(EditionFixture.Content(input, language)).Select(s => s.Tag.Id), Is.EqualTo(english), language);
    }

    [Test]
    public void No_sentence_stands_twice()
    {
        foreach (var language in EditionFixture.Languages)
            Assert.That(BlockTexts.Said(EditionFixture.Content(Clear(EditionFixture.Whole()), language)).GroupBy(s => (Chapter(s.Tag.Id), s.Text)).Where(g => g.Count() > 1).Select(g => g.Key), Is.Empty);
    }

    private static string Chapter(string id) => id.Split('.') is ["region", var region, ..] ? region : id.Split('.')[0];

    [Test]
    public void The_heaviest_is_said_first_and_state_leads()
    {
        var input = Clear(EditionFixture.Whole());
        var words = new Wording(EditionFixture.Texts["en"]);
        var reading = new PlanReading(words, new EditionNames(input, words), input, ContentBuilder.LeadOf(input), input.Questionnaire.WithRole(QuestionRole.State));
        foreach (var point in input.Cube.Points)
        {
            var findings = new PointFindings(reading, point).InOrder();
            Assert.That(findings.Select(f => f.Weight), Is.Ordered.Descending);
            Assert.That(findings[0].Id, Is.EqualTo($"{point.Point}.state.world"));
        }

        Finding Of(string id, int weight) => new(id, id, [], null, weight);
        Assert.That(FindingRank.Of([Of("a", 10), Of("b", 90), Of("c", 10), Of("d", 50)]).Select(f => f.Id), Is.EqualTo(new[] { "b", "d", "a", "c" }));
    }

    /// <summary>The same edition with the same organisations followed and every other change clear, so that each kind of sentence is said.</summary>
    private static EditionInput Clear(EditionInput input) => input with
    {
        Cube = input.Cube with
        {
            Points = [.. input.Cube.Points.Select((p, i) => p with
            {
                Ratings = [.. p.Ratings.Select(r => r with
                {
                    Trends = [.. r.Trends.Select((t, k) => t.Change is { } change
                        ? t with { Change = change with { IsClear = change.Value != 0 && (i + k) % 2 == 0, Matched = t.Region == Cube.World ? new MatchedChange(60, 20, 15, 25, 8, -9, 25, 0.004 + i) : null } } : t)],
                })],
            })],
        },
    };

    private static double ValueAt(Cube cube, string address)
    {
        var parts = address.Split('/');
        Assert.That(parts, Has.Length.EqualTo(5), address);
        var (question, point, region, what, round) = (parts[0], parts[1], parts[2], parts[3], parts[4]);
        switch (question)
        {
            case "participation":
                return Participation(cube, region, what, round);
            case "points":
                return cube.Points.Count(p => Counts(p, region, what));
            case "regions":
                return cube.Regions.Count(r => r.RatePercent is not null && (what == "rated" || r.RatePercent >= 50));
            case "cells":
                return cube.Points.Sum(p => cube.Regions.Count(r => Counts(p, r.Slug, what == "told" ? "shown" : what)));
        }

        var rating = point == "-" ? cube.Rating(question) : cube.Point(point)!.Rating(question);
        if (rating is null)
        {
            var several = (point == "-" ? cube.SeveralOf(question) : cube.Point(point)!.SeveralOf(question))!;
            var cell = several.Cell(region)!;
            return what == "answered" ? cell.AnsweredN!.Value : cell.Shares![several.Choices.ToList().IndexOf(what)]!.Value;
        }

        var figures = rating.Cell(region)!;
        var change = rating.Trend(region)?.Change;
        int Sum(params string[] codes) => figures.Shares!.Where((_, i) => codes.Contains(rating.Rungs[figures.Rung!.Value][i])).Sum();
        return what switch
        {
            "n" => figures.ValidN!.Value,
            "dont-know" => figures.DontKnowShare!.Value,
            "net" or "share" => round == cube.Round ? figures.Headline!.Value : rating.Trend(region)!.Points.Single(p => p.Round == round).Headline.Value,
            "low" => figures.Headline!.Low,
            "high" => figures.Headline!.High,
            "positive" => question == "change" ? Sum(Advanced) : Sum(Favourable),
            "negative" => Sum(Back),
            "between" => Sum("no-change"),
            "yes" => Sum("yes"),
            "difference" => figures.Headline!.Value - rating.Trend(region)!.Points[^2].Headline.Value,
            "difference-low" => change!.Low,
            "difference-high" => change!.High,
            "matched-n" => change!.Matched!.Organisations,
            "matched-up" => change!.Matched!.Up,
            "matched-down" => change!.Matched!.Down,
            "matched-same" => change!.Matched!.Same,
            "matched-value" => change!.Matched!.Value,
            "matched-low" => change!.Matched!.Low,
            "matched-high" => change!.Matched!.High,
            "matched-p" => change!.Matched!.MidP,
            _ => throw new InvalidOperationException(address),
        };
    }

    private static double Participation(Cube cube, string region, string what, string round)
    {
        var who = cube.Participation;
        if (what == "rate-difference")
            return who.RatePercent!.Value - who.Earlier[^1].RatePercent!.Value;
        if (round != cube.Round)
        {
            var then = who.Earlier.Single(e => e.Round == round);
            return region == Cube.World ? then.RatePercent!.Value : then.Regions.Single(r => r.Slug == region).RatePercent!.Value;
        }

        var here = cube.Regions.SingleOrDefault(r => r.Slug == region);
        return what switch
        {
            "responses" => here?.Responses ?? who.Responses,
            "population" => here?.Population ?? who.Population,
            "rate" => here is null ? who.RatePercent!.Value : here.RatePercent!.Value,
            "countries" => who.Countries,
            "drafts" => who.Drafts,
            "late" => who.Late,
            "set-aside" => who.SetAside,
            _ => throw new InvalidOperationException(what),
        };
    }

    /// <summary>Whether a point is one of those that are counted: clearly ahead or back by the range of its balance, or first named so.</summary>
    private static bool Counts(PointFigures point, string region, string what)
    {
        if (what.Split('-') is ["first", var question, ..])
        {
            var several = point.SeveralOf(question)!;
            var ranked = several.Choices.Zip(several.Cell(region)!.Shares ?? []).Where(c => c.Second is not null && c.First != "other").OrderByDescending(c => c.Second).ToList();
            return ranked.Count > 0 && ranked[0].First == what[$"first-{question}-".Length..] && (ranked.Count == 1 || ranked[0].Second > ranked[1].Second);
        }

        if (what is "higher" or "lower" or "steady")
            return point.Rating("state")!.Trend(region)?.Change is { } change && what == (!change.IsClear ? "steady" : change.Value > 0 ? "higher" : "lower");

        var headline = point.Rating("change")!.Cell(region)?.Headline;
        return what switch
        {
            "forward" => headline?.Low > 0,
            "back" => headline?.High < 0,
            "unclear" => headline is not null && headline.Low <= 0 && headline.High >= 0,
            "shown" => headline is not null,
            _ => throw new InvalidOperationException(what),
        };
    }
}
