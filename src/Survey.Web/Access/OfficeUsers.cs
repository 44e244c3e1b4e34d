using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Survey.Domain.Offices;
using Survey.Domain.Storage;

namespace Survey.Web.Access;

/// <summary>
/// Office accounts as Identity knows them, with two rules of the site's own. A lock begins and ends by the site's clock. And every wrong attempt counts, however many come at the same moment: Identity writes the
/// number that it read, guarded by the row's stamp, so that of a burst of guesses only the first would count; here the database adds one to what it holds.
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
    public override Task<bool> IsLockedOutAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(user.LockoutEnabled && user.LockoutEnd >= time.GetUtcNow());
    }

    /// <summary>Counts a wrong attempt; the last one that is allowed locks the account and begins the count anew.</summary>
    public override async Task<IdentityResult> AccessFailedAsync(OfficeAccount user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var (most, until) = (Options.Lockout.MaxFailedAccessAttempts, (DateTimeOffset?)(time.GetUtcNow() + Options.Lockout.DefaultLockoutTimeSpan));
        await db.Users.Where(a => a.Id == user.Id).ExecuteUpdateAsync(s => s
            .SetProperty(a => a.LockoutEnd, a => a.LockoutEnabled && a.AccessFailedCount + 1 >= most ? until : a.LockoutEnd)
            .SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1 >= most ? 0 : a.AccessFailedCount + 1), CancellationToken);
        await db.Entry(user).ReloadAsync(CancellationToken);
        return IdentityResult.Success;
    }
}
