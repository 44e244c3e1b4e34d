using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Survey.Domain.Responses;

namespace Survey.Domain.Invitations;

/// <summary>
/// A personal link: 128 random bits, stored only as a hash, belonging to one invitation and normally to one contact.
/// Can be revoked; a revoked link opens nothing.
/// </summary>
public sealed class PersonalLink
{
    public int Id { get; init; }
    public int InvitationId { get; init; }
    public Invitation? Invitation { get; init; }
    public int? ContactId { get; init; }

    /// <summary>SHA-256 of the token's text, lower-case hexadecimal. 128 random bits need no salt or stretching.</summary>
    public required string TokenHash { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>How answers sent over it came in, where the office fills in for the member; null for a member's own link.</summary>
    public ResponseMode? Mode { get; init; }

    public DateTime? RevokedAt { get; set; }

    /// <summary>How long a link by which the office fills in for a member opens the survey: a working day.</summary>
    public static readonly TimeSpan FillInTime = TimeSpan.FromHours(12);

    /// <summary>A fresh token (22 URL-safe characters), shown once and never stored.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The hash under which a token is stored and looked up.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
