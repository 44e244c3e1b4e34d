using Survey.Domain;

namespace Survey.UnitTests;

public sealed class FoldedTextTests
{
    [TestCase("Côte d’Ivoire", "cote d ivoire")]
    [TestCase("  Ångström  &  Søn ", "angstrom son")]
    [TestCase("STRASSE Straße", "strasse strasse")]
    [TestCase("Łódź İstanbul ısı Œuvre", "lodz istanbul isi oeuvre")]
    [TestCase("أحمد إيمان آمنة ٱلله", "احمد ايمان امنه الله")]
    [TestCase("مُحَمَّـــد", "محمد")]
    [TestCase("مستشفى على یاسمین", "مستشفي علي ياسمين")]
    [TestCase("مسؤول رئيس سماء", "مسوول رييس سما")]
    [TestCase("ﷲ ﻻ", "الله لا")]
    [TestCase("٢٠٢٦ ۲۰۲۶ ２０２６", "2026 2026 2026")]
    [TestCase("ﬁn", "fin")]
    [TestCase("日本 한국", "日本 한국")]
    [TestCase("", "")]
    [TestCase("…!?", "")]
    public void A_text_is_folded(string text, string folded) =>
        Assert.That(FoldedText.Of(text), Is.EqualTo(folded.Normalize(System.Text.NormalizationForm.FormKD)));

    [Test]
    public void Folding_twice_changes_nothing()
    {
        foreach (var text in new[] { "Côte d’Ivoire", "الأُرْدُنّ", "Ǆungla", "ẞ", "ΌΔΟΣ", "ﷺ" })
            Assert.That(FoldedText.Of(FoldedText.Of(text)), Is.EqualTo(FoldedText.Of(text)), text);
    }

    [Test]
    public void Names_sort_as_in_a_directory()
    {
        string[] right = ["أرمينيا", "الأردن", "ألمانيا", "الجزائر", "السودان", "مصر"];
        // By letters: alef-ra-dal, alef-ra-mim, alef-lam-mim, jim, sin, mim; the article of الأردن does not count, the one in ألمانيا is none.
        string[] expected = ["الأردن", "أرمينيا", "ألمانيا", "الجزائر", "السودان", "مصر"];
        Assert.That(right.OrderBy(FoldedText.SortKey, StringComparer.Ordinal), Is.EqualTo(expected));
        Assert.That(new[] { "Zebra", "étoile", "Etat", "apple", "Äpfel" }.OrderBy(FoldedText.SortKey, StringComparer.Ordinal),
            Is.EqualTo(new[] { "Äpfel", "apple", "Etat", "étoile", "Zebra" }));
    }

    [Test]
    public void Different_texts_never_share_a_sort_key_and_a_longer_name_follows()
    {
        Assert.That(FoldedText.SortKey("Etat"), Is.Not.EqualTo(FoldedText.SortKey("État")));
        Assert.That(new[] { "Niger Delta", "Nigeria", "Niger" }.OrderBy(FoldedText.SortKey, StringComparer.Ordinal), Is.EqualTo(new[] { "Niger", "Niger Delta", "Nigeria" }));
    }

    [Test]
    public void A_folded_text_stays_short()
    {
        Assert.That(FoldedText.Of(new string('ﷺ', 10_000)), Has.Length.LessThanOrEqualTo(FoldedText.Longest));
        Assert.That(FoldedText.SortKey(string.Concat(Enumerable.Repeat("😀𝔸", 1_000))), Has.Length.LessThanOrEqualTo(FoldedText.Longest));
        Assert.That(FoldedText.Of("\uD800\0x"), Is.EqualTo("x"));
    }
}
