using Survey.Reporting.Editions;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Findings;

public sealed class SizeWordsTests
{
    [TestCase(7, "very few")]
    [TestCase(8, "about one in ten")]
    [TestCase(12, "about one in ten")]
    [TestCase(13, "about one in seven")]
    [TestCase(14, "about one in seven")]
    [TestCase(16, "about one in six")]
    [TestCase(22, "about one in five")]
    [TestCase(27, "about one in four")]
    [TestCase(28, "about three in ten")]
    [TestCase(35, "about one in three")]
    [TestCase(36, "more than one in three")]
    [TestCase(42, "about two in five")]
    [TestCase(43, "fewer than half")]
    [TestCase(48, "about half")]
    [TestCase(52, "about half")]
    [TestCase(53, "more than half")]
    [TestCase(58, "about three in five")]
    [TestCase(64, "more than three in five")]
    [TestCase(68, "about two in three")]
    [TestCase(69, "about seven in ten")]
    [TestCase(73, "about three in four")]
    [TestCase(82, "about four in five")]
    [TestCase(83, "a large majority")]
    [TestCase(92, "almost all")]
    public void A_share_is_called_by_a_fraction_within_two_points_or_by_where_it_lies(int percent, string words) =>
        Assert.That(new Wording(EditionFixture.Texts["en"]).Size(percent, isExact: true), Is.EqualTo(words));

    [Test]
    public void Every_share_has_words_in_every_language()
    {
        foreach (var language in EditionFixture.Languages)
            Assert.That(Enumerable.Range(0, 101).Select(p => new Wording(EditionFixture.Texts[language]).Size(p, isExact: true)), Has.All.Not.Empty, language);
    }
}
