using System.Security.Claims;
using Survey.Domain.Offices;

namespace Survey.Web.Pages.Office;

/// <summary>What a signed-in account may do; roles include the lesser ones.</summary>
public static class OfficeMay
{
    /// <summary>Rounds, moderation, drafts of reports.</summary>
    public static bool Edit(ClaimsPrincipal user) => Has(user, OfficeRoles.Editor);

    /// <summary>Make a version public.</summary>
    public static bool Publish(ClaimsPrincipal user) => Has(user, OfficeRoles.Publisher);

    /// <summary>Look after accounts.</summary>
    public static bool Administer(ClaimsPrincipal user) => Has(user, OfficeRoles.Administrator);

    private static bool Has(ClaimsPrincipal user, string least)
    {
        ArgumentNullException.ThrowIfNull(user);
        return OfficeRoles.All.SkipWhile(r => r != least).Any(user.IsInRole);
    }
}
