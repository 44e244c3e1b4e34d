using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Survey.Domain.Offices;
using Survey.Domain.Storage;

namespace Survey.Web.Access;

/// <summary>
/// Office accounts as Identity knows them, with two rules of the site's own. A lock begins and ends by the site's clock. And an attempt counts before it is looked at, so that of a burst of guesses no more are looked at than the lock
/// allows: <see cref="TakeAttemptAsync"/> takes one in the database, and what was right gives it back. Identity counts afterwards, when many more are under way.
/// The columns of the lock are written by these statements alone (see <see cref="SurveyDb"/>).
/// </summary>
public sealed class OfficeUsers(
    IUserStore<OfficeAccount> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<OfficeAccount> hasher,
    IEnumerable<IUserValidator<OfficeAccount>> userValidators,
    IEnumerable<IPasswordValidator<OfficeAccount>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<OfficeAccount>> logger,
    SurveyDb db,
    TimeProvider time) : UserManager<OfficeAccount>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    private const string Locked = "office.lock";

    public override Task<bool> IsLockedOutAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(user.LockoutEnabled && user.LockoutEnd >= time.GetUtcNow());
    }

    /// <summary>
    /// Takes one attempt at an account's password or code; false, and nothing may be looked at, while it is locked. The last attempt that is allowed locks the account, unless it is given back.
    /// The account in memory stays as it was read, so that this attempt is not refused by the lock that it sets.
    /// </summary>
    public async Task<bool> TakeAttemptAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (await IsLockedOutAsync(user))
        {
            return false;
        }

        var (most, until) = (Options.Lockout.MaxFailedAccessAttempts, (DateTimeOffset?)(time.GetUtcNow() + Options.Lockout.DefaultLockoutTimeSpan));
        var row = db.Users.Where(a => a.Id == user.Id);
        // A lock that is over; guarded by the very lock that was read, in case another attempt has set a new one.
        await row.Where(a => a.AccessFailedCount >= most && a.LockoutEnd == user.LockoutEnd)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, 0).SetProperty(a => a.LockoutEnd, (DateTimeOffset?)null), CancellationToken);
        return await row.Where(a => a.AccessFailedCount < most).ExecuteUpdateAsync(
            s => s
                .SetProperty(a => a.LockoutEnd, a => a.AccessFailedCount + 1 >= most ? until : a.LockoutEnd)
                .SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1),
            CancellationToken) == 1;
    }

    /// <summary>Gives an attempt back that was right, and the lock with it where this attempt set it; wrong ones before it still count.</summary>
    public Task GiveBackAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return FreeAsync(user, all: false);
    }

    /// <summary>
    /// Says in the audit log, once a lock, that an account is locked. The wrong attempt itself counted as it was taken. The entry follows the lock in a save of its own: an account that is locked
    /// without an entry is safer than a guess more.
    /// </summary>
    public override async Task<IdentityResult> AccessFailedAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var now = time.GetUtcNow();
        var until = await db.Users.AsNoTracking().Where(a => a.Id == user.Id && a.AccessFailedCount >= Options.Lockout.MaxFailedAccessAttempts).Select(a => a.LockoutEnd).SingleOrDefaultAsync(CancellationToken);
        if (until > now)
        {
            var (subject, since) = ($"account:{user.Id}", (until.Value - Options.Lockout.DefaultLockoutTimeSpan).UtcDateTime);
            if (!await db.AuditEntries.AnyAsync(e => e.Action == Locked && e.Subject == subject && e.At >= since, CancellationToken))
            {
                db.Record(now.UtcDateTime, "job", Locked, subject);
                await db.SaveChangesAsync(CancellationToken);
            }
        }

        return IdentityResult.Success;
    }

    /// <summary>Forgets wrong attempts after a whole sign-in, and the lock that the right one set.</summary>
    public override async Task<IdentityResult> ResetAccessFailedCountAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        await FreeAsync(user, all: true);
        return IdentityResult.Success;
    }

    private Task<int> FreeAsync(OfficeAccount user, bool all)
    {
        var most = Options.Lockout.MaxFailedAccessAttempts;
        return db.Users.Where(a => a.Id == user.Id && a.AccessFailedCount > 0).ExecuteUpdateAsync(
            s => s
                .SetProperty(a => a.LockoutEnd, a => a.AccessFailedCount >= most ? null : a.LockoutEnd)
                .SetProperty(a => a.AccessFailedCount, a => all ? 0 : a.AccessFailedCount - 1),
            CancellationToken);
    }
}
