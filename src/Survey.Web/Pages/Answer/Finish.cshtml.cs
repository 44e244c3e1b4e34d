using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Web.Access;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// "Finish and clear this computer": the session ends and the browser is told to forget what it kept, so that the next person at it sees nothing, not even the
/// organisation's name. Says what is left to do. A form from another site must not clear what this browser still has to send: without a valid token and
/// without the browser's word that the form is ours, the page asks once more.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class FinishModel(MemberSession session, IAntiforgery antiforgery, TimeProvider time) : PageModel
{
    /// <summary>What is left to do, as a key of the page's words; null when the address says nothing known.</summary>
    public string? Left { get; private set; }

    /// <summary>Whether the button must be pressed once more.</summary>
    public bool IsAsking { get; private set; }

    public void OnGet(string? left) => Left = left is "sent" or "unsent" or "changed" ? left : null;

    public async Task<IActionResult> OnPostAsync()
    {
        if (Request.Headers["Sec-Fetch-Site"] == "same-origin" || await antiforgery.IsRequestValidAsync(HttpContext))
        {
            return await RunAsync(HttpContext, session, time.GetUtcNow().UtcDateTime);
        }

        IsAsking = true;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Finishes, and leads to the page that says so.</summary>
    public static async Task<IActionResult> RunAsync(HttpContext context, MemberSession session, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(session);
        var begun = (await session.AllAsync(context.User, context.RequestAborted)).Where(h => h.Response is not null && h.AcceptsAnswersAt(now)).ToList();
        var left = begun.Any(h => h.Response!.Version == 0) ? "?left=unsent" : begun.Any(h => h.Response!.HasUnsentChanges) ? "?left=changed" : begun.Count > 0 ? "?left=sent" : "";
        var language = context.RequestServices.GetRequiredService<Localization.PageTexts>().Language;
        await context.SignOutAsync(MemberSession.Scheme);
        // Not "cookies": that would also end an office session in the same browser.
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        // The session held the language; from here on the address does.
        return new RedirectResult($"/a/finish{left}{(left.Length > 0 ? '&' : '?')}lang={language}");
    }
}
