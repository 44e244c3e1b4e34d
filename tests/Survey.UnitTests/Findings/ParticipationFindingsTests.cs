using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Findings;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.Findings;

public sealed class ParticipationFindingsTests
{
    private static ParticipationFindings Of(int responses, int population, int? rate, string language = "en", params EarlierParticipation[] earlier)
    {
        var input = EditionFixture.Whole(size: 60);
        var words = new Wording(EditionFixture.Texts[language]);
        var who = new Participation(population, responses, rate, 3, 2, 1, 40, [], [], [], earlier);
        return new ParticipationFindings(words, new EditionNames(input, words), input.Cube with { Participation = who, Regions = [new("africa", ["africa"], 100, 41, 41), new("global", ["global"], 20, 5, 25)] });
    }

    [Test]
    public void Rate_is_said_with_its_parts()
    {
        var finding = Of(312, 600, 52).Rate("x");
        Assert.That(finding.Text, Is.EqualTo("312 organisations answered, out of 600 invited: a response rate of 52%."));
        Assert.That(finding.Numbers.Select(n => (n.Name, n.Value)), Is.EqualTo(new[] { ("responses", 312.0), ("population", 600.0), ("rate", 52.0) }));
        Assert.That(Of(0, 600, 0).Rate("x").Text, Is.EqualTo("No organisation answered; 600 were invited."));
        Assert.That(Of(1, 5, 20, "fr").Rate("x").Text, Is.EqualTo("Réponses reçues\u202F: 1 organisation sur 5 invitées, soit un taux de réponse de 20\u202F%."));
    }

    [TestCase(48, "The response rate is higher than in 2025: 52%, after 48% (difference in points: +4).")]
    [TestCase(55, "The response rate is lower than in 2025: 52%, after 55% (difference in points: −3).")]
    [TestCase(52, "The response rate is the same as in 2025: 52%.")]
    public void Rate_is_put_beside_that_of_the_round_before(int then, string text) =>
        Assert.That(Of(312, 600, 52, "en", new EarlierParticipation("2025", 590, 280, then, [])).Against("x")!.Text, Is.EqualTo(text));

    [Test]
    public void A_first_round_is_compared_with_nothing() => Assert.That(Of(312, 600, 52).Against("x"), Is.Null);

    [Test]
    public void Regions_are_named_with_their_rates() =>
        Assert.That(Of(312, 600, 52).Regions("x")!.Text, Is.EqualTo("Response rates by region run from 25% (Global (several countries)) to 41% (Africa)."));
}
