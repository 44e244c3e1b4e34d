using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;

namespace Survey.Web.Mail;

/// <summary>
/// Takes waiting messages and writes each into the mail folder. In order: the row says <c>Sending</c> and that is committed; the file is written; the row says
/// <c>Sent</c> and its body, which may hold a personal link, is emptied. A message found <c>Sending</c> at a look was left by a process that died: it may be out
/// or not, so it becomes <c>Uncertain</c> and is never sent again. What could not be written waits longer each time, and fails after ten tries. What is uncertain or
/// has failed loses its body too: a link that nobody waits for is not to lie about.
/// </summary>
public sealed class OutboxTask(IDbContextFactory<SurveyDb> contexts, MailFolder folder, TimeProvider time, ILogger<OutboxTask> log) : IBackgroundTask
{
    /// <summary>The name to signal after a message was put in.</summary>
    public const string TaskName = "mail";

    private const int MostAttempts = 10, LongestError = 1000;

    public string Name => TaskName;

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task LookAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var left = await db.Outbox.Where(m => m.State == OutboxState.Sending).Select(m => m.MessageId).ToListAsync(cancel);
        if (left.Count > 0)
        {
            await db.Outbox.Where(m => m.State == OutboxState.Sending && left.Contains(m.MessageId))
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Uncertain).SetProperty(m => m.Body, ""), cancel);
            left.ForEach(folder.Forget);
            log.LogWarning("{Count} messages were being sent when a process ended; whether they are out is uncertain", left.Count);
        }

        while (!cancel.IsCancellationRequested && await TakeAsync(db, cancel) is { } message)
        {
            await SendAsync(db, message);
        }
    }

    private async Task<OutboxMessage?> TakeAsync(SurveyDb db, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        while (await db.Outbox.AsNoTracking().Where(m => m.State == OutboxState.Waiting && (m.NotBefore == null || m.NotBefore <= now)).OrderBy(m => m.Id).FirstOrDefaultAsync(cancel) is { } message)
        {
            var taken = await db.Outbox.Where(m => m.Id == message.Id && m.State == OutboxState.Waiting && m.Attempts == message.Attempts)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Sending).SetProperty(m => m.Attempts, message.Attempts + 1), cancel);
            if (taken == 1)
            {
                message.Attempts++;
                return message;
            }
        }

        return null;
    }

    // Not to be stopped half-way: a message between the two states would be uncertain for nothing.
    private async Task SendAsync(SurveyDb db, OutboxMessage message)
    {
        var mine = db.Outbox.Where(m => m.Id == message.Id && m.Attempts == message.Attempts);
        try
        {
            folder.Write(message);
            var now = time.GetUtcNow().UtcDateTime;
            await mine.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Sent).SetProperty(m => m.SentAt, now)
                .SetProperty(m => m.Body, "").SetProperty(m => m.LastError, (string?)null), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SmtpException or FormatException or ArgumentException)
        {
            log.LogError(e, "Message {Message} could not be written", message.Id);
            // An address that cannot be written to, or a subject that cannot stand in a header, does not become better by waiting.
            var isOver = e is FormatException or ArgumentException || message.Attempts >= MostAttempts;
            DateTime? later = isOver ? null : time.GetUtcNow().UtcDateTime.AddMinutes(Math.Pow(2, message.Attempts - 1));
            var reason = DoorText.Cut(e.GetBaseException().Message, LongestError / 2);
            await mine.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, isOver ? OutboxState.Failed : OutboxState.Waiting)
                .SetProperty(m => m.Body, m => isOver ? "" : m.Body)
                .SetProperty(m => m.NotBefore, later).SetProperty(m => m.LastError, reason), CancellationToken.None);
        }
    }
}
