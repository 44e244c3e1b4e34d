namespace Survey.Domain.Translations;

/// <summary>
/// That a native reader has read the words of a language, as the office recorded it: one per language, the last one. The imprint prints the name with the day; what the
/// words were then is kept as their hash, so that the office sees whether they have changed since.
/// </summary>
public sealed class TranslationReview
{
    /// <summary>The longest name of a person or an organisation, in code points.</summary>
    public const int LongestName = 200;

    public required string Language { get; init; }

    /// <summary>Who read it, as the imprint prints it.</summary>
    public required string Name { get; init; }

    /// <summary>Where the reader works; null where the imprint names the person alone.</summary>
    public string? Organisation { get; init; }

    /// <summary><see cref="ReviewSheet.Hash"/> of the words that were read.</summary>
    public required string WordsHash { get; init; }

    /// <summary>When it was recorded.</summary>
    public DateTime At { get; init; }

    /// <summary>The day on which the reader was done, as the office gave it; null in records from before it was asked.</summary>
    public DateOnly? ReviewedOn { get; init; }

    /// <summary>The day that is printed.</summary>
    public DateOnly Day => ReviewedOn ?? DateOnly.FromDateTime(At);

    /// <summary>Which account recorded it.</summary>
    public required string By { get; init; }
}
