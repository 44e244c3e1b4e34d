namespace Survey.Reporting.Editions;

/// <summary>
/// A member's answers of one submission, in one language, as plain data for the layout: every word is formatted already, and no text is ever markup.
/// It is for the member's own files; nothing of it is published.
/// </summary>
/// <param name="Date">The day of sending: the document's date, so that the same answers give the same bytes.</param>
/// <param name="PageLine">How a page is numbered, with <c>{n}</c> and <c>{total}</c>.</param>
/// <param name="FootLine">What names the document on every page.</param>
/// <param name="SampleNotice">Printed on every page when set.</param>
public sealed record CopyContent(
    string Language,
    TextDirection Direction,
    string Title,
    string Subtitle,
    string Publisher,
    DateOnly Date,
    string PageLine,
    string FootLine,
    string? SampleNotice,
    EditionLook Look,
    EditionPicture? Logo,
    IReadOnlyList<Definition> Facts,
    string Note,
    IReadOnlyList<CopyPart> Parts);

/// <summary>A part of the survey with what was asked in it.</summary>
public sealed record CopyPart(string Number, string Title, IReadOnlyList<CopyAnswer> Answers);

/// <summary>
/// A question as it was asked, and the answer: one <paramref name="Lines"/> for a choice or a number, one each for several choices
/// (<paramref name="IsList"/>), the paragraphs of a text (<paramref name="IsText"/>), none where nothing was answered.
/// </summary>
/// <param name="Direction">Which way the answer's own words are read.</param>
public sealed record CopyAnswer(string Question, IReadOnlyList<string> Lines, bool IsList, bool IsText, TextDirection Direction, string Nothing)
{
    /// <summary>What stands in the place of an answer where the document is to be filled in by hand; null in a copy of answers.</summary>
    public BlankAnswer? Blank { get; init; }
}

/// <summary>
/// The empty place for an answer: <paramref name="Hints"/> above it, boxes before <paramref name="Options"/> (round ones where <paramref name="IsOne"/> may be ticked),
/// and <paramref name="Room"/> ruled lines.
/// </summary>
public sealed record BlankAnswer(IReadOnlyList<string> Hints, IReadOnlyList<string> Options, bool IsOne, int Room);
