using System.Text;
using Survey.Domain.TemplateText;
using Survey.Domain.Translations;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.Translations;

/// <summary>The sheet for a native reader: every string once, beside its English words, and a hash that tells whether any of them changed.</summary>
internal sealed class ReviewSheetTests
{
    private const string Small = """
        status: {en: official, fr: reviewed}
        translationReviewers: {fr: "Somebody"}
        title: {en: "Year {n}", fr: "Année {n}"}
        sum: {en: "=1+1", fr: "=1+1"}
        gap: {en: "Only English"}
        """;

    private static ReviewSheet Of(string yaml) => new("fr", [ReviewFile.Of("questionnaire", TemplateStrings.Of(yaml), "fr")]);

    [Test]
    public void A_template_gives_its_strings_and_the_gaps_among_them() =>
        Assert.That(Of(Small).Files.Single().Strings, Is.EqualTo(new ReviewString[] { new("title", "Year {n}", "Année {n}"), new("sum", "=1+1", "=1+1"), new("gap", "Only English", "") }));

    [Test]
    public void The_file_has_a_row_for_each_string_and_no_formula()
    {
        using var file = new MemoryStream();
        Of(Small).Write(file);
        var text = Encoding.UTF8.GetString(file.ToArray());
        Assert.That(text[0], Is.EqualTo('\uFEFF'));
        Assert.That(text[1..].ReplaceLineEndings("\n"), Is.EqualTo("key,English,translation,remark\nquestionnaire/title,Year {n},Année {n},\nquestionnaire/sum,\"'=1+1\",\"'=1+1\",\nquestionnaire/gap,Only English,,\n"));
    }

    [TestCase("Année {n}", "L’année {n}", true)]
    [TestCase("Year {n}", "The year {n}", false)]
    [TestCase("Somebody", "Nobody", false)]
    public void The_hash_is_that_of_the_languages_own_words(string old, string now, bool changes) =>
        Assert.That(Of(Small.Replace(old, now, StringComparison.Ordinal)).Hash, changes ? Is.Not.EqualTo(Of(Small).Hash) : Is.EqualTo(Of(Small).Hash));

    [Test]
    public void Words_that_move_from_one_string_to_the_next_change_the_hash()
    {
        static string HashOf(string first, string second) => new ReviewSheet("fr", [new("a", [new("x", "", first), new("y", "", second)])]).Hash;
        Assert.That(HashOf("ab", "c"), Is.Not.EqualTo(HashOf("a", "bc")));
    }

    [Test]
    public void A_catalogue_gives_every_text_every_form_of_a_plural_and_its_months()
    {
        var arabic = EditionFixture.Texts["ar"];
        var strings = ReviewFile.Of("report", arabic, EditionFixture.Texts["en"]).Strings;
        Assert.That(strings.Select(s => s.Key), Is.Unique);
        Assert.That(strings.Select(s => s.Words), Is.SupersetOf(arabic.Entries.SelectMany(e => e.Forms?.Values ?? [e.Text!]).Select(p => p.Written).Concat(arabic.Formats.Months).ToHashSet()));
        var plural = arabic.Entries.First(e => e.Forms?.ContainsKey("few") == true);
        Assert.That(strings.Single(s => s.Key == plural.Key + ".few").English, Is.EqualTo(EditionFixture.Texts["en"].Entries.Single(e => e.Key == plural.Key).Forms!["other"].Written), "English has no such form.");
    }

    [Test]
    public void A_text_goes_paragraph_by_paragraph() =>
        Assert.That(ReviewFile.Of("privacy", "# Un\n\nDeux\ntrois\n", "# One\n\nTwo\n\nThree\n").Strings, Is.EqualTo(new ReviewString[] { new("1", "# One", "# Un"), new("2", "Two", "Deux\ntrois"), new("3", "Three", "") }));
}
