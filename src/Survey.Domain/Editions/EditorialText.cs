namespace Survey.Domain.Editions;

/// <summary>
/// Words that the office writes for a round's report, in one language and in Markdown: never numbers of its own, and never put in the place of a finding. The next draft prints
/// them; published versions keep what they printed. One a round, kind, subject and language.
/// </summary>
public sealed class EditorialText
{
    /// <summary>The longest text, in code points.</summary>
    public const int Longest = 20_000;

    /// <summary>The longest name or role of who signs, in code points.</summary>
    public const int LongestName = 200;

    public int RoundId { get; init; }
    public EditorialKind Kind { get; init; }

    /// <summary>The slug of the point or region that it is about; empty for the others.</summary>
    public string Subject { get; init; } = "";

    public required string Language { get; init; }
    public required string Text { get; set; }

    /// <summary>Who signs a foreword, and as what; empty elsewhere.</summary>
    public string SignedBy { get; set; } = "";

    public string SignedAs { get; set; } = "";

    /// <summary>Whether it named an organisation that was erased: it is printed no more until somebody has saved it again.</summary>
    public bool NamesErased { get; set; }

    /// <summary>Grows by one with every change; a change that names an older one is refused.</summary>
    public int Version { get; set; }

    /// <summary>Who of the office changed it last, by id.</summary>
    public required string ChangedBy { get; set; }

    public DateTime ChangedAt { get; set; }
}

/// <summary>What a text of the office is for.</summary>
public enum EditorialKind { Foreword, Point, Region, Acknowledgements }
