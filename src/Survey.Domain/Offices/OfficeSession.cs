namespace Survey.Domain.Offices;

/// <summary>
/// One browser in which an office account is signed in. The row is the truth: the cookie only names it, and one that has ended opens nothing, on whichever process.
/// Deleted a month after it was last seen.
/// </summary>
public sealed class OfficeSession
{
    /// <summary>128 bits, hexadecimal: random, or of the hash of what a passkey was asked, which is random too and so opens one session only.</summary>
    public required string Id { get; init; }

    public required string AccountId { get; init; }
    public DateTime CreatedAt { get; init; }

    /// <summary>The last request (UTC), within some minutes.</summary>
    public DateTime SeenAt { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>The browser's family and system as it calls itself, for the person to know it again; no version, no address.</summary>
    public required string Browser { get; init; }
}
