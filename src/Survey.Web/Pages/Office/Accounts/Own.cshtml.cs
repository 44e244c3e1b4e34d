using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Pages.Office.Access;

namespace Survey.Web.Pages.Office.Accounts;

/// <summary>
/// One's own account: another password, new recovery codes, and where one is signed in. Both changes ask for the authenticator's code, so that a browser left open is not
/// enough; wrong ones are limited as at the sign-in.
/// </summary>
public sealed class OwnModel(SurveyDb db, UserManager<OfficeAccount> accounts, OfficeSignIn signIn, AttemptLimit limit, PageTexts texts, TimeProvider time) : PageModel
{
    public OfficeAccount Account { get; private set; } = null!;

    public string Role { get; private set; } = "";

    public IReadOnlyList<OfficeSession> Sessions { get; private set; } = [];

    public string? This => User.FindFirstValue(OfficeSessions.Claim);

    public int CodesLeft { get; private set; }

    /// <summary>New recovery codes, shown once.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>What is wrong: the form and the field, with the words.</summary>
    public (string Field, string Words)? Wrong { get; private set; }

    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnGetAsync(bool done, CancellationToken cancel)
    {
        IsDone = done;
        return await ShowAsync(cancel) ? Page() : KindPage.NotFound();
    }

    public async Task<IActionResult> OnPostPasswordAsync([StringLength(200)] string? current, [StringLength(200)] string? password, [StringLength(20)] string? code, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await ShowAsync(cancel))
        {
            return KindPage.NotFound();
        }

        if (IsUsedUp || await accounts.IsLockedOutAsync(Account))
        {
            return KindPage.TooMany();
        }

        if (!await IsCodeAsync(code))
        {
            return await RefuseAttemptAsync("password-code", texts["office.code.wrong"]);
        }

        if (!await accounts.CheckPasswordAsync(Account, current ?? ""))
        {
            return await RefuseAttemptAsync("current", texts["accounts.own.currentWrong"]);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await accounts.ChangePasswordAsync(Account, current ?? "", password ?? "")).Succeeded)
        {
            return Refuse("password", texts.Plural("office.setUp.tooShort", accounts.Options.Password.RequiredLength));
        }

        await OfficeSessions.EndAllAsync(db, Account.Id, This, Now, cancel);
        db.Record(Now, OfficeActor.Of(User), "office.password", $"account:{Account.Id}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await signIn.RefreshSignInAsync(Account);
        return Redirect("/office/account?done=true");
    }

    public async Task<IActionResult> OnPostCodesAsync([StringLength(20)] string? code, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await ShowAsync(cancel))
        {
            return KindPage.NotFound();
        }

        if (IsUsedUp || await accounts.IsLockedOutAsync(Account))
        {
            return KindPage.TooMany();
        }

        if (!await IsCodeAsync(code))
        {
            return await RefuseAttemptAsync("codes-code", texts["office.code.wrong"]);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        RecoveryCodes = [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(Account, 10) ?? []];
        db.Record(Now, OfficeActor.Of(User), "office.recovery-codes", $"account:{Account.Id}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(string? session, CancellationToken cancel)
    {
        if (!await ShowAsync(cancel))
        {
            return KindPage.NotFound();
        }

        if (session == This)
        {
            await signIn.SignOutAsync();
            return Redirect("/office/sign-in");
        }

        return await EndedAsync(await OfficeSessions.EndAsync(db, Account.Id, session, Now, cancel), cancel);
    }

    public async Task<IActionResult> OnPostOthersAsync(CancellationToken cancel)
    {
        if (!await ShowAsync(cancel))
        {
            return KindPage.NotFound();
        }

        return await EndedAsync(await OfficeSessions.EndAllAsync(db, Account.Id, This, Now, cancel), cancel);
    }

    private DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    private bool IsUsedUp => limit.IsUsedUp("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns);

    private Task<bool> IsCodeAsync(string? code) => accounts.VerifyTwoFactorTokenAsync(Account, accounts.Options.Tokens.AuthenticatorTokenProvider, SignInCode.Clean(code));

    private async Task<IActionResult> EndedAsync(int ended, CancellationToken cancel)
    {
        if (ended > 0)
        {
            db.Record(Now, OfficeActor.Of(User), "office.end-session", $"account:{Account.Id}");
            await db.SaveChangesAsync(cancel);
        }

        return Redirect("/office/account#sessions");
    }

    /// <summary>A wrong code or password counts as at the sign-in: for the address, and toward locking the account.</summary>
    private async Task<PageResult> RefuseAttemptAsync(string field, string words)
    {
        limit.Allow("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns);
        await accounts.AccessFailedAsync(Account);
        return Refuse(field, words);
    }

    private PageResult Refuse(string field, string words)
    {
        Wrong = (field, words);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> ShowAsync(CancellationToken cancel)
    {
        if (await accounts.GetUserAsync(User) is not { } account)
        {
            return false;
        }

        (Account, Role) = (account, (await accounts.GetRolesAsync(account)).FirstOrDefault() ?? "");
        Sessions = await OfficeSessions.OfAsync(db, account.Id, Now, cancel);
        CodesLeft = await accounts.CountRecoveryCodesAsync(account);
        return true;
    }
}
