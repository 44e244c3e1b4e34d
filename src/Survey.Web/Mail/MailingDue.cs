using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;

namespace Survey.Web.Mail;

/// <summary>
/// Whether a mail is still to be sent, asked just before: hours may lie between writing and sending, and days where a mailing is paused or a server puts it off. No mail goes
/// to a person who was removed, nor one that names the network to an organisation that is discreet by now, whoever chose that and however late. One of a mailing is not sent either when
/// the round has closed (of a consultation: that is over), the person has opted out or bounced, or the organisation left or has sent meanwhile what the mail asks for.
/// </summary>
public static class MailingDue
{
    public static async Task<bool> IsDueAsync(SurveyDb db, OutboxMessage message, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(message);
        var isDiscreet = MailTemplates.IsDiscreet(message.Template);
        if (message.ContactId is not null && await db.Contacts.AnyAsync(
            c => c.Id == message.ContactId && (c.RemovedAt != null || (!isDiscreet && (db.Organisations.Any(o => o.Id == c.OrganisationId && (o.IsDiscreet || o.WantsDiscretion))
                || db.Invitations.Any(i => i.OrganisationId == c.OrganisationId && i.RoundId == message.RoundId && i.IsDiscreet)))), cancel))
        {
            return false;
        }

        if (message.MailingId is null)
        {
            return true;
        }

        var found = await (
            from contact in db.Contacts.AsNoTracking()
            where contact.Id == message.ContactId
            join organisation in db.Organisations on contact.OrganisationId equals organisation.Id
            join invitation in db.Invitations on organisation.Id equals invitation.OrganisationId
            where invitation.RoundId == message.RoundId
            join response in db.Responses on invitation.Id equals response.InvitationId into given
            from response in given.DefaultIfEmpty()
            select new { Contact = contact, organisation.RetiredAt, Round = invitation.Round!, Response = response }).FirstOrDefaultAsync(cancel);
        if (found is not { Contact: { RemovedAt: null, OptedOutAt: null, BouncedAt: null }, RetiredAt: null })
        {
            return false;
        }

        if (message.Template is MailTemplates.Consultation or MailTemplates.Discreet + MailTemplates.Consultation)
        {
            return (await ConsultationMail.OfAsync(db, message.MailingId, cancel))?.IsOpenAt(now) == true;
        }

        return found.Round.IsOpenAt(now) && (found.Response is null || found.Response.Version == 0 || (IsAboutChanges(message.Template) && found.Response.HasUnsentChanges));
    }

    private static bool IsAboutChanges(string template) => template is MailTemplates.UnsentChanges or MailTemplates.Discreet + MailTemplates.UnsentChanges;
}
