using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Survey.Reporting.Charts;
using Survey.Reporting.Editions;
using Survey.Reporting.OpenData;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.OpenData;

public sealed class FigureFilesTests
{
    private static readonly FigureSource Source = new("Example (2026).", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "10.1234/abc", new DateTime(2026, 10, 20, 0, 0, 0, DateTimeKind.Utc));

    [TestCaseSource(typeof(EditionFixture), nameof(EditionFixture.Languages))]
    public void Every_figure_has_numbers_and_metadata_and_the_heatmap_a_picture(string language)
    {
        var content = ContentBuilder.ContentOf(EditionFixture.Whole(), EditionFixture.Texts[language]).Value!;
        var files = FigureFiles.Of(content, Source).ToDictionary(f => f.Name);
        var blocks = content.Blocks.SelectMany(EditionPages.Inner).ToList();
        var ids = blocks.OfType<FigureBlock>().Select(f => f.Id).Concat(blocks.OfType<HeatmapBlock>().Select(h => h.Id)).ToList();
        Assert.That(ids, Is.Not.Empty);
        Assert.That(files.Keys, Is.EquivalentTo(ids.SelectMany(i => new[] { $"figures/{i}.csv", $"figures/{i}.json" }).Concat(blocks.OfType<HeatmapBlock>().Select(h => $"figures/{h.Id}.svg"))));
        foreach (var id in ids)
        {
            var about = JsonDocument.Parse(files[$"figures/{id}.json"].Bytes).RootElement;
            var head = Encoding.UTF8.GetString(files[$"figures/{id}.csv"].Bytes).Split('\n')[0];
            Assert.That(string.Join(',', about.GetProperty("columns").EnumerateArray().Select(c => c.GetString())), Is.EqualTo(head), id);
            Assert.That((about.GetProperty("language").GetString(), about.GetProperty("isVersionOf").GetString(), about.GetProperty("dataAsOf").GetString()), Is.EqualTo((language, "https://doi.org/10.1234/abc", "2026-10-20")));
        }
    }

    [Test]
    public void Numbers_of_a_bar_are_its_segments_and_a_hidden_row_has_none()
    {
        var chart = (DivergingBarsChart)SampleEdition.In("en").Blocks.OfType<FigureBlock>().First(f => f.Chart is DivergingBarsChart).Chart;
        var rows = FigureTable.Of(chart).Rows;
        foreach (var bar in chart.Rows)
        {
            var own = rows.Where(r => (string?)r[0] == bar.Label).ToList();
            Assert.That(own.Select(r => r[2]).OfType<int>().Sum(), Is.EqualTo(bar.Segments.Count == 0 ? 0 : 100), bar.Label);
            Assert.That(bar.Segments.Count > 0 || own.Single()[2] is null, bar.Label);
        }
    }

    [TestCase("en")]
    [TestCase("ar")]
    public void The_heatmap_is_drawn_with_every_printed_figure_and_nothing_outside_its_frame(string language)
    {
        var content = SampleEdition.In(language);
        var heatmap = content.Blocks.OfType<HeatmapBlock>().Single();
        var svg = XDocument.Parse(HeatmapDrawing.Of(heatmap, content)).Root!;
        var words = svg.Descendants().Where(e => e.Name.LocalName == "text").ToList();
        foreach (var cells in heatmap.Rows.SelectMany(r => r.Cells).GroupBy(c => c.Text))
            Assert.That(words.Count(w => w.Value == cells.Key), Is.GreaterThanOrEqualTo(cells.Count()), cells.Key);
        var width = double.Parse(svg.Attribute("width")!.Value, CultureInfo.InvariantCulture);
        Assert.That(words.Select(w => double.Parse(w.Attribute("x")!.Value, CultureInfo.InvariantCulture)), Has.All.InRange(0, width));
        Assert.That((string?)svg.Attribute("direction"), Is.EqualTo(language == "ar" ? "rtl" : null));
    }

    [Test]
    public void The_same_content_gives_the_same_bytes()
    {
        var (one, two) = (FigureFiles.Of(SampleEdition.In("ar"), Source), FigureFiles.Of(SampleEdition.In("ar"), Source));
        foreach (var (first, second) in one.Zip(two))
            Assert.That(second.Bytes, Is.EqualTo(first.Bytes), first.Name);
    }
}
