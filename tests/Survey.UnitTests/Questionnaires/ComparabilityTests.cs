using Survey.Domain;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Testing;

namespace Survey.UnitTests.Questionnaires;

public sealed class ComparabilityTests
{
    private static Questionnaire Made(int year) => Parse(Text(year));

    private static string Text(int year) => File.ReadAllText(Repository.File($"templates/questionnaires/made-{year}.yaml"));

    private static Questionnaire Parse(string text)
    {
        var read = QuestionnaireFile.Parse(text, "q.yaml");
        Assert.That(read.Problems, Is.Empty);
        return read.Value!;
    }

    private static Plan MadePlan(string right = "slug: made-8-point", string wrong = "slug: made-8-point")
    {
        var text = File.ReadAllText(Repository.File("templates/plans/made-8-point.yaml"));
        Assert.That(text, Does.Contain(right));
        var at = text.IndexOf(right, StringComparison.Ordinal);
        var read = PlanFile.Parse(text[..at] + wrong + text[(at + right.Length)..], "p.yaml");
        Assert.That(read.Problems, Is.Empty);
        return read.Value!;
    }

    [Test]
    public void The_shipped_years_declare_their_changes_and_keep_the_trend()
    {
        var first = Comparability.Of(Made(2024), Made(2025));
        Assert.That(first.Problems, Is.Empty);
        Assert.That(first.Items.Where(item => item.Comparison != Comparison.Same).Select(item => (item.Key, item.Comparison)), Is.EqualTo(new[] { ("size", Comparison.Break) }));
        var second = Comparability.Of(Made(2025), Made(2026));
        Assert.That(second.Problems, Is.Empty);
        Assert.That(second.Items.Where(item => item.Comparison != Comparison.Same).Select(item => (item.Key, item.Comparison)), Is.EqualTo(new[] { ("barriers", Comparison.DeclaredChange) }));

        var since = Comparability.ComparableSince([("2024", Made(2024)), ("2025", Made(2025)), ("2026", Made(2026))]);
        Assert.That((since["state"], since["change"], since["barriers"], since["size"]), Is.EqualTo(("2024", "2024", "2024", "2025")));
    }

    [TestCase("en: \"What stood in the way most?\"", "en: \"What was in the way?\"", "barriers", "undeclared-change")]
    [TestCase("en: \"Lack of data\"", "en: \"Too little data\"", "barriers", "undeclared-change")]
    [TestCase("code: litigation", "code: going-to-court", "actions", "undeclared-change")]
    [TestCase("maximum: 3\n        when", "maximum: 2\n        when", "barriers", "undeclared-change")]
    [TestCase("role: change\n        when: {question: work, anyOf: [directly, follow]}", "role: change\n        when: {question: work, anyOf: [directly]}", "change", "undeclared-change")]
    [TestCase("measure: {positive: [advanced, advanced-a-lot], negative: [back, back-a-lot]}", "measure: {positive: [advanced, advanced-a-lot]}", "change", "undeclared-break")]
    [TestCase("code: fully, value: 4", "code: fully, value: 5", "state", "undeclared-break")]
    [TestCase("kind: one-choice\n        role: size", "kind: several-choices\n        role: none", "size", "undeclared-break")]
    public void A_change_that_the_file_does_not_declare_is_a_problem(string right, string wrong, string key, string code)
    {
        Assert.That(Text(2026), Does.Contain(right));
        var changed = Comparability.Of(Made(2026), Parse(Text(2026).Replace(right, wrong, StringComparison.Ordinal)));
        Assert.That(changed.Problems.Select(problem => (problem.Where, problem.Code)), Is.EqualTo(new[] { ($"made-2026: {key}", code) }));
        Assert.That(changed.Item(key)!.IsComparable, Is.False);
    }

    [TestCase("fr: \"Qu’est-ce qui a le plus fait obstacle", "fr: \"Qu’est-ce qui a surtout fait obstacle", "barriers")]
    public void A_better_translation_of_the_same_words_is_named_and_breaks_nothing(string right, string wrong, string key)
    {
        Assert.That(Text(2026), Does.Contain(right));
        var changed = Comparability.Of(Made(2026), Parse(Text(2026).Replace(right, wrong, StringComparison.Ordinal)));
        Assert.That(changed.Problems, Is.Empty);
        Assert.That((changed.Item(key)!.Comparison, changed.Item(key)!.Retranslated), Is.EqualTo((Comparison.Same, "fr")));
        Assert.That(changed.Items.Count(i => i.Retranslated.Length > 0), Is.EqualTo(1));
    }

    [Test]
    public void A_break_declared_in_an_earlier_year_does_not_break_again_and_help_may_change()
    {
        var same = Comparability.Of(Made(2025), Parse(Text(2025).Replace("A rough figure is enough.", "Roughly.", StringComparison.Ordinal)));
        Assert.That(same.Items.Select(item => item.Comparison), Is.All.EqualTo(Comparison.Same));
    }

    [Test]
    public void A_scale_with_other_steps_needs_a_break_even_when_a_change_is_declared()
    {
        var text = Text(2026).Replace("code: fully, value: 4", "code: fully, value: 5", StringComparison.Ordinal)
            .Replace("role: state\n", "role: state\n        since: \"2027\"\n", StringComparison.Ordinal);
        Assert.That(Comparability.Of(Made(2026), Parse(text)).Problems.Select(problem => problem.Code), Is.EqualTo(new[] { "undeclared-break" }));
        var broken = Comparability.Of(Made(2026), Parse(text.Replace("since: \"2027\"\n", "since: \"2027\"\n        break: true\n", StringComparison.Ordinal)));
        Assert.That((broken.Problems.Count, broken.Item("state")!.Comparison), Is.EqualTo((0, Comparison.Break)));
    }

    [Test]
    public void A_question_that_replaces_another_carries_its_trend_on()
    {
        var renamed = Parse(Text(2026).Replace("key: actions\n", "key: what-you-did\n        since: \"2027\"\n        replaces: actions\n", StringComparison.Ordinal));
        var comparability = Comparability.Of(Made(2026), renamed);
        Assert.That(comparability.Problems, Is.Empty);
        Assert.That(comparability.Item("what-you-did"), Is.EqualTo(new Compared("what-you-did", "actions", Comparison.DeclaredChange)));
        var since = Comparability.ComparableSince([("2024", Made(2024)), ("2025", Made(2025)), ("2026", Made(2026)), ("2027", renamed)]);
        Assert.That(since["what-you-did"], Is.EqualTo("2024"));
    }

    [Test]
    public void A_questions_trend_begins_where_it_was_first_asked()
    {
        var without = Made(2025) with { Sections = [.. Made(2025).Sections.Select(section => section with { Questions = [.. section.Questions.Where(question => question.Key != "listing")] })] };
        Assert.That(Comparability.Of(without, Made(2026)).Item("listing"), Is.EqualTo(new Compared("listing", null, Comparison.New)));
        Assert.That(Comparability.ComparableSince([("2024", Made(2024)), ("2025", without), ("2026", Made(2026))])["listing"], Is.EqualTo("2026"));
    }

    [Test]
    public void A_points_title_may_not_change_without_a_word()
    {
        const string title = "en: \"Guaranteeing the labour rights of migrants\"";
        var undeclared = Comparability.Of(MadePlan(), MadePlan(title, "en: \"Labour rights for all\""));
        Assert.That(undeclared.Problems.Select(problem => problem.Where), Is.EqualTo(new[] { "made-8-point: labour-rights" }));
        Assert.That(undeclared.Item("labour-rights")!.IsComparable, Is.False);

        var declared = Comparability.Of(MadePlan(), MadePlan("cluster: labour\n    title:\n      " + title, "cluster: labour\n    since: \"2026\"\n    title:\n      en: \"Labour rights for all\""));
        Assert.That((declared.Problems.Count, declared.Item("labour-rights")!.Comparison), Is.EqualTo((0, Comparison.DeclaredChange)));
        var broken = Comparability.Of(MadePlan(), MadePlan("cluster: labour\n    title:\n      " + title, "cluster: labour\n    since: \"2026\"\n    break: true\n    title:\n      en: \"Labour rights for all\""));
        Assert.That(broken.Item("labour-rights")!.Comparison, Is.EqualTo(Comparison.Break));
    }

    [Test]
    public void A_new_plans_point_starts_anew_unless_it_continues_another()
    {
        var last = MadePlan();
        var next = last with
        {
            Slug = "next",
            Points = [last.Points[0], last.Points[7] with { Slug = "work", Title = LocalisedText.Of(("en", "Work")), Continues = "made-8-point/labour-rights" }],
        };
        Assert.That(Comparability.Of(last, next).Items, Is.EqualTo(new[] { new Compared("post2015", null, Comparison.New), new Compared("work", "labour-rights", Comparison.DeclaredChange) }));
        var since = Comparability.ComparableSince([("2025", last), ("2026", last), ("2027", next)]);
        Assert.That((since["post2015"], since["work"]), Is.EqualTo(("2027", "2025")));
    }
}
