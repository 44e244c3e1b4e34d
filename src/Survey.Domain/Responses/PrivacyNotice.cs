namespace Survey.Domain.Responses;

/// <summary>
/// A privacy notice as members were shown it, kept for ever. A version is a name such as <c>2026-11</c>; the same version never has two texts in one language:
/// a file that was changed under a version already shown stops the start.
/// </summary>
public sealed class PrivacyNotice
{
    public required string Version { get; init; }
    public required string Language { get; init; }

    /// <summary>The notice in Markdown with its places filled in.</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of the file that it was made from, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public DateTime FirstShownAt { get; init; }
}
