using System.Text.Json;
using Survey.Reporting.Charts;
using Survey.Reporting.Editions;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Editions;

[TestFixture]
public sealed class PrintableTextTests
{
    [TestCase("Déjà vu à l’œuvre, niño, Łódź, Ελλάδα, Привет, “quotes” – 12 %")]
    [TestCase("كيف أُعد هذا التقرير؟ پاکستان")]
    [TestCase("#import $x^2$ \\ `code` <label> @ref")]
    [TestCase("Emoji 🎉👍 stay")]
    [TestCase("line one\nline two")]
    [TestCase("صافي \u2066+18\u2069 نقطة")]
    public void Printable_text_stays_as_typed(string text) => Assert.That(PrintableText.Of(text), Is.EqualTo(text));

    [TestCase("中文字 end", "□ end", TestName = "Chinese becomes one mark")]
    [TestCase("a\uE000b", "a□b", TestName = "Private use becomes a mark")]
    [TestCase("a\uFFFFb", "a□b", TestName = "A noncharacter becomes a mark")]
    [TestCase("a\uD800b", "a□b", TestName = "A lone surrogate becomes a mark")]
    [TestCase("a\u0000\u0007\u009Fb", "ab", TestName = "Controls are dropped")]
    [TestCase("a\tb\r\nc", "a b\nc", TestName = "Tabs become spaces, lines end with LF")]
    [TestCase("a\u2028b", "a\nb", TestName = "A line separator is a new line")]
    [TestCase("a\u202Eb\u202C", "ab", TestName = "Overrides are dropped")]
    [TestCase("a\u2067b", "a\u2067b\u2069", TestName = "An open isolate is closed")]
    [TestCase("a\u2069b", "ab", TestName = "A closing isolate without its opening is dropped")]
    [TestCase("x\u0591", "x", TestName = "A mark of another script is dropped")]
    [TestCase("❤\uFE0F", "❤", TestName = "Variation selectors are dropped")]
    public void Unprintable_text_is_mended(string text, string printable) => Assert.That(PrintableText.Of(text), Is.EqualTo(printable));

    [Test]
    public void At_most_four_marks_stay_on_a_letter() =>
        Assert.That(PrintableText.Of("e" + string.Concat(Enumerable.Repeat("\u0301", 40))), Has.Length.EqualTo(5));

    [Test]
    public void Printable_text_is_printable_again()
    {
        for (var code = 0; code <= 0x1FFFF; code++)
        {
            if (code is >= 0xD800 and <= 0xDFFF)
                continue;
            var once = PrintableText.Of("a" + char.ConvertFromUtf32(code) + "ب");
            if (PrintableText.Of(once) != once)
                Assert.Fail($"U+{code:X4}: {once}");
        }
    }

    [Test]
    public void Words_that_the_layout_itself_sets_are_covered() =>
        Assert.That("▲▼◆•□ \u202F\u00A0+\u2212–…≤≥".Where(c => !PrintableText.Covers(c)), Is.Empty);

    [TestCase("en")]
    [TestCase("ar")]
    public void An_edition_survives_its_way_through_JSON(string language)
    {
        var text = JsonSerializer.Serialize(SampleEdition.In(language), EditionJson.Options);
        var back = JsonSerializer.Deserialize<EditionContent>(text, EditionJson.Options)!;
        Assert.That(JsonSerializer.Serialize(back, EditionJson.Options), Is.EqualTo(text));
        Assert.That(text, Does.Contain("\"kind\":\"divergingBars\"").And.Contain("\"tone\":\"stronglyBack\"").And.Contain("\"date\":\"2026-11-20\""));
    }

    [Test]
    public void Bars_of_the_sample_sum_to_a_hundred()
    {
        var rows = SampleEdition.In("en").Blocks.OfType<FigureBlock>().Select(f => f.Chart).SelectMany(c => c switch { DivergingBarsChart d => d.Rows, StackedBarsChart s => s.Rows, _ => [] });
        Assert.That(rows.Where(r => r.Segments.Count > 0).Select(r => r.Segments.Sum(s => s.Percent)), Has.All.EqualTo(100));
    }
}
