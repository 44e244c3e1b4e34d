using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Office.Access;

/// <summary>The second step of signing in: the authenticator's code, or one of the recovery codes.</summary>
public sealed class CodeModel(OfficeSignIn signIn, SurveyDb db, AttemptLimit limit, PageTexts texts, TimeProvider time) : PageModel
{
    [BindProperty, StringLength(30)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true), StringLength(400)]
    public string? ReturnUrl { get; set; }

    public string? Wrong { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() is null ? Redirect("/office/sign-in") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account)
        {
            return Redirect("/office/sign-in");
        }

        if (limit.IsUsedUp("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns))
        {
            return KindPage.TooMany();
        }

        var result = SignInCode.IsOfAuthenticator(Code)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(SignInCode.Clean(Code), isPersistent: false, rememberClient: false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(SignInCode.Recovery(Code));
        if (!result.Succeeded)
        {
            limit.Allow("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns);
            Wrong = texts["office.code.wrong"];
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        db.Record(time.GetUtcNow().UtcDateTime, $"office:{account.Id}", "office.sign-in", $"account:{account.Id}");
        await db.SaveChangesAsync(cancel);
        return LocalRedirect(SignInReturn.Of(Url, ReturnUrl));
    }
}
