using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Findings;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.Findings;

public sealed class SeveralFindingsTests
{
    private static readonly Question Barriers = EditionFixture.Questionnaire.WithRole(QuestionRole.Barriers)!;

    private static SeveralFindings Of(params int?[] shares) => In("en", shares);

    private static SeveralFindings In(string language, int?[] shares)
    {
        var words = new Wording(EditionFixture.Texts[language]);
        var choices = Barriers.Choices.Select(c => c.Code).ToList();
        return new SeveralFindings(words, new EditionNames(EditionFixture.Whole(size: 60), words), Barriers,
            new SeveralFigures(Barriers.Key, choices, new SeveralCell(Cube.World, CellTreatment.Plain, 90, [.. shares, .. Enumerable.Repeat<int?>(0, choices.Count - shares.Length)]), []));
    }

    [Test]
    public void The_most_named_comes_first_and_ties_are_said_together()
    {
        Assert.That(Of(40, 55, 12).Headline("x", Cube.World).Text, Is.EqualTo("Named most often: “Lack of funding” (55%), then “Lack of political will” (40%)."));
        Assert.That(Of(55, 55, 12).Headline("x", Cube.World).Text, Is.EqualTo("Named most often, by 55% each: “Lack of political will” and “Lack of funding”."));
        Assert.That(Of(55).Headline("x", Cube.World).Text, Is.EqualTo("Named most often: “Lack of political will” (55%)."));
        Assert.That(Of(null, null).Headline("x", Cube.World).Text, Is.EqualTo("Too few answers to show shares (90 answers)."));
    }

    [Test]
    public void Other_is_never_what_was_named_most()
    {
        var findings = Of(20, 10, 0, 0, 0, 0, 0, 80);
        Assert.That(findings.Headline("x", Cube.World).Text, Does.Contain("“Lack of political will” (20%)"));
        Assert.That(findings.Ranked(Cube.World)[^1], Is.EqualTo(("other", 80)));
    }

    [Test]
    public void Where_a_choice_is_withheld_nothing_is_called_the_most_named_of_all()
    {
        // 47 of 50 may have named it: it is withheld because three did not.
        var findings = Of(20, null, 30);
        Assert.That(findings.Ranked(Cube.World).Where(c => c.Share > 0).Select(c => c.Choice), Is.EqualTo(new[] { "civic-space", "political-will" }));
        Assert.That(findings.Top(Cube.World), Is.Null);
        Assert.That(findings.Headline("x", Cube.World).Text, Does.StartWith("Of the answers shown, named most often: “"));
        Assert.That(Of(20, 30).Top(Cube.World)!.Share, Is.EqualTo(30));
        Assert.That(Of(20, 30, 0, 0, 0, 0, 0, null).Top(Cube.World), Is.Not.Null, "other is never ranked");
    }

    [TestCase("fr", "Parmi les réponses présentées, la plus citée\u202F:")]
    [TestCase("es", "De las respuestas mostradas, la más mencionada:")]
    [TestCase("ar", "الأكثر ذكرا بين الإجابات المعروضة:")]
    public void Of_the_answers_shown_in_every_language(string language, string text) =>
        Assert.That(In(language, [20, null, 30]).Headline("x", Cube.World).Text, Does.StartWith(text));
}
