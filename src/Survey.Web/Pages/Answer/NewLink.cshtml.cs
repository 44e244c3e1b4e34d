using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// "Send me a new link". Whatever address is written, the same row is stored and the same answer given, so that nobody learns who is a member;
/// <see cref="LinkRequestTask"/> does the rest. Ten requests a minute from one place.
/// </summary>
public sealed class NewLinkModel(SurveyDb db, AttemptLimit limit, PageTexts texts, TimeProvider time, IServiceProvider services) : PageModel
{
    /// <summary>What was typed.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Whether what was typed is no address.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>Whether a request was taken; says nothing about whether anybody has that address.</summary>
    public bool IsDone { get; private set; }

    public void OnGet(bool done) => IsDone = done;

    public async Task<IActionResult> OnPostAsync(string? email, string? then, bool done, CancellationToken cancel)
    {
        Email = email ?? "";
        if (then?.StartsWith("speak-", StringComparison.Ordinal) == true)
        {
            texts.Use(then["speak-".Length..]);
            IsDone = done;
            return Page();
        }

        if (!limit.Allow("new-link", HttpContext.Connection.RemoteIpAddress, AttemptLimit.NewLinks))
        {
            return KindPage.TooMany();
        }

        if (EmailAddress.Of(Email) is not { } address)
        {
            IsWrong = true;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        db.LinkRequests.Add(new LinkRequest { EmailFolded = address.ToLowerInvariant(), Language = texts.Language, RequestedAt = time.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(cancel);
        if (services.GetService<JobSignal>() is { } signal)
        {
            await signal.LookAsync(LinkRequestTask.TaskName, cancel);
        }

        return Redirect($"/a/new-link?lang={texts.Language}&done=true");
    }
}
