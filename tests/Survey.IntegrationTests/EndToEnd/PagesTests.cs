using Survey.IntegrationTests.Typesetting;
using Survey.Testing;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>The pages of a report that was made by the whole line: filled, and none ending in a heading.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class PagesTests(DatabaseKind kind)
{
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
            Assert.That(PrintedPages.OfChapters(pdf)[0], Is.EqualTo(1), "the executive summary comes first and stands on one page");
        });
    }
}
