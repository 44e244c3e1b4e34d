using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;
using Survey.Testing;

namespace Survey.UnitTests.Disclosure;

/// <summary>The plan and the questionnaires that ship, through the pass.</summary>
public sealed class ShippedQuestionnaireTests
{
    [Test]
    public void Every_point_has_its_headlines_and_three_rounds_of_state()
    {
        var cube = DisclosurePass.CubeOf(Round("2026"), [Round("2024"), Round("2025")], [], new DisclosureRules());

        Assert.That(cube.Points, Has.Count.EqualTo(Plan().Points.Count));
        foreach (var point in cube.Points)
        {
            // By hand: 15 in each step; two of five steps are "largely" or "fully".
            var state = point.Rating("state")!;
            Assert.That(state.IsNetBalance, Is.False);
            Assert.That(state.World.Headline!.Value, Is.EqualTo(40));
            Assert.That(state.Trend(Cube.World)!.Points.Select(p => (p.Round, p.IsBreakBefore)), Is.EqualTo(new[] { ("2024", false), ("2025", false), ("2026", false) }));
            Assert.That(point.Rating("change")!.IsNetBalance, Is.True);
            Assert.That(point.Rating("change")!.World.Headline!.Value, Is.Zero);
            Assert.That(point.SeveralOf("actions")!.World.Shares, Is.All.EqualTo(50));
            Assert.That(point.SeveralOf("barriers")!.Regions.Single().Shares, Is.All.EqualTo(50));
            Assert.That(point.Rating("consent"), Is.Null);
        }
        Assert.That(cube.Ratings.Select(r => r.Question), Is.EqualTo(new[] { "umbrella", "led-by-migrants", "led-by-women", "size" }));
        Assert.That(cube.Ratings.SelectMany(r => r.Regions), Is.Empty);
        Assert.That(cube.SeveralOf("priorities")!.Choices, Is.EqualTo(Plan().Points.Select(p => p.Slug)));
    }

    private static RoundInput Round(string year)
    {
        string file = Repository.File("templates", "questionnaires", $"made-{year}.yaml");
        var questionnaire = QuestionnaireFile.Parse(File.ReadAllText(file), file).Value!;
        var plan = Plan();
        var rows = new List<TallyRow>();
        foreach (var question in questionnaire.Questions)
        {
            foreach (string point in questionnaire.IsPerPoint(question) ? plan.Points.Select(p => p.Slug) : [""])
            {
                var choices = question.Kind == QuestionKind.Points ? plan.Points.Select(p => p.Slug) : question.Choices.Select(c => c.Code);
                rows.AddRange(choices.Select(c => new TallyRow("africa", point, question.Key, c, 15)));
                if (question.Kind is QuestionKind.SeveralChoices or QuestionKind.Points)
                {
                    rows.Add(new TallyRow("africa", point, question.Key, TallyRow.Answered, 30));
                }
            }
        }
        return new RoundInput(
            new RoundTally(year, SampleRound.DataAsOf, rows, [new RegionCount("africa", 200, 90, 0, 0, 0)], [], [], [], 5, 0, 0), plan, questionnaire);
    }

    private static Plan Plan()
    {
        string file = Repository.File("templates", "plans", "made-8-point.yaml");
        return PlanFile.Parse(File.ReadAllText(file), file).Value!;
    }
}
