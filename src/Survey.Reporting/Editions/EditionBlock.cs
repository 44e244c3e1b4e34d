using System.Text.Json.Serialization;
using Survey.Reporting.Charts;

namespace Survey.Reporting.Editions;

/// <summary>
/// One piece of an edition. A closed family: a new kind must be set by the layout (<c>templates/report</c>) and by the web page.
/// Ids are unique within an edition and hold only a-z, 0-9 and hyphens: they become bookmarks and the web page's anchors.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ImprintBlock), "imprint")]
[JsonDerivedType(typeof(ContentsBlock), "contents")]
[JsonDerivedType(typeof(ChapterBlock), "chapter")]
[JsonDerivedType(typeof(HeadingBlock), "heading")]
[JsonDerivedType(typeof(ParagraphBlock), "paragraph")]
[JsonDerivedType(typeof(FindingBlock), "finding")]
[JsonDerivedType(typeof(ListBlock), "list")]
[JsonDerivedType(typeof(TagsBlock), "tags")]
[JsonDerivedType(typeof(TilesBlock), "tiles")]
[JsonDerivedType(typeof(ScorecardBlock), "scorecard")]
[JsonDerivedType(typeof(IndexBlock), "index")]
[JsonDerivedType(typeof(SummaryListBlock), "summaryList")]
[JsonDerivedType(typeof(FigureBlock), "figure")]
[JsonDerivedType(typeof(TableBlock), "table")]
[JsonDerivedType(typeof(HeatmapBlock), "heatmap")]
[JsonDerivedType(typeof(QuoteBlock), "quote")]
[JsonDerivedType(typeof(DefinitionsBlock), "definitions")]
[JsonDerivedType(typeof(NoteBlock), "note")]
[JsonDerivedType(typeof(ColumnsBlock), "columns")]
[JsonDerivedType(typeof(RichTextBlock), "richText")]
public abstract record EditionBlock
{
    private protected EditionBlock() { }
}

/// <summary>The page behind the cover: who publishes, licence, how to cite, funders, disclaimers. Stands before the contents.</summary>
public sealed record ImprintBlock(string Title, IReadOnlyList<string> Paragraphs, IReadOnlyList<Definition> Items, IReadOnlyList<EditionPicture> Logos) : EditionBlock;

/// <summary>The list of chapters with their pages; the layout fills it.</summary>
public sealed record ContentsBlock(string Title) : EditionBlock;

/// <summary>Opens a chapter on a new page, with a coloured opener. The kicker is the short line above the title, and its entry's first column in the contents.</summary>
/// <param name="Number">A large numeral (the point's number), or null.</param>
/// <param name="LeadTag">Which finding the lead says; null where it says none, and in versions from before this was kept.</param>
/// <param name="RunsOn">On paper it goes on below the chapter before it, for a chapter that would leave a page half empty; on the web it has its page as every other.</param>
public sealed record ChapterBlock(string Id, string Kicker, string Title, string? Lead, string? Number, ChapterTone Tone, FindingTag? LeadTag = null, bool RunsOn = false) : EditionBlock;

/// <summary>The opener's colour: the plan's chapters in primary, the regions' in accent.</summary>
public enum ChapterTone
{
    /// <summary>The primary colour.</summary>
    Primary,
    /// <summary>The accent colour.</summary>
    Accent,
}

/// <summary>A heading within a chapter; level 3 only below a level 2 of the same chapter, so that no level is left out.</summary>
public sealed record HeadingBlock(int Level, string Text, string Id) : EditionBlock;

/// <summary>Running text.</summary>
public sealed record ParagraphBlock(string Text) : EditionBlock;

/// <summary>A sentence that states a finding, with the numbers it rests on, each exactly as it stands in the sentence.</summary>
/// <param name="Direction">Sets a mark beside the sentence; null sets none.</param>
/// <param name="Id">Which finding this is, the same in every language and version; null in versions from before this was kept.</param>
public sealed record FindingBlock(string Text, IReadOnlyList<FindingNumber> Numbers, Direction? Direction, string? Id = null) : EditionBlock;

/// <summary>A number of a finding: what it is (<c>net</c>, <c>share</c>, <c>n</c>, <c>low</c>, <c>high</c>…), its value as printed, and its words as they stand in the text.</summary>
/// <param name="Cell">Where it stands in the cube (see <see cref="Findings.CubeCell"/>); null in versions from before this was kept.</param>
public sealed record FindingNumber(string Name, double Value, string Text, string? Cell = null);

/// <summary>Which finding a block's lead, title or sentence says: its id and its numbers, as a <see cref="FindingBlock"/> has them.</summary>
public sealed record FindingTag(string Id, IReadOnlyList<FindingNumber> Numbers);

/// <summary>A list of short texts.</summary>
public sealed record ListBlock(IReadOnlyList<string> Items) : EditionBlock;

/// <summary>A row of small tags after a label, such as a point's links to goals and objectives.</summary>
/// <param name="Addresses">The page that each item leads to; null where they lead nowhere.</param>
public sealed record TagsBlock(string Label, IReadOnlyList<string> Items, IReadOnlyList<string>? Addresses = null) : EditionBlock;

/// <summary>A point at a glance: its measures side by side, and what stands out in words below them.</summary>
public sealed record ScorecardBlock(string Id, IReadOnlyList<ScoreMeasure> Measures, IReadOnlyList<Definition> Facts) : EditionBlock;

/// <summary>One measure of a scorecard: its figure in large, what it measures, and its range, base and difference as pairs. A null figure may not be shown; <paramref name="Words"/> says so.</summary>
public sealed record ScoreMeasure(string Heading, string? Figure, Direction Direction, string Words, IReadOnlyList<Definition> Rows);

/// <summary>An index: entries in order, each with the chapters where it is dealt with; the layout adds their pages.</summary>
public sealed record IndexBlock(string Id, string Title, IReadOnlyList<IndexEntry> Entries) : EditionBlock;

/// <summary>An entry of an index, with the page outside that it leads to.</summary>
public sealed record IndexEntry(string Text, string? Address, IReadOnlyList<IndexPlace> Places);

/// <summary>A chapter that an entry points to.</summary>
public sealed record IndexPlace(string Label, string ChapterId);

/// <summary>Two to four large figures side by side.</summary>
public sealed record TilesBlock(IReadOnlyList<Tile> Items) : EditionBlock;

/// <summary>A large figure and what it counts.</summary>
public sealed record Tile(string Value, string Label);

/// <summary>The executive summary: one line for each point.</summary>
/// <param name="FigureHeading">Heads the headline figures.</param>
/// <param name="RangeHeading">Heads the ranges.</param>
/// <param name="BaseHeading">Heads the bases.</param>
public sealed record SummaryListBlock(
    string Id,
    string Title,
    string PointHeading,
    string FigureHeading,
    string RangeHeading,
    string BaseHeading,
    IReadOnlyList<MarkLabel> Legend,
    IReadOnlyList<SummaryPoint> Points,
    string? Note) : EditionBlock;

/// <summary>A point's headline: its sentence, its direction, and the figure with range and base. A null figure stays empty.</summary>
public sealed record SummaryPoint(
    string Number,
    string Title,
    string Sentence,
    Direction Direction,
    string? Figure,
    string? Range,
    string? Base,
    string? ChapterId,
    FindingTag? Tag = null);

/// <summary>A chart with its title (which states the finding), what it shows, a note on source and base, and the alternative text made from the same numbers.</summary>
/// <param name="TitleTag">Which finding the title says; null where it says none.</param>
/// <param name="Table">Where its numbers stand as a table, said behind the note; null where the table follows it.</param>
public sealed record FigureBlock(string Id, string Title, string? Subtitle, string? Note, string Alternative, Chart Chart, FindingTag? TitleTag = null, TableReference? Table = null) : EditionBlock;

/// <summary>The table with this id, and the words that point to it.</summary>
public sealed record TableReference(string Id, string Words);

/// <summary>A table. A long one crosses pages and repeats its header; a short one is kept on one page.</summary>
public sealed record TableBlock(
    string Id,
    string Title,
    string? Subtitle,
    IReadOnlyList<TableColumn> Columns,
    IReadOnlyList<TableRow> Rows,
    string? Note) : EditionBlock;

/// <summary>A column; weight is its share of the width against the other columns (0: as wide as its longest word needs).</summary>
public sealed record TableColumn(string Label, CellAlignment Alignment, double Weight);

/// <summary>Where a column's cells stand; numbers stand at the end.</summary>
public enum CellAlignment
{
    /// <summary>At the side where reading starts.</summary>
    Start,
    /// <summary>In the middle.</summary>
    Center,
    /// <summary>At the side where reading ends.</summary>
    End,
}

/// <summary>A row of as many cells as there are columns; a total is set apart.</summary>
public sealed record TableRow(IReadOnlyList<TableCell> Cells, bool IsTotal = false);

/// <summary>A cell's text; <paramref name="Bar"/> (0..100) also draws a bar beside it.</summary>
public sealed record TableCell(string Text, int? Bar = null);

/// <summary>Points against regions: each cell a printed figure on one of five classes, never colour alone.</summary>
/// <param name="RowHeading">Heads the column of points.</param>
/// <param name="ClassLabels">The five classes from -2 to +2 in words.</param>
/// <param name="MarkLegend">What the marks mean; shown below.</param>
/// <param name="SmallBaseLabel">What the hatch means; null where no cell is hatched.</param>
/// <param name="TitleTag">Which finding the title says; null where it says none.</param>
public sealed record HeatmapBlock(
    string Id,
    string Title,
    string? Subtitle,
    string RowHeading,
    IReadOnlyList<string> ColumnLabels,
    IReadOnlyList<HeatmapRow> Rows,
    IReadOnlyList<string> ClassLabels,
    IReadOnlyList<MarkLabel> MarkLegend,
    string? SmallBaseLabel,
    string? Note,
    FindingTag? TitleTag = null) : EditionBlock;

/// <summary>A point's row of cells, one for each column.</summary>
public sealed record HeatmapRow(string Number, string Label, IReadOnlyList<HeatmapCell> Cells);

/// <summary>A figure and its class (-2..2); a null class is a cell that may not be shown, whose text says so briefly ("–").</summary>
public sealed record HeatmapCell(string Text, int? Class, Direction Direction, bool IsSmallBase);

/// <summary>A member's own words, in the language they were written in.</summary>
/// <param name="TranslationNote">Says that the words are a translation, and from what; null for the original.</param>
public sealed record QuoteBlock(string Text, string Language, string Attribution, string? TranslationNote) : EditionBlock;

/// <summary>Terms and what is said about each: the items of the methods annex.</summary>
public sealed record DefinitionsBlock(IReadOnlyList<Definition> Items) : EditionBlock;

/// <summary>A term and its text.</summary>
public sealed record Definition(string Term, string Text);

/// <summary>Small print.</summary>
public sealed record NoteBlock(string Text) : EditionBlock;

/// <summary>Two groups of blocks side by side (read the first group first); figures in it are drawn at half width. Holds no chapter, contents or columns.</summary>
public sealed record ColumnsBlock(IReadOnlyList<EditionBlock> First, IReadOnlyList<EditionBlock> Second) : EditionBlock;

/// <summary>Words of the office, read from its Markdown: never markup, only these parts. Headings in it have <paramref name="HeadingLevel"/>.</summary>
public sealed record RichTextBlock(int HeadingLevel, IReadOnlyList<RichPart> Parts) : EditionBlock;

/// <summary>A paragraph, a heading (each one line) or a list (a line an item); <paramref name="Id"/> of a heading only.</summary>
public sealed record RichPart(RichPartKind Kind, IReadOnlyList<RichLine> Lines, string? Id);

/// <summary>What a part of a text is.</summary>
public enum RichPartKind
{
    /// <summary>Running text.</summary>
    Paragraph,
    /// <summary>A heading.</summary>
    Heading,
    /// <summary>A list with dots.</summary>
    List,
    /// <summary>A list with numbers.</summary>
    Numbers,
}

/// <summary>A line of words that may look differently.</summary>
public sealed record RichLine(IReadOnlyList<RichSpan> Spans);

/// <summary>Words of one look; a line feed alone breaks the line. A link leads to an http, https or mailto address.</summary>
public sealed record RichSpan(string Text, bool IsEmphasis = false, bool IsStrong = false, string? Link = null);
