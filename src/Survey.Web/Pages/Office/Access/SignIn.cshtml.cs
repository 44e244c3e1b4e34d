using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Office.Access;

/// <summary>
/// The first step of signing in. Says the same, after about as long, for an unknown address, a wrong password, a locked, a disabled and an unfinished account. Or the only step, with a passkey: what is asked of the
/// device names no account, and the device's answer does.
/// </summary>
public sealed class SignInModel(UserManager<OfficeAccount> accounts, OfficeSignIn signIn, SurveyDb db, AttemptLimit limit, PageTexts texts, TimeProvider time) : PageModel
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
        if (IsUsedUp)
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

        return Refuse(texts["office.signIn.wrong"]);
    }

    /// <summary>What a device is asked to sign in with a passkey, in JSON; the browser keeps the other half in a cookie for some minutes.</summary>
    public async Task<IActionResult> OnPostOptionsAsync() =>
        !Passkeys.AreOffered(Request) ? KindPage.NotFound() : IsUsedUp ? KindPage.TooMany() : Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync([StringLength(20_000)] string? credential, CancellationToken cancel)
    {
        if (!Passkeys.AreOffered(Request))
        {
            return KindPage.NotFound();
        }

        if (IsUsedUp)
        {
            return KindPage.TooMany();
        }

        if (!ModelState.IsValid || !(await signIn.PasskeySignInAsync(credential ?? "")).Succeeded || signIn.Passed is not { } account)
        {
            return Refuse(texts["office.passkey.wrong"]);
        }

        db.Record(time.GetUtcNow().UtcDateTime, $"office:{account.Id}", "office.passkey-sign-in", $"account:{account.Id}");
        await db.SaveChangesAsync(cancel);
        return LocalRedirect(SignInReturn.Of(Url, ReturnUrl));
    }

    private bool IsUsedUp => limit.IsUsedUp("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns);

    private PageResult Refuse(string words)
    {
        limit.Allow("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns);
        Wrong = words;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
