using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Accounts;

/// <summary>An office account as the administrators see it; its role is the most that it holds.</summary>
/// <param name="LockedUntil">The end of the lock after wrong attempts, null while nobody is kept out.</param>
/// <param name="SeenAt">When it was last seen in one of its sessions; null when no session is kept.</param>
public sealed record AccountLine(string Id, string Email, string Role, bool IsSetUp, DateTime? DisabledAt, DateTime? LockedUntil, DateTime CreatedAt, DateTime? SeenAt)
{
    public bool CanSignIn => IsSetUp && DisabledAt is null;

    /// <summary>The word for its access (<c>accounts.is.WORD</c> in <c>templates/ui</c>).</summary>
    public string Standing => DisabledAt is not null ? "disabled" : IsSetUp ? "ready" : "waiting";

    /// <summary>All accounts, or the one with this id, by address.</summary>
    public static async Task<IReadOnlyList<AccountLine>> AllAsync(SurveyDb db, string? id, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var accounts = await (
            from account in db.Users.AsNoTracking()
            where id == null || account.Id == id
            join held in db.UserRoles on account.Id equals held.UserId
            join role in db.Roles on held.RoleId equals role.Id
            orderby account.NormalizedEmail
            select new
            {
                Line = new AccountLine(account.Id, account.Email!, role.Name!, account.TwoFactorEnabled, account.DisabledAt, null, account.CreatedAt,
                    db.OfficeSessions.Where(s => s.AccountId == account.Id).Max(s => (DateTime?)s.SeenAt)),
                account.LockoutEnd,
            }).ToListAsync(cancel);
        return [.. accounts.Select(a => a.LockoutEnd > now ? a.Line with { LockedUntil = a.LockoutEnd.Value.UtcDateTime } : a.Line)];
    }
}
