using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Survey.Web.Mail;

/// <summary>
/// The address at which a contact says that it wants no more invitations and reminders. Its token can only do that, so it holds for ever and is stored nowhere:
/// it is the contact's id, protected with the site's keys.
/// </summary>
public sealed class OptOutLink(IDataProtectionProvider protection, SiteOptions options)
{
    private readonly IDataProtector protector = protection.CreateProtector("mail.opt-out");

    /// <summary>The address for a contact.</summary>
    public string AddressOf(int contactId) => $"{options.LinkUrl}/a/opt-out/{protector.Protect(contactId.ToString(CultureInfo.InvariantCulture))}";

    /// <summary>The contact that a token stands for; null for anything else.</summary>
    public int? ContactOf(string token)
    {
        try
        {
            return int.Parse(protector.Unprotect(token), CultureInfo.InvariantCulture);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
