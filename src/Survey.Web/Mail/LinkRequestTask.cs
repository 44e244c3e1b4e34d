using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;

namespace Survey.Web.Mail;

/// <summary>
/// Answers requests for a new link. Each request is looked up once: for every organisation that the address is a contact of, a fresh link goes into the outbox to each round
/// that it can answer now, open for all or for it alone, and where there is none to its newest round that was open; in the language of the page on which it was asked. Who was
/// removed gets nothing; who wants no reminders may still ask. One contact gets three an hour to one round at most. A request that fails does not hold up the others: it is tried again at each look for ten minutes, then given up. Requests
/// are deleted when they are a day old. What was sent, and whether anything was, is told to nobody.
/// </summary>
public sealed class LinkRequestTask(IDbContextFactory<SurveyDb> contexts, MailPost post, TimeProvider time, ILogger<LinkRequestTask> log) : IBackgroundTask
{
    /// <summary>The name to signal after a request.</summary>
    public const string TaskName = "link-requests";

    private const int MostAnHour = 3;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1), Tried = TimeSpan.FromMinutes(10);

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

        LinkRequest? request = null;
        while (!cancel.IsCancellationRequested && await NextAsync(request?.Id ?? 0, cancel) is { } next)
        {
            request = next;
            try
            {
                await AnswerAsync(request, now, cancel);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Not the exception itself: its message may hold the address.
                log.LogError("The request {Request} for a link could not be answered: {Failure} {Trace}", request.Id, e.GetType().Name, e.StackTrace);
                await GiveUpAsync(request, now, cancel);
            }
        }

        if (request is not null)
        {
            await post.LookAsync(cancel);
        }
    }

    private async Task<LinkRequest?> NextAsync(long after, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.LinkRequests.AsNoTracking().Where(r => r.DoneAt == null && r.Id > after).OrderBy(r => r.Id).FirstOrDefaultAsync(cancel);
    }

    private async Task GiveUpAsync(LinkRequest request, DateTime now, CancellationToken cancel)
    {
        if (now - request.RequestedAt >= Tried)
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            await db.LinkRequests.Where(r => r.Id == request.Id && r.DoneAt == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.DoneAt, now), cancel);
        }
    }

    /// <summary>Deals with one request, all or nothing.</summary>
    private async Task AnswerAsync(LinkRequest request, DateTime now, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Another worker may have the same one in hand: who marks it first deals with it.
        if (await db.LinkRequests.Where(r => r.Id == request.Id && r.DoneAt == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.DoneAt, now), cancel) == 1)
        {
            // Held like a colleague's change, in one order for everybody: who is being removed at this moment gets no link.
            var organisations = await db.Contacts.Where(c => c.EmailFolded == request.EmailFolded && c.RemovedAt == null).Select(c => c.OrganisationId).Order().ToListAsync(cancel);
            foreach (var organisation in organisations)
            {
                await db.Organisations.Where(o => o.Id == organisation).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetiredAt, o => o.RetiredAt), cancel);
            }

            foreach (var contact in await db.Contacts.AsNoTracking().Where(c => c.EmailFolded == request.EmailFolded && c.RemovedAt == null && organisations.Contains(c.OrganisationId)).OrderBy(c => c.Id).ToListAsync(cancel))
            {
                await AnswerAsync(db, request, contact, now, cancel);
            }

            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    private async Task AnswerAsync(SurveyDb db, LinkRequest request, Contact contact, DateTime now, CancellationToken cancel)
    {
        var places = await db.Invitations.AsNoTracking().Include(i => i.Round).Include(i => i.Organisation)
            .Where(i => i.OrganisationId == contact.OrganisationId && i.Round!.State != RoundState.Planned)
            .OrderByDescending(i => i.Round!.State == RoundState.Open).ThenByDescending(i => i.Round!.OpenedAt).ThenByDescending(i => i.Id).ToListAsync(cancel);
        var open = places.Where(i => i.Round!.AcceptsAnswersAt(now) || i.IsReopenedAt(i.Round, now)).ToList();
        foreach (var place in open.Count > 0 ? open : places.Take(1))
        {
            await PutAsync(db, request, contact, place, now, cancel);
        }
    }

    private async Task PutAsync(SurveyDb db, LinkRequest request, Contact contact, Invitation place, DateTime now, CancellationToken cancel)
    {
        var lately = now.AddHours(-1);
        if (await db.Outbox.CountAsync(m => m.ContactId == contact.Id && m.RoundId == place.RoundId && m.CreatedAt > lately && (m.Template == MailTemplates.NewLink || m.Template == MailTemplates.Discreet + MailTemplates.NewLink), cancel) >= MostAnHour)
        {
            return;
        }

        var token = PersonalLink.NewToken();
        db.PersonalLinks.Add(new PersonalLink { InvitationId = place.Id, ContactId = contact.Id, TokenHash = PersonalLink.Hash(token), CreatedAt = now });
        db.Record(now, "job", "link.issue", string.Create(CultureInfo.InvariantCulture, $"invitation:{place.Id}"));
        post.Put(db, new Letter(MailTemplates.NewLink, string.Create(CultureInfo.InvariantCulture, $"new-link-{request.Id}-{contact.Id}-{place.Id}"), request.Language, contact, place, place.Round!)
        {
            IsDiscreet = place.IsDiscreet || place.Organisation!.IsTreatedDiscreetly,
            Link = post.Address($"/a/{token}"),
        }, now);
    }
}
