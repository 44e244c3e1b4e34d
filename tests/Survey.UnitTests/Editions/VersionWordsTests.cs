using Survey.Reporting.Editions;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Editions;

/// <summary>What an edition says of itself as a version: its citation, its languages, and where it is said what it corrects.</summary>
public sealed class VersionWordsTests
{
    private const string Site = "https://report.example.org";

    private static EditionInput Second => EditionFixture.Whole() with
    {
        Facts = EditionFixture.Facts with { Version = 2 },
        ChangeLog = [new VersionNote(1, new DateOnly(2026, 11, 1), "")],
        Languages = ["en", "ar"],
        Site = Site,
    };

    [Test]
    public void The_citation_names_version_and_address()
    {
        var words = new Wording(EditionFixture.Texts["en"]);
        Assert.That(EditionCitation.Of(Second, words), Does.Contain("Edition 2026, version 2. https://report.example.org/reports/2026/v2/en"));
        Assert.That(EditionCitation.Of(Second, new Wording(EditionFixture.Texts["fr"])), Does.EndWith("https://report.example.org/reports/2026/v2"), "Beside the data also in languages that the version lacks.");
        Assert.That(EditionCitation.Of(EditionFixture.Whole(), words), Does.EndWith("Edition 2026, version 1."), "Without the site no address.");
    }

    [TestCase("en", "What version 2 corrects stands on its page: https://report.example.org/reports/2026/v2/en")]
    [TestCase("ar", "https://report.example.org/reports/2026/v2/ar")]
    public void A_later_version_says_where_it_is_said_what_it_corrects(string language, string said)
    {
        Assert.That(Paragraphs(EditionFixture.Content(Second, language)), Has.Some.Contain(said));
        Assert.That(Paragraphs(EditionFixture.Content(EditionFixture.Whole(), language)), Has.None.Contain(Site));
    }

    [Test]
    public void The_imprint_names_the_languages_of_the_version_alone() =>
        Assert.That(EditionFixture.Content(Second, "en").Blocks.OfType<ImprintBlock>().Single().Items.Single(i => i.Term == "Translations").Text, Is.EqualTo("Arabic: translation not reviewed"));

    [Test]
    public void A_code_with_a_letter_keeps_its_order_where_words_run_from_the_right()
    {
        Assert.That(new EditionNames(Second, new Wording(EditionFixture.Texts["ar"])).Target("10.c", "index.targetTag"), Does.StartWith("\u206610.c\u2069"));
        Assert.That(new EditionNames(Second, new Wording(EditionFixture.Texts["en"])).Target("10.c", "index.targetTag"), Does.StartWith("10.c "));
    }

    private static List<string> Paragraphs(EditionContent content) => [.. content.Blocks.OfType<ParagraphBlock>().Select(p => p.Text)];
}
