using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;

namespace Survey.Web.Mail;

/// <summary>
/// What the office decides about a mail that failed or is uncertain: send it again, or say that it arrived. Sent again it goes to the person's present address, and has the same Message-ID, so that a mailbox
/// that has it shows it once, and a fresh personal link, because the old one's token is nowhere. The older link goes on working where the first mail may have arrived: of two
/// mails with one Message-ID many servers keep the first. Where it certainly did not, its link was revoked when it failed.
/// </summary>
public static class OfficeMail
{
    /// <summary>Whether the text of a message is still there to be sent again.</summary>
    public static bool CanBeSentAgain(OutboxState state, string body) => state is OutboxState.Failed or OutboxState.Uncertain && body.Length > 0;

    /// <summary>Puts the message back into the outbox; false when that cannot be done (any more).</summary>
    public static async Task<bool> SendAgainAsync(SurveyDb db, long id, string actor, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Outbox.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancel) is not { } message || !CanBeSentAgain(message.State, message.Body))
        {
            return false;
        }

        var (body, address, name) = (message.Body, message.ToAddress, message.ToName);
        if (message.ContactId is { } contactId)
        {
            var found = await (
                from contact in db.Contacts
                where contact.Id == contactId && contact.RemovedAt == null
                join invitation in db.Invitations on contact.OrganisationId equals invitation.OrganisationId
                where invitation.RoundId == message.RoundId
                select new { invitation.Id, contact.Email, contact.Name, IsReachable = contact.OptedOutAt == null && contact.BouncedAt == null, IsDiscreet = invitation.IsDiscreet || invitation.Organisation!.IsDiscreet || invitation.Organisation.WantsDiscretion }).FirstOrDefaultAsync(cancel);
            // What was written before the organisation became discreet would give it away; and who was invited anew since has that mail.
            if (found is null || (found.IsDiscreet && !MailTemplates.IsDiscreet(message.Template)) || (message.MailingId is not null && (!found.IsReachable || await IsInvitedAnewAsync(db, message, cancel))))
            {
                return false;
            }

            (address, name) = (found.Email, found.Name);
            if (LetterLink.LacksToken(body))
            {
                var token = PersonalLink.NewToken();
                db.PersonalLinks.Add(new PersonalLink { InvitationId = found.Id, ContactId = contactId, TokenHash = PersonalLink.Hash(token), CreatedAt = now });
                body = LetterLink.With(body, token);
            }
        }

        var attempts = ((message.Attempts / OutboxTask.TriesAnew) + 1) * OutboxTask.TriesAnew;
        if (LetterLink.LacksToken(body) || await db.Outbox.Where(m => m.Id == id && m.State == message.State && m.Attempts == message.Attempts)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Waiting).SetProperty(m => m.Body, body).SetProperty(m => m.Attempts, attempts).SetProperty(m => m.ToAddress, address).SetProperty(m => m.ToName, name)
                .SetProperty(m => m.NotBefore, (DateTime?)null).SetProperty(m => m.LastError, (string?)null), cancel) == 0)
        {
            return false;
        }

        db.Record(now, actor, "mail.send-again", Subject(id));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>
    /// Failed messages that still want a decision: the person is a contact whose mark does not say yet that mails come back, nothing was sent in its place, and the
    /// round is not frozen.
    /// </summary>
    public static IQueryable<OutboxMessage> FailedAndOpen(SurveyDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return NotInvitedAnew(db, db.Outbox.Where(m => m.State == OutboxState.Failed
            && (m.ContactId == null || db.Contacts.Reachable().Any(c => c.Id == m.ContactId))
            && (m.RoundId == null || db.Rounds.Any(r => r.Id == m.RoundId && r.FrozenAt == null))));
    }

    private static async Task<bool> IsInvitedAnewAsync(SurveyDb db, OutboxMessage message, CancellationToken cancel) =>
        !await NotInvitedAnew(db, db.Outbox.Where(m => m.Id == message.Id)).AnyAsync(cancel);

    private static IQueryable<OutboxMessage> NotInvitedAnew(SurveyDb db, IQueryable<OutboxMessage> messages) =>
        messages.Where(m => m.MailingId == null || !db.Outbox.Any(later => later.Id > m.Id && later.ContactId == m.ContactId && later.RoundId == m.RoundId && later.Template == m.Template && later.MailingId != null
            && later.State != OutboxState.Unneeded && later.State != OutboxState.Failed));

    /// <summary>Takes the office's word that an uncertain message arrived; false when it is not uncertain any more.</summary>
    public static async Task<bool> ArrivedAsync(SurveyDb db, long id, string actor, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Outbox.Where(m => m.Id == id && m.State == OutboxState.Uncertain).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Sent).SetProperty(m => m.Body, "").SetProperty(m => m.SentAt, now), cancel) == 0)
        {
            return false;
        }

        db.Record(now, actor, "mail.arrived", Subject(id));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static string Subject(long id) => string.Create(CultureInfo.InvariantCulture, $"mail:{id}");
}
