using Survey.Reporting.Editions;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Editions;

public sealed class EditionPagesTests
{
    [TestCaseSource(typeof(EditionFixture), nameof(EditionFixture.Languages))]
    public void Pages_hold_all_blocks_once_and_in_their_order(string language)
    {
        var content = ContentBuilder.ContentOf(EditionFixture.Whole(), EditionFixture.Texts[language]).Value!;
        var pages = EditionPages.Of(content);
        Assert.That(pages.Front.Concat(pages.Pages.SelectMany(p => p.Blocks.Prepend(p.Chapter))), Is.EqualTo(content.Blocks));
        Assert.That(pages.Front.Select(b => b.GetType()), Is.EqualTo(new[] { typeof(ImprintBlock), typeof(ContentsBlock) }));
        Assert.That(pages.Pages.Select(p => p.Chapter.Id), Is.Unique);
    }

    [Test]
    public void Something_within_a_chapter_is_found_there_also_in_a_column()
    {
        var pages = EditionPages.Of(SampleEdition.In("en"));
        Assert.Multiple(() =>
        {
            Assert.That(pages.PageWith("point-1-actions-bars")!.Chapter.Id, Is.EqualTo("point-1"));
            Assert.That(pages.PageWith("heatmap")!.Chapter.Id, Is.EqualTo("glance"));
            Assert.That(pages.PageWith("nowhere"), Is.Null);
            Assert.That(pages.Beside(pages.Pages[0]).Before, Is.Null);
            Assert.That(pages.Beside(pages.Page("point-1")!).After!.Chapter.Id, Is.EqualTo("point-2"));
        });
    }

    [Test]
    public void The_headline_is_a_point_that_moved_with_its_name()
    {
        var pages = EditionPages.Of(SampleEdition.In("en"));
        var point = pages.Summary!.Points.First(p => p.Direction is Reporting.Charts.Direction.Forward or Reporting.Charts.Direction.Back);
        Assert.That(pages.Headline, Is.EqualTo(new EditionHeadline(point.Title, point.Sentence, point)));
    }

    [Test]
    public void Figures_and_tables_are_counted_each_by_themselves_in_columns_too()
    {
        var numbers = new EditionNumbers(SampleEdition.In("en"));
        Assert.Multiple(() =>
        {
            Assert.That(numbers.Of("summary-table"), Is.EqualTo("Table 1"));
            Assert.That(numbers.Of("heatmap"), Is.EqualTo("Table 2"));
            Assert.That(numbers.Of("region-map"), Is.EqualTo("Figure 1"));
            Assert.That(numbers.Of("response-rate"), Is.EqualTo("Figure 2"));
            Assert.That(numbers.Of("glance-dots"), Is.EqualTo("Figure 3"));
            Assert.That(numbers.Of("point-1-actions-bars"), Is.EqualTo("Figure 8"));
            Assert.That(numbers.Of("point-1-barriers-bars"), Is.EqualTo("Figure 9"));
            Assert.That(numbers.Of("who-answered"), Is.Null);
        });
    }
}
