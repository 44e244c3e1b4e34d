namespace Survey.Domain.Responses;

/// <summary>
/// A counted answer: part of the last submitted version of a response that is not set aside, and of nothing else, so that the tally is
/// one pass over this table without a join. Round and region are repeated here for that reason. Where several choices may be given,
/// the slot empty holds <see cref="Answered"/>: the base of their shares.
/// </summary>
public sealed class Answer
{
    /// <summary>Stands in <see cref="Choice"/> of slot empty for a question with several choices that was answered at all.</summary>
    public const string Answered = "answered";

    /// <summary>The length of <see cref="TextStart"/> in code points.</summary>
    public const int StartLength = 80;

    private readonly string? text;

    public long ResponseId { get; init; }
    public required string Point { get; init; }
    public required string Question { get; init; }
    public required string Slot { get; init; }
    public int RoundId { get; init; }

    /// <summary>The invitation's region slug.</summary>
    public required string Region { get; init; }

    /// <summary>Choice, point or country code; empty for numbers and texts, which are not tallied.</summary>
    public required string Choice { get; init; }

    public double? Number { get; init; }

    public string? Text
    {
        get => text;
        init => (text, TextStart) = (value, value is null ? null : StartOf(value));
    }

    /// <summary>How the text begins (<see cref="StartOf"/>): short enough for an index, by which the same words in two responses are found. Null without a text.</summary>
    public string? TextStart { get; private init; }

    /// <summary>The first code points of a text, all of a shorter one.</summary>
    public static string StartOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.EnumerateRunes().Take(StartLength));
    }
}
