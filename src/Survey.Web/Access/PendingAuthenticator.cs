using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Survey.Domain.Offices;

namespace Survey.Web.Access;

/// <summary>
/// The key of an authenticator that is to replace another and was not confirmed yet. It travels in the page's form, in a shape that only this site can read and write, so that nothing is stored before
/// a code of the new authenticator came: leaving the page leaves nothing behind. It is worth something to the session that asked for it only, for a quarter of an hour, and no longer
/// once the account's stamp changed: with a confirmation, another password, a reset.
/// </summary>
public sealed class PendingAuthenticator(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    private readonly IDataProtector protector = protection.CreateProtector("pending-authenticator");

    /// <summary>The form's field for this key.</summary>
    public string For(OfficeAccount account, string? session, string key) =>
        protector.Protect($"{Whose(account, session)}:{(time.GetUtcNow() + Lasts).UtcTicks.ToString(CultureInfo.InvariantCulture)}:{key}");

    /// <summary>The key in the form's field; null when it is over, forged or somebody else's.</summary>
    public string? Read(OfficeAccount account, string? session, string? field)
    {
        try
        {
            return field is { Length: > 0 } && protector.Unprotect(field) is var plain && Whose(account, session) + ":" is var whose && plain.StartsWith(whose, StringComparison.Ordinal)
                && plain[whose.Length..].Split(':') is [var ticks, var key]
                && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && end > time.GetUtcNow().UtcTicks ? key : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Whose(OfficeAccount account, string? session) => $"{account.Id}:{account.SecurityStamp}:{session}";
}
