using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Survey.Web.Access;

/// <summary>
/// The link by which the office looks at a round's survey as a member would. It says which round and until when, in a form that only this site can write, so nothing is
/// stored for it; the session that it starts ends at the same moment, and none of its pages writes.
/// </summary>
public sealed class PreviewLink(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    private readonly IDataProtector protector = protection.CreateProtector("survey-preview");

    /// <summary>A new token for this round.</summary>
    public string For(int roundId) => protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{roundId}:{(time.GetUtcNow() + Lasts).UtcTicks}"));

    /// <summary>The round of a token, and its end (UTC); null for one that is over, forged or empty.</summary>
    public (int RoundId, DateTime Until)? Read(string? token)
    {
        try
        {
            return token is { Length: > 0 } && protector.Unprotect(token).Split(':') is [var round, var ticks]
                && int.TryParse(round, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
                && new DateTime(end, DateTimeKind.Utc) is var until && until > time.GetUtcNow().UtcDateTime ? (id, until) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
