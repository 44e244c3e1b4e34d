using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;

namespace Survey.Domain.Storage;

/// <summary>
/// How many organisations of a round were written to, and how many reminders went out, for the methods annex. Counted from the mails as long as they are there; whoever deletes
/// mails or contacts calls <see cref="KeepAsync"/> or <see cref="KeepInvitedAsync"/> first, in the same transaction, so that the numbers stay.
/// </summary>
public static class SentMails
{
    private const string Invitation = "invitation", DiscreetInvitation = "discreet-invitation";

    /// <summary>Organisations of the round to which an invitation went out.</summary>
    public static Task<int> InvitedAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Invitations.CountAsync(i => i.RoundId == roundId && (i.WasMailed || Invited(db, db.Outbox).Any(p => p.RoundId == i.RoundId && p.OrganisationId == i.OrganisationId)), cancel);
    }

    /// <summary>Reminders of the round that went out.</summary>
    public static async Task<int> RemindersAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var reminders = db.Mailings.Where(m => m.RoundId == roundId && m.Kind == MailingKind.Reminder);
        return await reminders.SumAsync(m => m.SentAndDeleted, cancel) + await db.Outbox.CountAsync(o => o.State == OutboxState.Sent && reminders.Any(m => m.Id == o.MailingId), cancel);
    }

    /// <summary>Notes what these mails, which are about to be deleted, count for.</summary>
    internal static async Task KeepAsync(SurveyDb db, IQueryable<OutboxMessage> leaving, CancellationToken cancel)
    {
        await KeepInvitedAsync(db, leaving, cancel);
        var counts = await leaving.Where(m => m.State == OutboxState.Sent && m.MailingId != null).GroupBy(m => m.MailingId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        foreach (var mailing in counts)
        {
            await db.Mailings.Where(m => m.Id == mailing.Key).ExecuteUpdateAsync(s => s.SetProperty(m => m.SentAndDeleted, m => m.SentAndDeleted + mailing.Count), cancel);
        }
    }

    /// <summary>The same for mails whose contacts are about to be deleted: they stay and no longer tell whom they invited.</summary>
    internal static async Task KeepInvitedAsync(SurveyDb db, IQueryable<OutboxMessage> leaving, CancellationToken cancel)
    {
        foreach (var round in (await Invited(db, leaving).Distinct().ToListAsync(cancel)).GroupBy(p => p.RoundId, p => p.OrganisationId))
        {
            foreach (var organisations in round.Chunk(500))
            {
                await db.Invitations.Where(i => i.RoundId == round.Key && organisations.Contains(i.OrganisationId)).ExecuteUpdateAsync(s => s.SetProperty(i => i.WasMailed, true), cancel);
            }
        }
    }

    /// <summary>Whom mails invited to which round; a contact that stayed behind with a merged entry was written to for the one into which that was merged.</summary>
    private static IQueryable<InvitedPlace> Invited(SurveyDb db, IQueryable<OutboxMessage> messages) =>
        from message in messages
        where message.State == OutboxState.Sent && message.RoundId != null && (message.Template == Invitation || message.Template == DiscreetInvitation)
        join contact in db.Contacts on message.ContactId equals (int?)contact.Id
        join organisation in db.Organisations on contact.OrganisationId equals organisation.Id
        select new InvitedPlace { RoundId = message.RoundId, OrganisationId = organisation.MergedIntoId ?? organisation.Id };

    private sealed class InvitedPlace
    {
        public int? RoundId { get; init; }
        public int OrganisationId { get; init; }
    }
}
