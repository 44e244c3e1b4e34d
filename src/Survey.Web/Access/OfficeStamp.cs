using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web.Access;

/// <summary>
/// Looks at each request whether the session's account still is as it was when it signed in: one that was disabled or reset since, whose stamp changed, and a session that was ended are signed out at once,
/// whichever process or command did it.
/// </summary>
internal static class OfficeStamp
{
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var stamp = context.Principal?.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType);
        var db = services.GetRequiredService<SurveyDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        if (await db.Users.AnyAsync(a => a.Id == id && a.SecurityStamp == stamp && a.DisabledAt == null, context.HttpContext.RequestAborted)
            && await OfficeSessions.IsOpenAsync(db, context.Principal!, now, context.HttpContext.RequestAborted))
        {
            // Renews what the session says of its account (roles, language) from time to time.
            await SecurityStampValidator.ValidatePrincipalAsync(context);
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.RequestServices.GetRequiredService<OfficeSignIn>().SignOutAsync();
    }
}
