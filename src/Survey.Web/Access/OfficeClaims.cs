using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Survey.Domain.Offices;
using Survey.Web.Localization;

namespace Survey.Web.Access;

/// <summary>What an office session says of its account: id, name, roles, and the language it works in.</summary>
public sealed class OfficeClaims(UserManager<OfficeAccount> accounts, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<OfficeAccount, IdentityRole>(accounts, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(RequestLanguage.Claim, user.Language));
        return identity;
    }
}
