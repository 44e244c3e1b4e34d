using Survey.Domain.Questionnaires;
using Survey.Testing;
using Survey.UnitTests.TemplateText;

namespace Survey.UnitTests.Questionnaires;

public sealed class QuestionnaireFileTests
{
    private static readonly string Shipped = File.ReadAllText(Repository.File("templates/questionnaires/made-2026.yaml"));

    private static readonly Mistake Mistakes = new(Shipped, "q.yaml", (text, file) => QuestionnaireFile.Parse(text, file).Problems);

    private static Questionnaire Read(string name)
    {
        var read = QuestionnaireFile.Parse(File.ReadAllText(Repository.File($"templates/questionnaires/{name}.yaml")), name);
        Assert.That(read.Problems, Is.Empty);
        return read.Value!;
    }

    [TestCase("made-2024"), TestCase("made-2025"), TestCase("made-2026")]
    public void The_shipped_questionnaires_are_whole(string name)
    {
        var questionnaire = Read(name);
        Assert.That(questionnaire.Name, Is.EqualTo(name));
        Assert.That(questionnaire.Questions.Select(question => question.Key), Is.EqualTo(new[]
        {
            "country", "other-countries", "umbrella", "type", "led-by-migrants", "led-by-women", "size",
            "work", "state", "change", "actions", "barriers", "example", "consent", "priorities", "remark", "listing",
        }));
        Assert.That(questionnaire.Questions.Where(question => question.IsPrefilled).Select(question => question.Role), Is.EqualTo(new[]
        {
            QuestionRole.Country, QuestionRole.OtherCountries, QuestionRole.Umbrella, QuestionRole.Type, QuestionRole.LedByMigrants,
            QuestionRole.LedByWomen, QuestionRole.Size,
        }));
        foreach (var role in Enum.GetValues<QuestionRole>().Where(role => role != QuestionRole.None))
            Assert.That(questionnaire.WithRole(role), Is.Not.Null, role.ToString());
        Assert.That(questionnaire.Questions.Select(question => question.Help), Is.All.Not.Null);
    }

    // Scales, rungs and headline figures: design.md "The questionnaire is data" and methods.md 2.7.
    [Test]
    public void Ratings_have_the_scales_rungs_and_measures_of_the_methods()
    {
        var questionnaire = Read("made-2026");
        var state = questionnaire.WithRole(QuestionRole.State)!;
        Assert.That(state.SubstantiveChoices.Select(choice => (choice.Code, choice.Value)), Is.EqualTo(new (string, int?)[]
            { ("not-at-all", 0), ("a-little", 1), ("partly", 2), ("largely", 3), ("fully", 4) }));
        Assert.That(state.Choices[^1].Meaning, Is.EqualTo(ChoiceMeaning.DontKnow));
        Assert.That(state.Rungs.Select(rung => rung.Groups.Select(group => group.Choices.Count)), Is.EqualTo(new[] { new[] { 1, 1, 1, 1, 1 }, [2, 1, 2], [3, 2] }));
        Assert.That(state.Measure, Is.Not.Null);
        Assert.That((state.Measure!.IsNetBalance, string.Join(' ', state.Measure.Positive)), Is.EqualTo((false, "largely fully")));

        var change = questionnaire.WithRole(QuestionRole.Change)!;
        Assert.That(change.SubstantiveChoices.Select(choice => (choice.Code, choice.Value)), Is.EqualTo(new (string, int?)[]
            { ("back-a-lot", -2), ("back", -1), ("no-change", 0), ("advanced", 1), ("advanced-a-lot", 2) }));
        Assert.That(change.Rungs.Select(rung => rung.Groups.Select(group => group.Choices.Count)), Is.EqualTo(new[] { new[] { 1, 1, 1, 1, 1 }, [2, 1, 2], [3, 2] }));
        Assert.That(change.Measure!.IsNetBalance, Is.True);
        Assert.That(change.Rungs[1].Groups[1].Label.In("fr"), Is.EqualTo(change.Choice("no-change")!.Label.In("fr")), "a group of one reads like its choice");

        Assert.That(questionnaire.WithRole(QuestionRole.Barriers)!.Maximum, Is.EqualTo(3));
        Assert.That(questionnaire.WithRole(QuestionRole.Priorities)!.Maximum, Is.EqualTo(3));
        Assert.That(questionnaire.WithRole(QuestionRole.OtherCountries)!.Maximum, Is.EqualTo(10));
        Assert.That(questionnaire.WithRole(QuestionRole.Example)!.Maximum, Is.EqualTo(1500));
        Assert.That(questionnaire.WithRole(QuestionRole.Consent)!.Choices.Select(choice => choice.Code), Is.EqualTo(new[] { "no-quote", "anonymous", "named" }));
        Assert.That(questionnaire.WithRole(QuestionRole.Consent)!.When, Is.EqualTo(new Condition("example", [])).Using<Condition, Condition>((a, b) => a.Question == b.Question && a.AnyOf.SequenceEqual(b.AnyOf)));
    }

    // A narrow no-break space stands before ; : ! ? % » and after « in French; an ordinary space would let them begin a line.
    [Test]
    public void French_punctuation_never_begins_a_line()
    {
        var texts = Read("made-2026").Questions.SelectMany(question => question.Choices.Select(choice => choice.Label).Append(question.Text).Append(question.Help!)).Select(text => text.In("fr"));
        Assert.That(texts, Is.All.Not.Match("[ \u00a0][;:!?%»]|« |'"));
    }

    [TestCase("key: other-countries", "key: country", "", "duplicate-key")]
    [TestCase("key: umbrella", "key: Umbrella", "", "not-a-slug")]
    [TestCase("kind: scale", "kind: slider", "key: state", "unknown-word")]
    [TestCase("role: size", "role: seize", "", "unknown-word")]
    [TestCase("role: size", "role: type", "", "duplicate-role")]
    [TestCase("code: faith-based", "code: ngo", "", "duplicate-code")]
    [TestCase("en: \"Trade union\"", "en: \"Non-governmental organisation\"", "code: trade-union", "duplicate-label")]
    [TestCase("code: advocacy, ", "code: advocacy, value: 1, ", "", "value-not-used")]
    [TestCase("code: a-little, value: 1,", "code: a-little,", "", "missing-value")]
    [TestCase("code: a-little, value: 1,", "code: a-little, value: 0,", "", "scale-order")]
    [TestCase("code: dont-know, meaning: dont-know", "code: dont-know, value: 9", "key: change", "missing-meaning rung-partition +4 rung-partition +8")]
    [TestCase("maximum: 3", "maximum: 30", "key: barriers", "out-of-range")]
    [TestCase("maximum: 1500", "maximum: 0", "key: example", "out-of-range")]
    [TestCase("role: work", "role: work\n        maximum: 2", "", "maximum-not-used +1")]
    [TestCase("role: work", "role: work\n        prefill: true", "", "prefill +1")]
    [TestCase("role: listing", "role: listing\n        prefill: true", "", "prefill +1")]
    [TestCase("when: {question: work", "when: {question: wrok", "key: state", "condition-question")]
    [TestCase("when: {question: work", "when: {question: change", "key: state", "condition-question")]
    [TestCase("anyOf: [directly, follow]", "anyOf: [directly, folow]", "key: state", "condition-code")]
    [TestCase("when: {question: example}", "when: {question: example, anyOf: [x]}", "", "condition-code")]
    [TestCase("role: priorities", "role: priorities\n        when: {question: work}", "", "condition-per-point +1")]
    [TestCase("{code: partly, choices: [partly]}", "{code: partly, choices: [party]}", "", "rung-choice")]
    [TestCase("code: little-or-not,", "code: a-little,", "", "rung-code")]
    [TestCase("measure: {positive: [largely, fully]}", "measure: {positive: [fuly]}", "", "measure-choice")]
    [TestCase("measure: {positive: [largely, fully]}", "measure: {positive: [largely, fully], negative: [fully]}", "", "measure-both")]
    [TestCase("break: true", "break: yes", "key: size", "not-true-or-false")]
    [TestCase("since: \"2026\"", "break: true", "key: barriers", "break-without-since")]
    [TestCase("since: \"2026\"", "replaces: obstacles", "key: barriers", "replaces-without-since")]
    public void A_mistake_is_reported_at_its_line(string right, string wrong, string after, string code) =>
        Assert.That(string.Join(' ', Mistakes.Of(right, wrong, after)), Is.EqualTo(code));

    [Test]
    public void Rungs_that_leave_out_a_step_or_get_finer_or_mix_the_measure_are_reported()
    {
        Assert.That(Mistakes.Of("          - groups:\n              - {code: little-or-not, choices: [not-at-all, a-little]", "          - groups:\n              - {code: little-or-not, choices: [not-at-all]"),
            Is.EqualTo(new[] { "rung-partition" }));
        Assert.That(Mistakes.Of("          - groups: each-choice\n", "", after: "key: state"), Is.Empty, "the finest rung is a choice of the office");
        Assert.That(Mistakes.Of("          - groups:\n              - {code: partly-at-most", "          - groups: each-choice\n          - groups:\n              - {code: partly-at-most"),
            Is.EqualTo(new[] { "rung-order" }));
        Assert.That(Mistakes.Of("measure: {positive: [largely, fully]}", "measure: {positive: [fully]}"), Is.EqualTo(new[] { "rung-breaks-measure +1" }));
        Assert.That(Mistakes.Of("        measure: {positive: [largely, fully]}\n", ""), Is.EqualTo(new[] { "missing-measure -22" }));
    }

    [Test]
    public void Consent_is_asked_after_an_example_and_with_its_three_levels()
    {
        Assert.That(Mistakes.Of("        when: {question: example}\n", ""), Is.EqualTo(new[] { "consent-without-example -3" }));
        Assert.That(Mistakes.Of("role: example", "role: none"), Is.EqualTo(new[] { "consent-without-example +15" }));
        Assert.That(Mistakes.Of("code: anonymous", "code: nameless"), Is.EqualTo(new[] { "role-codes -2" }));
    }

    [Test]
    public void A_role_needs_its_section_and_kind()
    {
        Assert.That(Mistakes.Of("    perPoint: true\n", ""), Has.Some.StartsWith("role-section"));
        Assert.That(Mistakes.Of("kind: points", "kind: countries"), Is.EqualTo(new[] { "role-kind" }));
    }

    [Test]
    public void A_language_of_the_file_is_owed_in_every_text() =>
        Assert.That(Mistakes.Of(", fr: \"Pays\"", ""), Is.EqualTo(new[] { "missing-language" }));
}
