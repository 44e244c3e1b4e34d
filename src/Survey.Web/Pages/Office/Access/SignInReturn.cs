using Microsoft.AspNetCore.Mvc;

namespace Survey.Web.Pages.Office.Access;

/// <summary>Where a sign-in leads: back to the office's page that asked for it, never out of the office.</summary>
internal static class SignInReturn
{
    public static string Of(IUrlHelper url, string? returnUrl) => url.IsLocalUrl(returnUrl) && returnUrl.StartsWith("/office", StringComparison.Ordinal) ? returnUrl : "/office";
}
