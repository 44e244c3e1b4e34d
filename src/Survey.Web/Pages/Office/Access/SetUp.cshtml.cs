using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Networks;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Office.Access;

/// <summary>
/// A new account's first steps, by its one-time link: choose a password; add the account to an authenticator and prove it with a code; keep the recovery codes.
/// The link ends with the last step, and nobody is signed in before it.
/// </summary>
public sealed class SetUpModel(SurveyDb db, UserManager<OfficeAccount> accounts, OfficeSignIn signIn, AttemptLimit limit, TimeProvider time, PageTexts texts, Network network) : PageModel
{
    [BindProperty, StringLength(200)]
    public string? Password { get; set; }

    [BindProperty, StringLength(20)]
    public string? Code { get; set; }

    public string Email { get; private set; } = "";

    /// <summary>What is wrong with what was typed, in words.</summary>
    public string? Wrong { get; private set; }

    /// <summary>The authenticator's key; null while the password is to be chosen.</summary>
    public AuthenticatorKey? Key { get; private set; }

    /// <summary>Shown once, at the end.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (await SetUpToken.FindAsync(db, SetUpToken.SetUp, token, Now, cancel) is not { } account)
        {
            return Unknown();
        }

        await ShowAsync(account);
        return Page();
    }

    public async Task<IActionResult> OnPostPasswordAsync(string token, CancellationToken cancel)
    {
        if (await SetUpToken.FindAsync(db, SetUpToken.SetUp, token, Now, cancel) is not { } account)
        {
            return Unknown();
        }

        if (account.PasswordHash is null && !(await accounts.AddPasswordAsync(account, Password ?? "")).Succeeded)
        {
            await ShowAsync(account);
            Wrong = texts.Plural("office.setUp.tooShort", accounts.Options.Password.RequiredLength);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        await accounts.ResetAuthenticatorKeyAsync(account);
        return RedirectToPage(new { token });
    }

    public async Task<IActionResult> OnPostCodeAsync(string token, CancellationToken cancel)
    {
        if (await SetUpToken.FindAsync(db, SetUpToken.SetUp, token, Now, cancel) is not { PasswordHash: not null } account)
        {
            return Unknown();
        }

        Email = account.Email!;
        if (!await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, SignInCode.Clean(Code)))
        {
            await ShowAsync(account);
            Wrong = texts["office.code.wrong"];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        (account.SetUpTokenHash, account.SetUpTokenExpiresAt) = (null, null);
        account.Language = texts.Language;
        await accounts.SetTwoFactorEnabledAsync(account, true);
        RecoveryCodes = [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, 10) ?? []];
        db.Record(Now, $"office:{account.Id}", "office.set-up", $"account:{account.Id}");
        await db.SaveChangesAsync(cancel);
        await signIn.SignInAsync(account, isPersistent: false);
        return Page();
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private KindPage Unknown() =>
        limit.Allow("set-up", HttpContext.Connection.RemoteIpAddress, AttemptLimit.WrongLinks) ? new KindPage(StatusCodes.Status404NotFound, "setUpLink") : KindPage.TooMany();

    private async Task ShowAsync(OfficeAccount account)
    {
        Email = account.Email!;
        if (account.PasswordHash is not null && await accounts.GetAuthenticatorKeyAsync(account) is { Length: > 0 } key)
        {
            Key = AuthenticatorKey.Of(key, Email, network);
        }
    }
}
