using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Office.Accounts;

/// <summary>One account of the office: its role, its sessions, a new set-up link, and taking its access away or giving it back. An administrator who can sign in is always left.</summary>
[Authorize(OfficeAccess.MayAdminister)]
public sealed class OneModel(SurveyDb db, MailPost post, TimeProvider time) : PageModel
{
    public AccountLine Account { get; private set; } = null!;

    public IReadOnlyList<OfficeSession> Sessions { get; private set; } = [];

    /// <summary>The set-up link that was just made; null otherwise.</summary>
    public string? Link { get; private set; }

    /// <summary>What was refused (<c>accounts.refused.NAME</c>); null when nothing.</summary>
    public string? Refused { get; private set; }

    /// <summary>The step that asks before it is taken: <c>disable</c> or <c>reset</c>.</summary>
    public string? Asks { get; private set; }

    public bool IsMine => Account.Id == User.FindFirstValue(ClaimTypes.NameIdentifier);

    public async Task<IActionResult> OnGetAsync(string id, string? step, CancellationToken cancel)
    {
        if (!await ShowAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        Asks = step is "disable" or "reset" && Account.DisabledAt is null ? step : null;
        return Page();
    }

    public async Task<IActionResult> OnPostRoleAsync(string id, string? role, CancellationToken cancel)
    {
        if (!OfficeRoles.All.Contains(role) || !await ShowAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        return role == Account.Role || await OfficeAccounts.ChangeRoleAsync(db, id, role!, OfficeActor.Of(User), Now, cancel) ? Redirect($"/office/accounts/{id}") : await RefuseAsync(id, "last", cancel);
    }

    public async Task<IActionResult> OnPostDisableAsync(string id, CancellationToken cancel)
    {
        if (!await ShowAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        return await OfficeAccounts.DisableAsync(db, id, OfficeActor.Of(User), Now, cancel) ? Redirect($"/office/accounts/{id}") : await RefuseAsync(id, "last", cancel);
    }

    public async Task<IActionResult> OnPostEnableAsync(string id, CancellationToken cancel)
    {
        if (await db.Users.FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } account)
        {
            return KindPage.NotFound();
        }

        if (account.DisabledAt is not null)
        {
            await OfficeAccounts.EnableAsync(db, account, OfficeActor.Of(User), Now, cancel);
        }

        return Redirect($"/office/accounts/{id}");
    }

    public async Task<IActionResult> OnPostResetAsync(string id, CancellationToken cancel)
    {
        if (await db.Users.FirstOrDefaultAsync(a => a.Id == id && a.DisabledAt == null, cancel) is not { } account)
        {
            return KindPage.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // From the page only: on the machine itself a reset is the way back for an office that is shut out.
        if (await OfficeAccounts.IsLastAdministratorAsync(db, id, cancel))
        {
            await transaction.RollbackAsync(cancel);
            return await RefuseAsync(id, "last", cancel);
        }

        await db.Entry(account).ReloadAsync(cancel);
        var token = await OfficeAccounts.ResetAsync(db, account, OfficeActor.Of(User), Now, cancel);
        await transaction.CommitAsync(cancel);
        await ShowAsync(id, cancel);
        Link = post.Address($"/office/set-up/{token}");
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(string id, string? session, CancellationToken cancel)
    {
        if (!await ShowAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        if (await OfficeSessions.EndAsync(db, id, session, Now, cancel) > 0)
        {
            db.Record(Now, OfficeActor.Of(User), "office.end-session", $"account:{id}");
            await db.SaveChangesAsync(cancel);
        }

        return Redirect($"/office/accounts/{id}#sessions");
    }

    private DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    private async Task<IActionResult> RefuseAsync(string id, string refused, CancellationToken cancel)
    {
        await ShowAsync(id, cancel);
        Refused = refused;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> ShowAsync(string id, CancellationToken cancel)
    {
        if (await AccountLine.AllAsync(db, id, time.GetUtcNow(), cancel) is not [var account])
        {
            return false;
        }

        (Account, Sessions) = (account, await OfficeSessions.OfAsync(db, id, Now, cancel));
        return true;
    }
}
