using Survey.Reporting.Charts;
using Survey.Reporting.Editions;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Editions;

public sealed class EditionPicturesTests
{
    [TestCaseSource(typeof(EditionFixture), nameof(EditionFixture.Languages))]
    public void Every_figure_has_one_picture_with_its_number_chapter_source_and_licence_and_the_headline_comes_last(string language)
    {
        var content = ContentBuilder.ContentOf(EditionFixture.Whole(), EditionFixture.Texts[language]).Value!;
        var (pages, numbers) = (EditionPages.Of(content), new EditionNumbers(content));
        var pictures = EditionPictures.Of(content, "CC BY 4.0");
        var figures = pictures.OfType<FigurePicture>().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(figures.Select(f => f.Id), Is.EqualTo(pages.Figures.Select(f => f.Id)).And.Unique);
            Assert.That(figures.Select(f => f.Name), Is.EqualTo(pages.Figures.Select(f => $"figures/{f.Id}.png")));
            Assert.That(figures.Select(f => f.Label), Is.EqualTo(pages.Figures.Select(f => numbers.Of(f.Id))));
            Assert.That(figures.Select(f => f.Chapter), Is.EqualTo(pages.Figures.Select(f => pages.PageWith(f.Id)!.Chapter.Title)));
            Assert.That(figures.Select(f => f.Source), Has.All.Contain(content.Publisher).And.All.Contain(content.Title).And.All.Contain(content.EditionLine));
            Assert.That(figures.Select(f => f.Licence), Has.All.EqualTo("CC BY 4.0"));
            Assert.That(pictures.OfType<HeadlinePicture>(), Is.EqualTo(new[] { pictures[^1] }));
        });
    }

    [Test]
    public void The_headline_is_that_of_the_entry_page_with_the_figure_that_the_summary_gives_it()
    {
        var content = SampleEdition.In("en");
        var summary = EditionPages.Of(content).Summary!;
        var point = summary.Points.First(p => p.Direction is Direction.Forward or Direction.Back);
        var headline = (HeadlinePicture)EditionPictures.Of(content, "CC BY 4.0")[^1];
        Assert.Multiple(() =>
        {
            Assert.That((headline.Point, headline.Sentence, headline.Figure, headline.Direction, headline.Measure), Is.EqualTo((point.Title, point.Sentence, point.Figure, (Direction?)point.Direction, summary.FigureHeading)));
            Assert.That(headline.Facts, Is.EqualTo(new[] { new Definition(summary.RangeHeading, point.Range!), new Definition(summary.BaseHeading, point.Base!) }));
        });
    }

    [Test]
    public void A_figure_that_may_not_be_shown_stands_in_no_picture()
    {
        var content = SampleEdition.In("en");
        var summary = EditionPages.Of(content).Summary!;
        var hidden = content with { Blocks = [.. content.Blocks.Select(b => b == summary ? summary with { Points = [.. summary.Points.Select(p => p with { Figure = null })] } : b)] };
        var headline = (HeadlinePicture)EditionPictures.Of(hidden, "CC BY 4.0")[^1];
        Assert.That((headline.Figure, headline.Measure, headline.Facts.Count), Is.EqualTo(((string?)null, (string?)null, 0)));
    }

    [Test]
    public void An_edition_without_findings_is_shared_by_its_subtitle()
    {
        var content = SampleEdition.In("fr") with { Blocks = [] };
        Assert.That(EditionPictures.Of(content, ""), Has.Count.EqualTo(1));
        Assert.That(((HeadlinePicture)EditionPictures.Of(content, "")[0]).Sentence, Is.EqualTo(content.Subtitle));
    }
}
