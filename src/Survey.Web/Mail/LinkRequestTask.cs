using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;

namespace Survey.Web.Mail;

/// <summary>
/// Answers requests for a new link. Each request is looked up once: for every organisation that the address is a contact of, a fresh link to its newest round
/// that is or was open goes into the outbox, in the language of the page on which it was asked. Who was removed gets nothing; who wants no reminders may still
/// ask. One contact gets three an hour at most. Requests are deleted when they are a day old. What was sent, and whether anything was, is told to nobody.
/// </summary>
public sealed class LinkRequestTask(IDbContextFactory<SurveyDb> contexts, MailPost post, TimeProvider time) : IBackgroundTask
{
    /// <summary>The name to signal after a request.</summary>
    public const string TaskName = "link-requests";

    private const int MostAnHour = 3;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public string Name => TaskName;

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task LookAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            var old = now - Kept;
            await db.LinkRequests.Where(r => r.RequestedAt < old).ExecuteDeleteAsync(cancel);
        }

        var isAny = false;
        while (!cancel.IsCancellationRequested && await AnswerNextAsync(now, cancel))
        {
            isAny = true;
        }

        if (isAny)
        {
            await post.LookAsync(cancel);
        }
    }

    /// <summary>Deals with the oldest request, all or nothing; false when there is none.</summary>
    private async Task<bool> AnswerNextAsync(DateTime now, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LinkRequests.AsNoTracking().Where(r => r.DoneAt == null).OrderBy(r => r.Id).FirstOrDefaultAsync(cancel) is not { } request)
        {
            return false;
        }

        // Another worker may have the same one in hand: who marks it first deals with it.
        if (await db.LinkRequests.Where(r => r.Id == request.Id && r.DoneAt == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.DoneAt, now), cancel) == 1)
        {
            foreach (var contact in await db.Contacts.AsNoTracking().Where(c => c.EmailFolded == request.EmailFolded && c.RemovedAt == null).OrderBy(c => c.Id).ToListAsync(cancel))
            {
                await AnswerAsync(db, request, contact, now, cancel);
            }

            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        return true;
    }

    private async Task AnswerAsync(SurveyDb db, LinkRequest request, Contact contact, DateTime now, CancellationToken cancel)
    {
        var lately = now.AddHours(-1);
        var sent = await db.Outbox.CountAsync(m => m.ContactId == contact.Id && m.CreatedAt > lately && (m.Template == MailTemplates.NewLink || m.Template == MailTemplates.Discreet + MailTemplates.NewLink), cancel);
        var newest = await db.Invitations.AsNoTracking().Include(i => i.Round).Include(i => i.Organisation)
            .Where(i => i.OrganisationId == contact.OrganisationId && i.Round!.State != RoundState.Planned)
            .OrderByDescending(i => i.Round!.State == RoundState.Open).ThenByDescending(i => i.Round!.OpenedAt).ThenByDescending(i => i.Id).FirstOrDefaultAsync(cancel);
        if (sent >= MostAnHour || newest is null)
        {
            return;
        }

        var token = PersonalLink.NewToken();
        db.PersonalLinks.Add(new PersonalLink { InvitationId = newest.Id, ContactId = contact.Id, TokenHash = PersonalLink.Hash(token), CreatedAt = now });
        db.AuditEntries.Add(new AuditEntry { At = now, Actor = "job", Action = "link.issue", Subject = string.Create(CultureInfo.InvariantCulture, $"invitation:{newest.Id}") });
        post.Put(db, new Letter(MailTemplates.NewLink, string.Create(CultureInfo.InvariantCulture, $"new-link-{request.Id}-{contact.Id}"), request.Language, contact, newest, newest.Round!)
        {
            IsDiscreet = newest.IsDiscreet || newest.Organisation!.IsTreatedDiscreetly,
            Link = post.Address($"/a/{token}"),
        }, now);
    }
}
