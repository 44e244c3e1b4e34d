using System.Security.Claims;

namespace Survey.Web.Pages.Office;

/// <summary>Who of the office acts, as audit and runs name them: an id, never a name or an address.</summary>
public static class OfficeActor
{
    public static string Of(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return $"office:{user.FindFirstValue(ClaimTypes.NameIdentifier)}";
    }
}
