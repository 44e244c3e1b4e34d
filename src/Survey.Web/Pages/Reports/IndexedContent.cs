using Survey.Reporting.Editions;

namespace Survey.Web.Pages.Reports;

/// <summary>What is where in a content: its chapters and figures in order, and the ids of all that stands within chapters.</summary>
public sealed record IndexedContent(IReadOnlyList<string> Chapters, IReadOnlyList<string> Figures, IReadOnlySet<string> Anchors, EditionHeadline? Headline)
{
    /// <summary>The index of a content's pages.</summary>
    public static IndexedContent Of(EditionPages pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        return new([.. pages.Pages.Select(p => p.Chapter.Id)], [.. pages.Figures.Select(f => f.Id)], pages.Pages.SelectMany(EditionPages.AnchorsOf).ToHashSet(StringComparer.Ordinal), pages.Headline);
    }

    /// <summary>The addresses of all pages below the language's own, which is the first.</summary>
    public IEnumerable<string> Pages => Chapters.Select(c => "/" + c).Concat(Figures.Select(f => $"/{EditionModel.Figures}{f}")).Prepend("");

    /// <summary>Whether there is a page at this address below the language's own.</summary>
    public bool Has(string page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return Pages.Contains(page, StringComparer.Ordinal);
    }
}
