using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Findings;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.Findings;

public sealed class SeveralFindingsTests
{
    private static readonly Question Barriers = EditionFixture.Questionnaire.WithRole(QuestionRole.Barriers)!;

    private static SeveralFindings Of(params int?[] shares)
    {
        var words = new Wording(EditionFixture.Texts["en"]);
        var choices = Barriers.Choices.Select(c => c.Code).ToList();
        return new SeveralFindings(words, new EditionNames(EditionFixture.Whole(size: 60), words), Barriers,
            new SeveralFigures(Barriers.Key, choices, new SeveralCell(Cube.World, CellTreatment.Plain, 90, [.. shares, .. Enumerable.Repeat<int?>(null, choices.Count - shares.Length)]), []));
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
    public void A_hidden_share_is_not_ranked() => Assert.That(Of(20, null, 30).Ranked(Cube.World).Select(c => c.Choice), Is.EqualTo(new[] { "civic-space", "political-will" }));
}
