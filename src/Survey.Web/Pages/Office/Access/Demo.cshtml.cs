using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Access;

/// <summary>
/// The one-time sign-in link that <c>./progress demo</c> prints: works once, only on a demo database, and only from the machine itself,
/// named as such and with no proxy between.
/// </summary>
public sealed class DemoModel(SurveyDb db, OfficeSignIn signIn, SiteOptions options, AttemptLimit limit, TimeProvider time) : PageModel
{
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) =>
        IsAllowed && await SetUpToken.FindAsync(db, SetUpToken.Demo, token, Now, cancel) is not null ? Page() : Unknown();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        if (!IsAllowed || await SetUpToken.FindAsync(db, SetUpToken.Demo, token, Now, cancel) is not { } account)
        {
            return Unknown();
        }

        // The row is the truth for "once": of two at the same time one finds the token gone.
        var hash = account.SetUpTokenHash;
        if (await db.Users.Where(a => a.Id == account.Id && a.SetUpTokenHash == hash).ExecuteUpdateAsync(s => s.SetProperty(a => a.SetUpTokenHash, (string?)null), cancel) == 0)
        {
            return Unknown();
        }

        db.Record(Now, $"office:{account.Id}", "office.demo-sign-in", $"account:{account.Id}");
        await db.SaveChangesAsync(cancel);
        await signIn.SignInAsync(account, isPersistent: false);
        return Redirect("/office");
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private bool IsAllowed => options.IsDemo && !options.IsBehindProxy
        && HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && ThisMachine.Contains(Request.Host.Host) && !Request.Headers.ContainsKey("X-Forwarded-For") && !Request.Headers.ContainsKey("Forwarded");

    private KindPage Unknown() =>
        limit.Allow("set-up", HttpContext.Connection.RemoteIpAddress, AttemptLimit.WrongLinks) ? new KindPage(StatusCodes.Status404NotFound, "setUpLink") : KindPage.TooMany();
}
