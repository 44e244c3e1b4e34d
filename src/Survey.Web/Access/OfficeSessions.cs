using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Storage;

namespace Survey.Web.Access;

/// <summary>
/// Where office accounts are signed in. In order: signing in writes a row and puts its id into the cookie; each request asks for the row, and one that has ended is signed
/// out; signing out, disabling, a reset and another role end rows. A request writes only when the row was last seen some minutes ago.
/// </summary>
internal static class OfficeSessions
{
    /// <summary>The claim that names the session.</summary>
    public const string Claim = "office-session";

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5), KeptFor = TimeSpan.FromDays(30);

    /// <summary>Names by which browsers and systems call themselves; the first that is found counts, since most also claim to be another.</summary>
    private static readonly (string Mark, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")],
        Systems = [("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    /// <summary>Begins a session of an account in the browser of this request; gives its id.</summary>
    /// <exception cref="DbUpdateException">There is, or was, a session of this id.</exception>
    public static async Task<string> BeginAsync(SurveyDb db, string accountId, string? userAgent, DateTime now, string? id = null)
    {
        var old = now - KeptFor;
        await db.OfficeSessions.Where(s => s.SeenAt < old).ExecuteDeleteAsync();
        var session = new OfficeSession { Id = id ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), AccountId = accountId, CreatedAt = now, SeenAt = now, Browser = BrowserOf(userAgent) };
        db.OfficeSessions.Add(session);
        await db.SaveChangesAsync();
        return session.Id;
    }

    /// <summary>Whether the session goes on; notes from time to time that it was seen.</summary>
    public static async Task<bool> IsOpenAsync(SurveyDb db, ClaimsPrincipal user, DateTime now, CancellationToken cancel)
    {
        var (id, account) = (user.FindFirstValue(Claim), user.FindFirstValue(ClaimTypes.NameIdentifier));
        var open = db.OfficeSessions.Where(s => s.Id == id && s.AccountId == account && s.EndedAt == null);
        if (await open.Select(s => (DateTime?)s.SeenAt).FirstOrDefaultAsync(cancel) is not { } seen)
        {
            return false;
        }

        if (now - seen >= SeenEvery)
        {
            await open.ExecuteUpdateAsync(s => s.SetProperty(o => o.SeenAt, now), cancel);
        }

        return true;
    }

    /// <summary>Ends one session of an account.</summary>
    public static Task<int> EndAsync(SurveyDb db, string accountId, string? id, DateTime now, CancellationToken cancel) =>
        db.OfficeSessions.Where(s => s.AccountId == accountId && s.Id == id && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(o => o.EndedAt, now), cancel);

    /// <summary>Ends all sessions of an account, but for one where <paramref name="exceptId"/> names it.</summary>
    public static Task<int> EndAllAsync(SurveyDb db, string accountId, string? exceptId, DateTime now, CancellationToken cancel) =>
        db.OfficeSessions.Where(s => s.AccountId == accountId && s.Id != (exceptId ?? "") && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(o => o.EndedAt, now), cancel);

    /// <summary>The sessions of an account that go on, the last seen first; those older than a cookie lives are over without having been ended.</summary>
    public static async Task<IReadOnlyList<OfficeSession>> OfAsync(SurveyDb db, string accountId, DateTime now, CancellationToken cancel)
    {
        var since = now - OfficeAccess.SessionLength - SeenEvery;
        return await db.OfficeSessions.AsNoTracking().Where(s => s.AccountId == accountId && s.EndedAt == null && s.SeenAt > since).OrderByDescending(s => s.SeenAt).ThenBy(s => s.Id).ToListAsync(cancel);
    }

    private static string BrowserOf(string? agent) =>
        string.Join(" · ", new[] { Browsers, Systems }.Select(known => known.FirstOrDefault(k => agent?.Contains(k.Mark, StringComparison.Ordinal) == true).Name).OfType<string>());
}
