using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Pages.Office.Access;

namespace Survey.Web.Access;

/// <summary>
/// Changes to office accounts, each audited in its own transaction. One rule holds whoever changes at the same time: an enabled administrator is left. Whoever would take
/// one away locks the role first, so that two administrators who disable each other are not both gone.
/// </summary>
internal static class OfficeAccounts
{
    /// <summary>How long a set-up link can be used.</summary>
    public static readonly TimeSpan SetUpLasts = TimeSpan.FromDays(7);

    private static readonly string Administrator = OfficeRoles.Administrator.ToUpperInvariant();

    /// <summary>Disables an account; its sessions end at once. False, and nothing changed, where it is the last enabled administrator.</summary>
    public static async Task<bool> DisableAsync(SurveyDb db, string id, string actor, DateTime now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "AspNetRoles" WHERE "NormalizedName" = {Administrator} FOR UPDATE""", cancel);
        }

        var administrators = await (
            from held in db.UserRoles
            join role in db.Roles on held.RoleId equals role.Id
            join user in db.Users on held.UserId equals user.Id
            where role.NormalizedName == Administrator && user.DisabledAt == null
            select user.Id).ToListAsync(cancel);
        if (administrators.Count == 1 && administrators[0] == id)
        {
            return false;
        }

        var account = await db.Users.SingleAsync(a => a.Id == id, cancel);
        await db.Entry(account).ReloadAsync(cancel);
        account.DisabledAt ??= now;
        EndAll(account);
        db.Record(now, actor, "office.disable", $"account:{id}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Lets a disabled account sign in again, as before.</summary>
    public static async Task EnableAsync(SurveyDb db, OfficeAccount account, string actor, DateTime now, CancellationToken cancel)
    {
        account.DisabledAt = null;
        db.Record(now, actor, "office.enable", $"account:{account.Id}");
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Takes password, authenticator and recovery codes away, ends the sessions, and returns the token of a one-time link that sets the account up anew. Links given before no longer work.
    /// </summary>
    public static async Task<string> ResetAsync(SurveyDb db, OfficeAccount account, string actor, DateTime now, CancellationToken cancel)
    {
        var token = PersonalLink.NewToken();
        (account.PasswordHash, account.TwoFactorEnabled, account.LockoutEnd, account.AccessFailedCount) = (null, false, null, 0);
        (account.SetUpTokenHash, account.SetUpTokenExpiresAt) = (SetUpToken.Hash(SetUpToken.SetUp, token), now + SetUpLasts);
        EndAll(account);
        db.UserTokens.RemoveRange(await db.UserTokens.Where(t => t.UserId == account.Id).ToListAsync(cancel));
        db.Record(now, actor, "office.reset", $"account:{account.Id}");
        await db.SaveChangesAsync(cancel);
        return token;
    }

    private static void EndAll(OfficeAccount account) =>
        (account.SecurityStamp, account.ConcurrencyStamp) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString());
}
