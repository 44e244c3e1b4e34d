using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain;
using Survey.Domain.Networks;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Pages.Office.Access;

namespace Survey.Web.Pages.Office.Accounts;

/// <summary>
/// One's own account: another password, another authenticator, passkeys, new recovery codes, and where one is signed in. What adds to an account or changes it asks for the authenticator's code, so that a browser left
/// open is not enough; what only takes away (a passkey, a session) does not. Wrong codes are limited as at the sign-in. Another authenticator takes two steps: who one is, which shows the new key, and a code made with that key, which
/// replaces the old one (see <see cref="PendingAuthenticator"/>). So does a passkey: who one is, which asks the device for one, and what the device answers.
/// </summary>
public sealed class OwnModel(
    SurveyDb db,
    OfficeUsers accounts,
    IUserStore<OfficeAccount> store,
    OfficeSignIn signIn,
    PendingAuthenticator pending,
    AttemptLimit limit,
    PageTexts texts,
    Network network,
    TimeProvider time) : PageModel
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

    /// <summary>The new authenticator's key while it is to be confirmed, and the form's field that keeps it.</summary>
    public (AuthenticatorKey Key, string Field)? New { get; private set; }

    public IReadOnlyList<UserPasskeyInfo> Keys { get; private set; } = [];

    /// <summary>A passkey that the device is to make: its name, and what is asked of the device, in JSON.</summary>
    public (string Name, string Options)? Asked { get; private set; }

    /// <summary>The name that was typed for a passkey.</summary>
    public string KeyName { get; private set; } = "";

    /// <summary>What was done by the form before; its words are <c>accounts.own.done.WHAT</c>.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? done, CancellationToken cancel)
    {
        Done = DoneWords.Contains(done) ? done : null;
        return await ShowAsync(cancel) ? Page() : KindPage.NotFound();
    }

    public async Task<IActionResult> OnPostPasswordAsync([StringLength(200)] string? current, [StringLength(200)] string? password, [StringLength(20)] string? code, CancellationToken cancel)
    {
        if (await RefusalAsync(cancel) is { } refusal)
        {
            return refusal;
        }

        if (await WrongAsync(Code("password-code", code), Current("current", current)) is { } wrong)
        {
            return wrong;
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
        return Redirect("/office/account?done=password");
    }

    public async Task<IActionResult> OnPostAuthenticatorAsync([StringLength(200)] string? current, [StringLength(30)] string? code, CancellationToken cancel)
    {
        if (await RefusalAsync(cancel) is { } refusal)
        {
            return refusal;
        }

        // The password first, because a recovery code is used up as it is looked at.
        var shown = SignInCode.IsOfAuthenticator(code)
            ? Code("authenticator-code", code)
            : new("authenticator-code", "office.code.wrong", async () => (await accounts.RedeemTwoFactorRecoveryCodeAsync(Account, SignInCode.Recovery(code))).Succeeded);
        if (await WrongAsync(Current("authenticator-current", current), shown) is { } wrong)
        {
            return wrong;
        }

        CodesLeft = await accounts.CountRecoveryCodesAsync(Account);
        Offer(accounts.GenerateNewAuthenticatorKey());
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync([StringLength(2000)] string? field, [StringLength(20)] string? code, CancellationToken cancel)
    {
        if (await RefusalAsync(cancel) is { } refusal)
        {
            return refusal;
        }

        if (pending.Read(Account, This, field) is not { } key)
        {
            return Refuse("authenticator", texts["accounts.own.authenticator.over"]);
        }

        // Not saved before the stamp is: the code is looked at with the key that is to come.
        var keys = (IUserAuthenticatorKeyStore<OfficeAccount>)store;
        var old = await accounts.GetAuthenticatorKeyAsync(Account);
        await keys.SetAuthenticatorKeyAsync(Account, key, cancel);
        if (await WrongAsync(Code("new-code", code, "accounts.own.authenticator.wrong")) is { } wrong)
        {
            await keys.SetAuthenticatorKeyAsync(Account, old ?? "", cancel);
            Offer(key);
            return wrong;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // The stamp guards the row: of two confirmations at once the second finds it changed.
        if (!(await accounts.UpdateSecurityStampAsync(Account)).Succeeded)
        {
            return Refuse("authenticator", texts["accounts.own.authenticator.over"]);
        }

        await OfficeSessions.EndAllAsync(db, Account.Id, This, Now, cancel);
        db.Record(Now, OfficeActor.Of(User), "office.authenticator", $"account:{Account.Id}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await signIn.RefreshSignInAsync(Account);
        return Redirect("/office/account?done=authenticator");
    }

    public async Task<IActionResult> OnPostPasskeyAsync(string? name, [StringLength(200)] string? current, [StringLength(20)] string? code, CancellationToken cancel)
    {
        if (!Passkeys.AreOffered(Request))
        {
            return KindPage.NotFound();
        }

        if (await RefusalAsync(cancel) is { } refusal)
        {
            return refusal;
        }

        KeyName = NameOf(name);
        if (KeyName.Length == 0)
        {
            return Refuse("passkey-name", texts["accounts.own.passkey.unnamed"]);
        }

        if (Keys.Count >= Passkeys.Most)
        {
            return Refuse("passkey", texts["accounts.own.passkey.most"]);
        }

        if (await WrongAsync(Code("passkey-code", code), Current("passkey-current", current)) is { } wrong)
        {
            return wrong;
        }

        Asked = (KeyName, await signIn.MakePasskeyCreationOptionsAsync(new() { Id = Account.Id, Name = Account.Email!, DisplayName = Account.Email! }));
        return Page();
    }

    public async Task<IActionResult> OnPostMakePasskeyAsync(string? name, [StringLength(20_000)] string? credential, CancellationToken cancel)
    {
        if (!Passkeys.AreOffered(Request))
        {
            return KindPage.NotFound();
        }

        if (await RefusalAsync(cancel) is { } refusal)
        {
            return refusal;
        }

        KeyName = NameOf(name);
        if (KeyName.Length == 0 || await signIn.MadePasskeyAsync(Account, credential) is not { IsUserVerified: true } passkey || Keys.Count >= Passkeys.Most)
        {
            return Refuse("passkey", texts["accounts.own.passkey.notMade"]);
        }

        // Made at the site's time, not at the framework's.
        var made = new UserPasskeyInfo(
            passkey.CredentialId, passkey.PublicKey, Now, passkey.SignCount, passkey.Transports, passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp, passkey.AttestationObject, passkey.ClientDataJson)
        { Name = KeyName };
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await accounts.AddOrUpdatePasskeyAsync(Account, made)).Succeeded)
        {
            return Refuse("passkey", texts["accounts.own.passkey.notMade"]);
        }

        db.Record(Now, OfficeActor.Of(User), "office.passkey-add", $"account:{Account.Id}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect("/office/account?done=passkey");
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? passkey, CancellationToken cancel)
    {
        if (!await ShowAsync(cancel))
        {
            return KindPage.NotFound();
        }

        if (Keys.FirstOrDefault(k => Passkeys.IdOf(k) == passkey) is not { } gone)
        {
            // Gone already, as after a second click.
            return Redirect("/office/account");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if ((await accounts.RemovePasskeyAsync(Account, gone.CredentialId)).Succeeded)
        {
            // Where it was lost, somebody may be signed in with it.
            await OfficeSessions.EndAllAsync(db, Account.Id, This, Now, cancel);
            db.Record(Now, OfficeActor.Of(User), "office.passkey-remove", $"account:{Account.Id}");
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return Redirect("/office/account?done=passkeyRemoved");
    }

    public async Task<IActionResult> OnPostCodesAsync([StringLength(20)] string? code, CancellationToken cancel)
    {
        if (await RefusalAsync(cancel) is { } refusal)
        {
            return refusal;
        }

        if (await WrongAsync(Code("codes-code", code)) is { } wrong)
        {
            return wrong;
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

    private static readonly string[] DoneWords = ["password", "authenticator", "passkey", "passkeyRemoved"];

    private DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    private bool IsUsedUp => limit.IsUsedUp("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns);

    /// <summary>Something that shows who one is: the field that it was typed into, the words when it is wrong, and whether it is right.</summary>
    private readonly record struct Proof(string Field, string WrongKey, Func<Task<bool>> IsRight);

    private Proof Code(string field, string? code, string wrongKey = "office.code.wrong") =>
        new(field, wrongKey, () => accounts.VerifyTwoFactorTokenAsync(Account, accounts.Options.Tokens.AuthenticatorTokenProvider, SignInCode.Clean(code)));

    private Proof Current(string field, string? password) => new(field, "accounts.own.currentWrong", () => accounts.CheckPasswordAsync(Account, password ?? ""));

    private static string NameOf(string? typed) => DoorText.Clean(typed ?? "").Trim() is var name && DoorText.Length(name) <= Passkeys.LongestName ? name : "";

    /// <summary>Why a form that asks for a code is not looked at; null when it is.</summary>
    private async Task<IActionResult?> RefusalAsync(CancellationToken cancel) =>
        !ModelState.IsValid || !await ShowAsync(cancel) ? KindPage.NotFound() : IsUsedUp || await accounts.IsLockedOutAsync(Account) ? KindPage.TooMany() : null;

    /// <summary>Shows a new authenticator's key, to be confirmed.</summary>
    private void Offer(string key) => New = (AuthenticatorKey.Of(key, Account.Email!, network), pending.For(Account, This, key));

    private async Task<IActionResult> EndedAsync(int ended, CancellationToken cancel)
    {
        if (ended > 0)
        {
            db.Record(Now, OfficeActor.Of(User), "office.end-session", $"account:{Account.Id}");
            await db.SaveChangesAsync(cancel);
        }

        return Redirect("/office/account#sessions");
    }

    /// <summary>The answer to a wrong code or password, which counts as at the sign-in: for the network address, and toward locking the account; null when all are right.</summary>
    private async Task<IActionResult?> WrongAsync(params Proof[] proofs)
    {
        if (!await accounts.TakeAttemptAsync(Account))
        {
            return KindPage.TooMany();
        }

        foreach (var proof in proofs)
        {
            if (!await proof.IsRight())
            {
                limit.Allow("sign-in", HttpContext.Connection.RemoteIpAddress, AttemptLimit.RefusedSignIns);
                await accounts.AccessFailedAsync(Account);
                return Refuse(proof.Field, texts[proof.WrongKey]);
            }
        }

        await accounts.GiveBackAsync(Account);
        return null;
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
        Keys = [.. (await accounts.GetPasskeysAsync(account)).OrderBy(k => k.CreatedAt)];
        return true;
    }
}
