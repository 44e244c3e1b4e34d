namespace Survey.Reporting.Editions;

/// <summary>
/// An edition in one language as plain data: everything that is shown, in order, every word and number already formatted.
/// PDF and web page are set from the same content. All texts are plain strings: nothing in them is ever markup, so a member's words stay as typed.
/// </summary>
/// <param name="Language">Language code such as <c>fr</c>; the document's language and that of hyphenation.</param>
/// <param name="EditionLine">What names the edition on cover and running foot ("Edition 2026, version 1").</param>
/// <param name="Date">The document's date (not the machine's): part of the file's bytes.</param>
/// <param name="SampleNotice">Printed on the cover and on every page when set.</param>
/// <param name="PointCount">Rings of the cover: the points of the plan.</param>
/// <param name="RegionCount">Dots of the cover: the regions.</param>
/// <param name="IsUnreviewed">Whether the imprint calls this translation not reviewed; null in versions from before this was kept.</param>
public sealed record EditionContent(
    string Language,
    TextDirection Direction,
    string Title,
    string Subtitle,
    string EditionLine,
    string Publisher,
    DateOnly Date,
    string? SampleNotice,
    EditionLabels Labels,
    EditionLook Look,
    EditionPicture? Logo,
    int PointCount,
    int RegionCount,
    IReadOnlyList<EditionBlock> Blocks,
    bool? IsUnreviewed = null);

/// <summary>Which way the language is read.</summary>
public enum TextDirection
{
    /// <summary>Left to right.</summary>
    LeftToRight,
    /// <summary>Right to left.</summary>
    RightToLeft,
}

/// <summary>The words the layout itself needs.</summary>
/// <param name="PercentPattern">How a share is written on an axis, with <c>{0}</c> for the number ("{0} %").</param>
public sealed record EditionLabels(
    string Figure,
    string Table,
    string Source,
    string PercentPattern);

/// <summary>Colours as <c>#RRGGBB</c>: primary and accent carry white text, highlight is decoration on primary.</summary>
public sealed record EditionLook(string Primary, string Accent, string Highlight);

/// <summary>A picture's bytes (PNG, JPEG or SVG) with its alternative text.</summary>
/// <param name="MediaType"><c>image/png</c>, <c>image/jpeg</c> or <c>image/svg+xml</c>.</param>
public sealed record EditionPicture(string MediaType, byte[] Bytes, string Alternative);
