using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Pages.Office.Access;

namespace Survey.Web.Access;

/// <summary>
/// Changes to office accounts, each audited in its own transaction. One rule holds whoever changes at the same time: an administrator who can sign in is left, or while nobody was set up yet an enabled one. Whoever would take
/// one away locks the role first, so that two administrators who disable each other are not both gone.
/// </summary>
internal static class OfficeAccounts
{
    /// <summary>How long a set-up link can be used.</summary>
    public static readonly TimeSpan SetUpLasts = TimeSpan.FromDays(7);

    private static readonly string Administrator = OfficeRoles.Administrator.ToUpperInvariant();

    /// <summary>Adds an account without a password and returns its one-time token for <paramref name="purpose"/>; null when the address is taken.</summary>
    public static async Task<string?> AddAsync(SurveyDb db, string email, string role, string purpose, string actor, DateTime now, CancellationToken cancel)
    {
        var normalised = email.Normalize().ToUpperInvariant();
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == normalised, cancel))
        {
            return null;
        }

        var token = PersonalLink.NewToken();
        var account = new OfficeAccount
        {
            UserName = email,
            NormalizedUserName = normalised,
            Email = email,
            NormalizedEmail = normalised,
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = now,
            SetUpTokenHash = SetUpToken.Hash(purpose, token),
            SetUpTokenExpiresAt = now + SetUpLasts,
        };
        db.Users.Add(account);
        db.UserRoles.Add(new IdentityUserRole<string> { UserId = account.Id, RoleId = (await RoleAsync(db, role, cancel)).Id });
        db.Record(now, actor, "office.add", $"account:{account.Id}");
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>Gives an account another role; its sessions end, and it signs in with the new one. False, and nothing changed, where the last enabled administrator would be gone.</summary>
    public static async Task<bool> ChangeRoleAsync(SurveyDb db, string id, string role, string actor, DateTime now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await IsLastAdministratorAsync(db, id, cancel) && role != OfficeRoles.Administrator)
        {
            return false;
        }

        var account = await db.Users.SingleAsync(a => a.Id == id, cancel);
        await db.Entry(account).ReloadAsync(cancel);
        db.UserRoles.RemoveRange(await db.UserRoles.Where(r => r.UserId == id).ToListAsync(cancel));
        await db.SaveChangesAsync(cancel);
        db.UserRoles.Add(new IdentityUserRole<string> { UserId = id, RoleId = (await RoleAsync(db, role, cancel)).Id });
        await EndAllAsync(db, account, now, cancel);
        db.Record(now, actor, "office.role", $"account:{id}/role:{role}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Disables an account; its sessions end at once. False, and nothing changed, where it is the last enabled administrator.</summary>
    public static async Task<bool> DisableAsync(SurveyDb db, string id, string actor, DateTime now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await IsLastAdministratorAsync(db, id, cancel))
        {
            return false;
        }

        var account = await db.Users.SingleAsync(a => a.Id == id, cancel);
        await db.Entry(account).ReloadAsync(cancel);
        account.DisabledAt ??= now;
        await EndAllAsync(db, account, now, cancel);
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
    /// Takes password, authenticator, recovery codes and passkeys away, ends the sessions, and returns the token of a one-time link that sets the account up anew. Links given before no longer work.
    /// </summary>
    public static async Task<string> ResetAsync(SurveyDb db, OfficeAccount account, string actor, DateTime now, CancellationToken cancel)
    {
        var token = PersonalLink.NewToken();
        (account.PasswordHash, account.TwoFactorEnabled) = (null, false);
        (account.SetUpTokenHash, account.SetUpTokenExpiresAt) = (SetUpToken.Hash(SetUpToken.SetUp, token), now + SetUpLasts);
        await EndAllAsync(db, account, now, cancel);
        db.UserPasskeys.RemoveRange(await db.UserPasskeys.Where(p => p.UserId == account.Id).ToListAsync(cancel));
        db.UserTokens.RemoveRange(await db.UserTokens.Where(t => t.UserId == account.Id).ToListAsync(cancel));
        await db.Users.Where(u => u.Id == account.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null).SetProperty(u => u.AccessFailedCount, 0), cancel);
        db.Record(now, actor, "office.reset", $"account:{account.Id}");
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>Whether the office would be without an administrator who can sign in if this account were gone. Holds the role until the transaction ends.</summary>
    public static async Task<bool> IsLastAdministratorAsync(SurveyDb db, string id, CancellationToken cancel)
    {
        if (!db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "AspNetRoles" WHERE "NormalizedName" = {Administrator} FOR UPDATE""", cancel);
        }

        var all = await (
            from held in db.UserRoles
            join role in db.Roles on held.RoleId equals role.Id
            join user in db.Users on held.UserId equals user.Id
            where role.NormalizedName == Administrator && user.DisabledAt == null
            select new { user.Id, user.TwoFactorEnabled }).ToListAsync(cancel);
        var others = all.Where(a => a.Id != id).ToList();
        return all.Find(a => a.Id == id) is { } own && (others.Count == 0 || (own.TwoFactorEnabled && !others.Exists(a => a.TwoFactorEnabled)));
    }

    private static async Task<IdentityRole> RoleAsync(SurveyDb db, string role, CancellationToken cancel)
    {
        var name = role.ToUpperInvariant();
        return await db.Roles.FirstOrDefaultAsync(r => r.NormalizedName == name, cancel) ?? db.Roles.Add(new IdentityRole(role) { NormalizedName = name }).Entity;
    }

    private static async Task EndAllAsync(SurveyDb db, OfficeAccount account, DateTime now, CancellationToken cancel)
    {
        (account.SecurityStamp, account.ConcurrencyStamp) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString());
        await OfficeSessions.EndAllAsync(db, account.Id, null, now, cancel);
    }
}
