using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Offices;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Office.Access;

/// <summary>
/// The first step of signing in. Says the same, after about as long, for an unknown address, a wrong password, a locked, a disabled and an unfinished account.
/// </summary>
public sealed class SignInModel(UserManager<OfficeAccount> accounts, OfficeSignIn signIn, AttemptLimit limit, PageTexts texts) : PageModel
{
    /// <summary>The hash of a password that nobody has; checking it takes as long as checking a real one.</summary>
    private static readonly string NobodysHash = new PasswordHasher<OfficeAccount>().HashPassword(new(), Guid.NewGuid().ToString());

    [BindProperty, StringLength(254)]
    public string? Email { get; set; }

    [BindProperty, StringLength(200)]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true), StringLength(400)]
    public string? ReturnUrl { get; set; }

    public string? Wrong { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (limit.IsUsedUp("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns))
        {
            return KindPage.TooMany();
        }

        if (Email is { Length: > 0 } email && await accounts.FindByEmailAsync(email.Trim()) is { TwoFactorEnabled: true, DisabledAt: null } account && !await accounts.IsLockedOutAsync(account))
        {
            var result = await signIn.PasswordSignInAsync(account, Password ?? "", isPersistent: false, lockoutOnFailure: true);
            if (result.RequiresTwoFactor)
            {
                return Redirect("/office/sign-in/code" + (ReturnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(ReturnUrl)}"));
            }
        }
        else
        {
            accounts.PasswordHasher.VerifyHashedPassword(new(), NobodysHash, Password ?? "");
        }

        limit.Allow("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns);
        Wrong = texts["office.signIn.wrong"];
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
