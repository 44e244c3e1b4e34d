using Survey.Reporting.Charts;
using Survey.Reporting.Editions;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Editions;

/// <summary>Every figure has its numbers as a table: right behind it, or in a table that it names by the number which that table has.</summary>
public sealed class FigureTablesTests
{
    [Test]
    public void Every_figure_has_its_table([Values("whole", "first-round", "one-region", "many-points")] string network, [ValueSource(typeof(EditionFixture), nameof(EditionFixture.Languages))] string language)
    {
        var content = EditionFixture.Content(OddNetworks.Of(network), language);
        var blocks = BlockTexts.Flat(content);
        var numbers = new EditionNumbers(content);
        var without = new List<string>();
        foreach (var (index, block) in blocks.Index())
        {
            if (block is not FigureBlock figure)
                continue;
            var follows = index + 1 < blocks.Count && blocks[index + 1] is TableBlock;
            if (figure.Table is null && !follows)
                without.Add(figure.Id);
            if (figure.Table is { } table)
                Assert.That(table.Words, Does.Contain(numbers.Of(table.Id)!), figure.Id);
        }

        Assert.That(without, Is.Empty);
        Assert.That(blocks.OfType<FigureBlock>().Where(f => f.Table is not null).Select(f => f.Table!.Id), Is.SubsetOf(blocks.OfType<TableBlock>().Select(t => t.Id)));
    }

    [Test]
    public void Trends_print_how_many_answers_they_rest_on()
    {
        var input = EditionFixture.Whole();
        var content = EditionFixture.Content(input, "en");
        var point = input.Cube.Points[0];
        var trend = point.Rating("state")!.Trend("world")!;
        var regions = point.Rating("state")!.Trends.Where(t => t.Region != "world" && t.Points.Count > 1).SelectMany(t => t.Points.Select(p => p.ValidN)).ToList();
        var figure = BlockTexts.Flat(content).OfType<FigureBlock>().Single(f => f.Id == $"point-{point.Point}--state-trend");
        Assert.That(figure.Note, Does.Contain($"2024: {trend.Points[0].ValidN}, 2025: {trend.Points[1].ValidN} and 2026: {trend.Points[2].ValidN}").And.Contain($"{regions.Min()} to {regions.Max()}"));
        Assert.That(BlockTexts.Flat(content).OfType<FigureBlock>().Where(f => f.Chart is TrendChart { Panels.Count: > 1 }).Select(f => f.Note), Has.All.Contains("Answers"));
    }
}
