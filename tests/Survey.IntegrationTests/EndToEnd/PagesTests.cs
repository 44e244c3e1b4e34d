using Survey.IntegrationTests.Typesetting;
using Survey.Testing;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>The pages of a report that was made by the whole line: filled, and none ending in a heading.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class PagesTests(DatabaseKind kind)
{
    // Summary, who answered, the plan at a glance.
    private const int BeforePoints = 3;

    private const int Points = 8;

    // In the longer languages the odd point's quotes need a page of their own.
    private const int FewHalfEmpty = 2;

    private NetworkRun run = null!;

    [OneTimeSetUp]
    public async Task MakeAsync() => run = await NetworkRun.OnAsync(kind);

    [TestCaseSource(typeof(NetworkRun), nameof(NetworkRun.Languages))]
    public void Pages_are_filled_and_none_ends_in_a_heading(string language)
    {
        var pdf = PdfFile.Read(run.Pdf("2026", language));
        var pages = PrintedPages.OfChaptersThatGoOn(pdf);
        Assert.Multiple(() =>
        {
            Assert.That(pages.Where(p => p.Fill < 0.5), Is.Empty);
            Assert.That(pages.Average(p => p.Fill), Is.GreaterThan(0.8));
            Assert.That(PrintedPages.ThatEndInAHeading(pdf), Is.Empty);
            Assert.That(PrintedPages.OfAll(pdf).Where(p => p.Fill < 0.5).ToList(), Has.Count.AtMost(FewHalfEmpty), "the last pages of chapters among them");
            Assert.That(PrintedPages.OfChapters(pdf).Skip(BeforePoints).Take(Points), Has.None.GreaterThan(4));
            Assert.That(PrintedPages.OfChapters(pdf).Skip(BeforePoints).Take(Points).Sum(), Is.AtMost((3 * Points) + FewHalfEmpty), "a point takes three pages");
            Assert.That(PrintedPages.OfChapters(pdf)[0], Is.EqualTo(1), "the executive summary comes first and stands on one page");
        });
    }
}
