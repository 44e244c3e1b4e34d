using Survey.IntegrationTests.EndToEnd;
using Survey.Reporting.Editions;
using Survey.Reporting.Typesetting;
using Survey.Testing;
using Survey.Testing.Editions;

namespace Survey.IntegrationTests.Typesetting;

/// <summary>
/// The report of every odd network is set whole and without a warning: a short one in every language, the others in one of each direction. What its sentences say is approved among the unit tests, in every language.
/// </summary>
public sealed class OddNetworksTests
{
    private static readonly Typesetter Typesetter = new(new TypesettingOptions());

    private static IEnumerable<string> Networks => OddNetworks.All.Where(n => n != "whole"); // that one is set by the tests from end to end

    [TestCaseSource(nameof(Networks))]
    public async Task Report_of_an_odd_network_is_whole(string network)
    {
        using var folder = new TestFolder();
        var input = OddNetworks.Of(network);
        var contents = LanguagesOf(network).Select(l => EditionFixture.Content(input, l)).ToList();
        var files = await Typesetter.SetAsync(contents);
        Assert.That(files.Where(f => f.Kind is TypesetFileKind.Pdf).Select(f => f.Language), Is.EqualTo(LanguagesOf(network)));
        foreach (var (file, content) in files.Where(f => f.Kind is TypesetFileKind.Pdf).Zip(contents))
        {
            var path = folder.File($"{file.Language}.pdf");
            await File.WriteAllBytesAsync(path, file.Bytes);
            var pdf = PdfFile.Read(path);
            var pages = pdf.Boxes();
            Assert.Multiple(() =>
            {
                Assert.That(pdf.Bookmarks.Select(PrintedNumbers.Solid), Is.EqualTo(Headings(content.Blocks).Select(PrintedNumbers.Solid)), file.Language);
                Assert.That(pages.Where(p => p.Count == 0), Is.Empty, $"pages without a word, {file.Language}");
                Assert.That(pages.SelectMany(p => p).Where(w => w.Left < -1 || w.Right > PageWidth + 1 || w.Bottom > PageHeight + 1).Select(w => w.Text), Is.Empty, $"words beyond the paper, {file.Language}");
                // A chart whose rows have names of 200 characters needs a page of its own, behind that of the chapter's title.
                Assert.That(PrintedPages.ThatEndInAHeading(pdf), Has.Count.AtMost(network == "long-names" ? 1 : 0), $"pages that end in a heading, {file.Language}");
                Assert.That(pdf.ElementsOf("/Figure"), Has.Count.AtLeast(content.Blocks.SelectMany(EditionPages.Inner).OfType<FigureBlock>().Count()));
                Assert.That(pdf.ElementsOf("/Figure").Select(f => pdf.Words(f, "/Alt")), Has.All.Not.Null.And.All.Not.Empty);
            });
        }
    }

    private static IReadOnlyList<string> LanguagesOf(string network) => network is "nobody" or "one-organisation" or "dont-know" ? EditionFixture.Languages : ["en", "ar"];

    private const double PageWidth = 595.3, PageHeight = 841.9;

    private static IEnumerable<string> Headings(IEnumerable<EditionBlock> blocks) => blocks.SelectMany(b => b switch
    {
        ChapterBlock c => (IEnumerable<string>)[c.Title],
        HeadingBlock h => [h.Text],
        IndexBlock i => [i.Title],
        ColumnsBlock columns => Headings(columns.First).Concat(Headings(columns.Second)),
        _ => Enumerable.Empty<string>(),
    });
}
