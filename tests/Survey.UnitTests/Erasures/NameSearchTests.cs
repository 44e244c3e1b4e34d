using System.Text;
using System.Text.Json;
using Survey.Domain.Editions;
using Survey.Domain.Erasures;
using Survey.Reporting.Editions;

namespace Survey.UnitTests.Erasures;

/// <summary>A name is found however the office wrote it, and in what a version printed.</summary>
internal sealed class NameSearchTests
{
    [TestCase("Maison Kwilu", "Merci à la maison kwilu.")]
    [TestCase("Maison Kwilu", "Merci à **Maison** *Kwilu*.")]
    [TestCase("Maison Kwilu", "Merci à Maison\nKwilu.")]
    [TestCase("Maison Kwilu", "Merci à [Maison](https://example.org/a_b) Kwilu.")]
    [TestCase("Maison Kwilu", "Merci à Mai**son** Kwilu.")]
    [TestCase("Maison Kwilu", "Merci à Maison&nbsp;Kwilu.")]
    [TestCase("Église & Société", "Merci à Eglise & Societe")]
    [TestCase("دار الأمل", "شكرا لدار الامل.")]
    [TestCase("دار الأمل", "ودار الأَمَل")]
    [TestCase("الأمل الجديد", "نشكر للأمل الجديد دعمه")]
    [TestCase("Iris", "Thanks to Iris.")]
    public void A_name_is_found_however_it_is_written(string name, string text) => Assert.That(new NameSearch([name]).IsInMarkdown(text), Is.True);

    [TestCase("Maison Kwilu", "Merci aux maisons du Kwilu.")]
    [TestCase("Maison Kwilu", "Merci à la maison kwilutienne.")]
    [TestCase("Iris", "The iris of the eye, and irises.")]
    [TestCase("–", "A dash – here.")]
    public void Other_words_are_no_name(string name, string text) => Assert.That(new NameSearch([name]).IsInMarkdown(text), Is.False);

    [Test]
    public void Far_behind_in_a_long_text_it_is_found_too() => Assert.That(new NameSearch(["Maison Kwilu"]).IsInMarkdown(string.Concat(Enumerable.Repeat("Word ", 3000)) + "Maison Kwilu"), Is.True);

    [Test]
    public void A_version_s_texts_are_read_as_their_readers_see_them()
    {
        EditionBlock Text(string first, string second) => new RichTextBlock(2, [new RichPart(RichPartKind.Paragraph, [new RichLine([new RichSpan(first, IsStrong: true), new RichSpan(second, Link: second is "Kwilu" ? "https://maison-kwilu.example/" : null)])], null)]);
        EditionBlock[] blocks = [new ParagraphBlock("Not the office's."), Text("Maison ", "Kwilu"), new ColumnsBlock([Text("Left", ".")], [new NoteBlock("x")])];
        var json = JsonSerializer.Serialize(new { Blocks = (IReadOnlyList<EditionBlock>)blocks }, EditionJson.Options);
        Assert.That(PrintedTexts.In(Encoding.UTF8.GetBytes(json)), Is.EqualTo(new[] { "Maison Kwilu", "https://maison-kwilu.example/", "Left." }));
    }

    [Test]
    public void What_a_version_printed_is_kept_whole()
    {
        var kept = new KeptEditorial([new(EditorialKind.Foreword, "", "ar", "شكرا **لكم**", "Ada", "Chair")], [new("a.b", true, null), new("c", false, 2)], 12, null, 7, new Dictionary<long, SharedCounts> { [4] = new(9, 6) });
        var read = KeptEditorial.Read(kept.Write())!;
        Assert.That((read.Texts.Single(), read.MedianMinutes, read.InvitationsSent, read.RemindersSent, read.Shared![4]), Is.EqualTo((kept.Texts[0], (int?)12, (int?)null, (int?)7, new SharedCounts(9, 6))));
        Assert.That(read.Findings, Is.EqualTo(kept.Findings));
        Assert.That(KeptEditorial.Read(null), Is.Null);
    }
}
