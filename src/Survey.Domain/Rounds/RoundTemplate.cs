namespace Survey.Domain.Rounds;

/// <summary>
/// A template file as it was copied into a round, with the hash of its content. Unique by round, kind and name; never changed once the round is open.
/// </summary>
public sealed class RoundTemplate
{
    public int Id { get; init; }
    public int RoundId { get; init; }

    /// <summary><c>plan</c>, <c>questionnaire</c>, <c>regions</c>, <c>network</c> or <c>report</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The file's name without folder and extension; for report texts the language.</summary>
    public required string Name { get; init; }

    public required string Content { get; init; }

    /// <summary>SHA-256 of the content's UTF-8 bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
}
