namespace Survey.Reporting.Editions;

/// <summary>
/// An edition's content as pages of a site: what stands before the first chapter, then a page for each chapter, in the content's order. Nothing is left out and nothing stands twice,
/// so all pages together have the words, numbers and headings of the PDF. A page is called by its chapter's id, which is the same in every language that has the chapter.
/// </summary>
/// <param name="Front">What stands before the first chapter: imprint and contents.</param>
/// <param name="Pages">The chapters.</param>
public sealed record EditionPages(IReadOnlyList<EditionBlock> Front, IReadOnlyList<EditionPage> Pages)
{
    /// <summary>The pages of a content.</summary>
    public static EditionPages Of(EditionContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var front = content.Blocks.TakeWhile(b => b is not ChapterBlock).ToList();
        var pages = new List<EditionPage>();
        List<EditionBlock> blocks = [];
        foreach (var block in content.Blocks.Skip(front.Count))
        {
            if (block is ChapterBlock chapter)
            {
                blocks = [];
                pages.Add(new EditionPage(chapter, blocks));
            }
            else
            {
                blocks.Add(block);
            }
        }

        return new EditionPages(front, pages);
    }

    /// <summary>The page with this id, or null.</summary>
    public EditionPage? Page(string id) => Pages.FirstOrDefault(p => p.Chapter.Id == id);

    /// <summary>The page on which something with this id stands (a heading, a figure, a table), or null.</summary>
    public EditionPage? PageWith(string anchor) => Pages.FirstOrDefault(p => AnchorsOf(p).Contains(anchor));

    /// <summary>The ids of all that stands on a page below its chapter's heading.</summary>
    public static IEnumerable<string> AnchorsOf(EditionPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Blocks.SelectMany(Inner).SelectMany(IdsOf);
    }

    /// <summary>The figures that have pages and files of their own, in order: charts and heatmaps.</summary>
    public IEnumerable<EditionFigure> Figures => Pages.SelectMany(p => p.Blocks).SelectMany(Inner).Select(EditionFigure.Of).OfType<EditionFigure>();

    /// <summary>The pages before and after one; null at the ends.</summary>
    public (EditionPage? Before, EditionPage? After) Beside(EditionPage page)
    {
        var at = Pages.Index().First(p => ReferenceEquals(p.Item, page)).Index;
        return (at > 0 ? Pages[at - 1] : null, at + 1 < Pages.Count ? Pages[at + 1] : null);
    }

    /// <summary>
    /// What is said of the edition in one sentence: the first point of its summary whose sentence points somewhere, with the point's name; else its first finding. Null in an edition
    /// without any.
    /// </summary>
    public EditionHeadline? Headline
    {
        get
        {
            var points = Summary?.Points ?? [];
            var finding = Pages.SelectMany(p => p.Blocks).SelectMany(Inner).OfType<FindingBlock>().FirstOrDefault();
            return points.FirstOrDefault(p => p.Direction is Charts.Direction.Forward or Charts.Direction.Back) is { } point ? new(point.Title, point.Sentence, point)
                : finding is not null ? new(null, finding.Text) : points is [var first, ..] ? new(first.Title, first.Sentence, first) : null;
        }
    }

    /// <summary>The executive summary's list of points, or null.</summary>
    public SummaryListBlock? Summary => Pages.SelectMany(p => p.Blocks).OfType<SummaryListBlock>().FirstOrDefault();

    /// <summary>A block and those that stand side by side in it.</summary>
    public static IEnumerable<EditionBlock> Inner(EditionBlock block) => block is ColumnsBlock columns ? columns.First.Concat(columns.Second) : [block];

    private static IEnumerable<string> IdsOf(EditionBlock block) => block switch
    {
        HeadingBlock heading => [heading.Id],
        FigureBlock figure => [figure.Id],
        TableBlock table => [table.Id],
        HeatmapBlock heatmap => [heatmap.Id],
        SummaryListBlock summary => [summary.Id],
        ScorecardBlock scorecard => [scorecard.Id],
        IndexBlock index => [index.Id],
        RichTextBlock rich => rich.Parts.Where(p => p.Kind is RichPartKind.Heading).Select(p => p.Id).OfType<string>(),
        _ => [],
    };
}

/// <summary>A chapter and what stands in it.</summary>
public sealed record EditionPage(ChapterBlock Chapter, IReadOnlyList<EditionBlock> Blocks);

/// <summary>A figure that has a page and files of its own.</summary>
public sealed record EditionFigure(string Id, string Title)
{
    /// <summary>The block as a figure, or null where it is none.</summary>
    public static EditionFigure? Of(EditionBlock block) => block switch
    {
        FigureBlock figure => new(figure.Id, figure.Title),
        HeatmapBlock heatmap => new(heatmap.Id, heatmap.Title),
        _ => null,
    };
}

/// <summary>A sentence and the point that it is about; null where it speaks of all.</summary>
/// <param name="Of">The point's line in the summary, where the sentence stands there.</param>
public sealed record EditionHeadline(string? Point, string Sentence, SummaryPoint? Of = null);
