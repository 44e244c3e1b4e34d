using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Office.Mails;

/// <summary>A mailing under way: how many of its mails are out; pauses it and lets it go on. Can be left and found again.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MailingPageModel(SurveyDb db, TimeProvider time, IServiceProvider services) : PageModel
{
    public MailingLine Line { get; private set; } = null!;

    public SurveyRound Round { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await MailingLine.OfAsync(db, db.Mailings.Where(m => m.Id == id), cancel) is not [var line])
        {
            return KindPage.NotFound();
        }

        (Line, Round) = (line, await db.Rounds.AsNoTracking().FirstAsync(r => r.Id == line.Mailing.RoundId, cancel));
        return Page();
    }

    public Task<IActionResult> OnPostPauseAsync(long id, CancellationToken cancel) => SetAsync(id, time.GetUtcNow().UtcDateTime, "mailing.pause", cancel);

    public Task<IActionResult> OnPostGoOnAsync(long id, CancellationToken cancel) => SetAsync(id, null, "mailing.go-on", cancel);

    private async Task<IActionResult> SetAsync(long id, DateTime? pausedAt, string action, CancellationToken cancel)
    {
        if (await db.Mailings.FirstOrDefaultAsync(m => m.Id == id, cancel) is not { } mailing)
        {
            return KindPage.NotFound();
        }

        if (mailing.PausedAt is null != pausedAt is null)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            // Only this column: the task may be moving the others at this moment.
            await db.Mailings.Where(m => m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.PausedAt, pausedAt), cancel);
            db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), action, string.Create(CultureInfo.InvariantCulture, $"mailing:{id}"));
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            if (pausedAt is null && services.GetService<JobSignal>() is { } signal)
            {
                await signal.LookAsync(MailingTask.TaskName, cancel);
                await signal.LookAsync(OutboxTask.TaskName, cancel);
            }
        }

        return Redirect($"/office/mailings/{id}");
    }
}
