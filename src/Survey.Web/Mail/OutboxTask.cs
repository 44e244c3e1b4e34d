using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;

namespace Survey.Web.Mail;

/// <summary>
/// Takes waiting messages and hands each over. In order: the row says <c>Sending</c> and that is committed; the message is handed over; the row says <c>Sent</c>
/// and its body, which may hold a personal link, is emptied. Mails of a mailing go after all others, and not while it is paused; one whose reason is gone by then is not
/// sent (<see cref="MailingDue"/>). What was not handed over waits longer each time, some five days in all; what was refused, or waited
/// that long, has failed, and its link is revoked. A message found <c>Sending</c> at a look was left by a process that died: it may be out or not, as one whose line broke
/// while its text was on the way; it is <c>Uncertain</c> and never sent again by itself. Failed and uncertain ones lose their link's token: one that nobody waits for is not to lie about.
/// How many were begun within a minute is counted in the rows, under a lock, so that the limit holds over all processes.
/// </summary>
public sealed class OutboxTask(IDbContextFactory<SurveyDb> contexts, IMailSender sender, TimeProvider time, ILogger<OutboxTask> log) : IBackgroundTask
{
    /// <summary>The name to signal after a message was put in.</summary>
    public const string TaskName = "mail";

    /// <summary>What <see cref="OutboxMessage.Attempts"/> is raised to a multiple of when the office sends a message again: its tries begin anew, and whoever still holds an older one no longer writes.</summary>
    internal const int TriesAnew = 100;

    private const int MostTries = 36, LongestError = 1000, LongestPauseMinutes = 240;
    private const long TakingLock = 7_242_001;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public string Name => TaskName;

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task LookAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await MarkLeftAsync(db, cancel);
        while (!cancel.IsCancellationRequested && await TakeAsync(db, cancel) is { } message && await SendAsync(db, message))
        {
        }
    }

    private async Task MarkLeftAsync(SurveyDb db, CancellationToken cancel)
    {
        var left = await db.Outbox.AsNoTracking().Where(m => m.State == OutboxState.Sending).ToListAsync(cancel);
        foreach (var message in left)
        {
            var body = LetterLink.WithoutToken(message.Body);
            await db.Outbox.Where(m => m.Id == message.Id && m.State == OutboxState.Sending && m.Attempts == message.Attempts)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Uncertain).SetProperty(m => m.Body, body), cancel);
            sender.Forget(message.MessageId);
        }

        if (left.Count > 0)
        {
            log.LogWarning("{Count} messages were being sent when a process ended; whether they are out is uncertain", left.Count);
        }
    }

    private async Task<OutboxMessage?> TakeAsync(SurveyDb db, CancellationToken cancel)
    {
        while (await Next(db, time.GetUtcNow().UtcDateTime).AnyAsync(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (db.Database.IsNpgsql())
            {
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({TakingLock})", cancel);
            }

            var now = time.GetUtcNow().UtcDateTime;
            var lately = now - Minute;
            if ((sender.MostPerMinute is { } most && await db.Outbox.CountAsync(m => m.TakenAt > lately, cancel) >= most)
                || await Next(db, now).FirstOrDefaultAsync(cancel) is not { } message)
            {
                return null;
            }

            var mine = db.Outbox.Where(m => m.Id == message.Id && m.State == OutboxState.Waiting && m.Attempts == message.Attempts);
            var isDue = await MailingDue.IsDueAsync(db, message, now, cancel);
            var taken = isDue
                ? await mine.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Sending).SetProperty(m => m.Attempts, message.Attempts + 1).SetProperty(m => m.TakenAt, now), cancel)
                : await mine.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Unneeded).SetProperty(m => m.Body, ""), cancel);
            if (taken == 1 && !isDue)
            {
                await RevokeAsync(db, message.Body, now, cancel);
            }

            await transaction.CommitAsync(cancel);
            if (taken == 1 && isDue)
            {
                message.Attempts++;
                return message;
            }
        }

        return null;
    }

    private static IQueryable<OutboxMessage> Next(SurveyDb db, DateTime now) =>
        db.Outbox.AsNoTracking().Where(m => m.State == OutboxState.Waiting && (m.NotBefore == null || m.NotBefore <= now) && !db.Mailings.Any(g => g.Id == m.MailingId && g.PausedAt != null))
            .OrderBy(m => m.MailingId != null).ThenBy(m => m.Id);

    // Not to be stopped half-way: a message between the two states would be uncertain for nothing. False when no other message could be sent now either.
    private async Task<bool> SendAsync(SurveyDb db, OutboxMessage message)
    {
        var outcome = sender.Send(message);
        var now = time.GetUtcNow().UtcDateTime;
        var tries = message.Attempts % TriesAnew;
        var fate = outcome.Fate is MailFate.Later or MailFate.Unavailable && tries >= MostTries ? MailFate.Refused : outcome.Fate;
        var (state, body) = fate switch
        {
            MailFate.Sent => (OutboxState.Sent, ""),
            MailFate.Refused => (OutboxState.Failed, LetterLink.WithoutToken(message.Body)),
            MailFate.Uncertain => (OutboxState.Uncertain, LetterLink.WithoutToken(message.Body)),
            _ => (OutboxState.Waiting, message.Body),
        };
        DateTime? sent = fate is MailFate.Sent ? now : null, later = state is OutboxState.Waiting ? now.AddMinutes(Math.Min(Math.Pow(2, tries - 1), LongestPauseMinutes)) : null;
        var reason = outcome.Reason is null ? null : DoorText.Cut(outcome.Reason, LongestError / 2);
        var isWritten = await db.Outbox.Where(m => m.Id == message.Id && m.Attempts == message.Attempts).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, state).SetProperty(m => m.Body, body)
            .SetProperty(m => m.SentAt, sent).SetProperty(m => m.NotBefore, later).SetProperty(m => m.LastError, reason), CancellationToken.None) == 1;
        if (isWritten && fate is MailFate.Refused)
        {
            await RevokeAsync(db, message.Body, now, CancellationToken.None);
        }

        if (fate is not MailFate.Sent)
        {
            // Not the reason: a server may repeat the address in it.
            log.LogWarning("Message {Message}: {Fate} at try {Try}", message.Id, fate, tries);
        }

        return outcome.Fate is not MailFate.Unavailable;
    }

    /// <summary>Nobody has the link of a message that is certainly not out.</summary>
    private static async Task RevokeAsync(SurveyDb db, string body, DateTime now, CancellationToken cancel)
    {
        if (LetterLink.TokenIn(body) is { } token)
        {
            var hash = PersonalLink.Hash(token);
            await db.PersonalLinks.Where(l => l.TokenHash == hash && l.RevokedAt == null).ExecuteUpdateAsync(s => s.SetProperty(l => l.RevokedAt, now), cancel);
        }
    }
}
