using Survey.Testing;

namespace Survey.IntegrationTests.Typesetting;

/// <summary>How the pages of a report are filled: from the running head down to the foot, in the measures of templates/report/style.typ.</summary>
internal static class PrintedPages
{
    private const double PageHeight = 841.9, HeadRoom = 70.9, FootRoom = 62.4;

    // A heading's words; running text and findings stand in lines of at most 15 points.
    private const double HeadingHeight = 16;

    // Cover, imprint and contents.
    private const int Front = 3;

    /// <summary>Which part of the text area lies above the last line, for each page behind the front but the last of all.</summary>
    public static IReadOnlyList<(int Page, double Fill)> OfAll(PdfFile pdf)
    {
        var pages = pdf.Boxes();
        return [.. Enumerable.Range(Front, pages.Count - Front - 1).Select(i => (i + 1, FillOf(pages[i])))];
    }

    /// <summary>The same for each page after which its chapter goes on.</summary>
    public static IReadOnlyList<(int Page, double Fill)> OfChaptersThatGoOn(PdfFile pdf)
    {
        var pages = pdf.Boxes();
        return [.. Enumerable.Range(Front, pages.Count - Front - 1).Where(i => HasRunningHead(pages[i + 1]))
            .Select(i => (i + 1, FillOf(pages[i])))];
    }

    /// <summary>Pages whose last line is a heading.</summary>
    public static IReadOnlyList<int> ThatEndInAHeading(PdfFile pdf) =>
        [.. pdf.Boxes().Select((page, i) => (Number: i + 1, Last: LastLine(page))).Where(p => p.Number > Front && p.Last.Count > 0 && p.Last.All(w => w.Height > HeadingHeight)).Select(p => p.Number)];

    /// <summary>How many pages each chapter takes, in order, with those that run on below it: a chapter's first page has no running head.</summary>
    public static IReadOnlyList<int> OfChapters(PdfFile pdf)
    {
        var counts = new List<int>();
        foreach (var page in pdf.Boxes().Skip(Front))
        {
            if (HasRunningHead(page) && counts.Count > 0)
            {
                counts[^1]++;
            }
            else
            {
                counts.Add(1);
            }
        }

        return counts;
    }

    private static double FillOf(IReadOnlyList<PdfWord> page) => Body(page) is { Count: > 0 } body ? (body.Max(w => w.Bottom) - HeadRoom) / (PageHeight - HeadRoom - FootRoom) : 0;

    private static bool HasRunningHead(IReadOnlyList<PdfWord> page) => page.Any(w => w.Bottom < HeadRoom - 3);

    private static List<PdfWord> Body(IReadOnlyList<PdfWord> page) => [.. page.Where(w => w.Top > HeadRoom - 3 && w.Bottom < PageHeight - FootRoom + 8)];

    private static List<PdfWord> LastLine(IReadOnlyList<PdfWord> page)
    {
        var body = Body(page);
        return body.Count == 0 ? [] : body.FindAll(w => w.Bottom > body.Max(b => b.Bottom) - 4);
    }
}
