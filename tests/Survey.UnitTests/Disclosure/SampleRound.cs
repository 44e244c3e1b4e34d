using Survey.Domain;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;

namespace Survey.UnitTests.Disclosure;

/// <summary>A small plan and questionnaire, and tallies written by hand or drawn with a seed.</summary>
internal static class SampleRound
{
    public static readonly string[] StateSteps = ["s0", "s1", "s2", "s3", "s4"];
    public static readonly string[] ChangeSteps = ["m2", "m1", "z", "p1", "p2"];
    public static readonly string[] Deeds = ["advocacy", "services", "research"];

    public static readonly DateTime DataAsOf = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    public static LocalisedText Text(string text) => LocalisedText.Of(("en", text));

    private static readonly Condition Works = new("work", ["directly", "follow"]);

    public static Question State { get; } = Ask("state", QuestionKind.Scale, QuestionRole.State) with
    {
        Choices = [.. StateSteps.Select((c, i) => Step(c, i)), DontKnow],
        Rungs = [Rung(["s0"], ["s1"], ["s2"], ["s3"], ["s4"]), Rung(["s0", "s1"], ["s2"], ["s3", "s4"]), Rung(["s0", "s1", "s2"], ["s3", "s4"])],
        Measure = new Measure(["s3", "s4"], []),
        When = Works,
    };

    public static Question Change { get; } = Ask("change", QuestionKind.Scale, QuestionRole.Change) with
    {
        Choices = [.. ChangeSteps.Select((c, i) => Step(c, i - 2)), DontKnow],
        Rungs = [Rung(["m2"], ["m1"], ["z"], ["p1"], ["p2"]), Rung(["m2", "m1"], ["z"], ["p1", "p2"]), Rung(["m2", "m1", "z"], ["p1", "p2"])],
        Measure = new Measure(["p1", "p2"], ["m2", "m1"]),
        When = Works,
    };

    public static Question Work { get; } = Ask("work", QuestionKind.OneChoice, QuestionRole.Work) with
    {
        Choices = [Plain("directly"), Plain("follow"), Plain("no")],
    };

    public static Question Actions { get; } = Ask("actions", QuestionKind.SeveralChoices, QuestionRole.Actions) with
    {
        Choices = [.. Deeds.Select(Plain)],
        When = Works,
    };

    public static Question Priorities { get; } = Ask("priorities", QuestionKind.Points, QuestionRole.Priorities) with { Maximum = 3 };

    public static Question LedByMigrants { get; } = Ask("led", QuestionKind.OneChoice, QuestionRole.LedByMigrants) with
    {
        Choices = [Plain("yes"), Plain("no")],
    };

    public static Question Mood { get; } = Ask("mood", QuestionKind.OneChoice, QuestionRole.None) with
    {
        Choices = [Plain("good"), Plain("bad")],
    };

    public static Question Listing { get; } = Ask("listing", QuestionKind.OneChoice, QuestionRole.Listing) with
    {
        Choices = [Plain("yes"), Plain("no")],
    };

    public static Questionnaire Questionnaire { get; } = new(
        "sample", Text("Sample"), null, 5,
        [
            new Section("organisation", Text("You"), null, false, [LedByMigrants]),
            new Section("points", Text("Points"), null, true, [Work, State, Change, Actions]),
            new Section("ahead", Text("Ahead"), null, false, [Mood, Priorities, Listing]),
        ]);

    public static Questionnaire With(Question question) => Questionnaire with
    {
        Sections = [.. Questionnaire.Sections.Select(s => s with { Questions = [.. s.Questions.Select(q => q.Role == question.Role ? question : q)] })],
    };

    public static Plan Plan(params string[] points) => new(
        "sample", Text("Sample"), Text("Sample"), null, null, [],
        [.. points.Select((p, i) => Point(p) with { Number = i + 1 })]);

    public static PlanPoint Point(string slug) =>
        new(slug, null, null, Text(slug), Text(slug), false, null, null, null, false, null, [], []);

    public static IEnumerable<TallyRow> Rows(string region, string point, string question, IReadOnlyList<string> choices, params long[] counts) =>
        counts.Select((n, i) => new TallyRow(region, point, question, choices[i], n));

    /// <summary>Rows of a five-step rating and, as a sixth number, don't know.</summary>
    public static IEnumerable<TallyRow> StateRows(string region, params long[] counts) => Rows(region, "a", "state", [.. StateSteps, "dk"], counts);

    /// <summary>Rows of a five-step rating and, as a sixth number, don't know.</summary>
    public static IEnumerable<TallyRow> ChangeRows(string region, params long[] counts) => Rows(region, "a", "change", [.. ChangeSteps, "dk"], counts);

    /// <summary>A round with these rows; every region has 200 members and the responses given (100 unless said).</summary>
    public static RoundInput Round(IEnumerable<TallyRow> rows, params (string Region, int Responses)[] regions)
    {
        var all = rows.ToList();
        var listed = all.Select(r => r.Region).Distinct().Except(regions.Select(r => r.Region)).Select(r => (Region: r, Responses: 100)).Concat(regions);
        return new RoundInput(
            new RoundTally("2026", DataAsOf, all, [.. listed.Select(r => new RegionCount(r.Region, 200, r.Responses, 0, 0, 0))], [], [], [], 10, 0, 0),
            Plan("a"),
            Questionnaire);
    }

    public static Cube CubeOf(RoundInput round) => DisclosurePass.CubeOf(round, [], [], new DisclosureRules());

    private static Choice DontKnow => new("dk", Text("Don't know"), null, ChoiceMeaning.DontKnow);

    private static Question Ask(string key, QuestionKind kind, QuestionRole role) =>
        new(key, kind, role, Text(key), null, Text(key), [], [], null, null, false, false, null, null, null, false);

    private static Choice Step(string code, int value) => new(code, Text(code), value, ChoiceMeaning.Substantive);

    private static Choice Plain(string code) => new(code, Text(code), null, ChoiceMeaning.Substantive);

    private static Rung Rung(params string[][] groups) => new([.. groups.Select(g => new RungGroup(string.Join('+', g), Text("group"), g))]);
}
