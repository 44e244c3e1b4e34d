using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// Writes the organisation's own choice of discretion, and nothing of the office's: invitations keep what the office had chosen when they were made, and everybody
/// who asks looks at the organisation too. With the choice, mails that still wait take a neutral form, in the same transaction: one with a personal link is written
/// anew with that link, any other is dropped, since its page says the same.
/// </summary>
public static class DiscretionChoice
{
    /// <summary>The actions in the audit, by which the office is told.</summary>
    public const string Chosen = "discretion.choose", TakenBack = "discretion.take-back";

    public static async Task SetAsync(SurveyDb db, MailPost post, HeldResponse held, bool wanted, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(held);
        var id = held.Invitation.OrganisationId;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // The form sent twice is one choice and one entry. Who adds a mail to the organisation's people waits for this row.
        if (await db.Organisations.Where(o => o.Id == id && o.WantsDiscretion != wanted).ExecuteUpdateAsync(s => s.SetProperty(o => o.WantsDiscretion, wanted), cancel) == 0)
        {
            return;
        }

        if (wanted)
        {
            await HideWaitingAsync(db, post, id, cancel);
        }

        db.Record(at, "member", wanted ? Chosen : TakenBack, string.Create(CultureInfo.InvariantCulture, $"organisation:{id}"));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Gives the organisation's waiting mails a neutral form or drops them; within the transaction of the choice, whoever made it.</summary>
    public static async Task HideWaitingAsync(SurveyDb db, MailPost post, int organisation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(post);
        var waiting = await (
            from message in db.Outbox.AsNoTracking()
            where message.State == OutboxState.Waiting && !message.Template.StartsWith(MailTemplates.Discreet)
            join contact in db.Contacts on message.ContactId equals contact.Id
            where contact.OrganisationId == organisation
            join invitation in db.Invitations on new { message.RoundId, contact.OrganisationId } equals new { RoundId = (int?)invitation.RoundId, invitation.OrganisationId }
            orderby message.Id
            select new { Message = message, Contact = contact, Invitation = invitation, Round = invitation.Round! }).ToListAsync(cancel);
        foreach (var old in waiting)
        {
            // One that is being sent at this moment is out.
            var isMine = await db.Outbox.Where(m => m.Id == old.Message.Id && m.State == OutboxState.Waiting).ExecuteDeleteAsync(cancel) == 1;
            if (isMine && LetterLink.In(old.Message.Body) is { } link)
            {
                var key = old.Message.MessageId[..old.Message.MessageId.IndexOf('@', StringComparison.Ordinal)];
                post.Put(db, new Letter(old.Message.Template, key, old.Message.Language, old.Contact, old.Invitation, old.Round)
                {
                    IsDiscreet = true,
                    Link = link,
                    MailingId = old.Message.MailingId,
                    Words = ConsultationMail.WordsOf(post, await ConsultationMail.OfAsync(db, old.Message.MailingId, cancel), old.Message.Language),
                }, old.Message.CreatedAt);
            }
        }
    }
}
