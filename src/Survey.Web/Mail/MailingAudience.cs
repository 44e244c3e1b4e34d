using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Storage;

namespace Survey.Web.Mail;

/// <summary>Whom a mailing is limited to; what is empty limits nothing.</summary>
/// <param name="Regions">Region slugs of the round's scheme.</param>
/// <param name="Languages">Languages in which contacts are written to.</param>
/// <param name="Organisations">Ids of single organisations.</param>
public sealed record MailingSelection(IReadOnlyList<string> Regions, IReadOnlyList<string> Languages, IReadOnlyList<int> Organisations);

/// <summary>
/// Who gets a mailing. Reachable is a contact that was not removed, has not opted out and has not bounced, of an organisation that is still a member. An invitation goes to
/// whoever got none in this round yet (one that failed for good is none, and its link is revoked), of organisations that have not submitted. A reminder goes to every reachable contact of an organisation that has a personal link
/// (it was invited) and has not submitted, or has changes that it did not send; never to who has another mail of a mailing still waiting. The word that a draft can be read goes to every reachable contact of an organisation that has a personal link of
/// its own which opens, answered or not.
/// </summary>
public static class MailingAudience
{
    private const string Invited = MailTemplates.Invitation, InvitedDiscreetly = MailTemplates.Discreet + MailTemplates.Invitation;

    /// <summary>The contacts to be written to, one row each; unordered.</summary>
    public static IQueryable<Addressee> Of(SurveyDb db, int roundId, MailingKind kind, MailingSelection selection)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(selection);
        var languages = selection.Languages.ToArray();
        var found =
            from place in Places(db, roundId, kind, selection)
            join contact in db.Contacts on place.Invitation.OrganisationId equals contact.OrganisationId
            where contact.RemovedAt == null && contact.OptedOutAt == null && contact.BouncedAt == null && (languages.Length == 0 || languages.Contains(contact.Language))
            select new Addressee { Contact = contact, Invitation = place.Invitation, Organisation = place.Organisation, Response = place.Response };
        if (kind is MailingKind.Consultation)
        {
            return found;
        }

        found = found.Where(a => !db.Outbox.Any(m => m.ContactId == a.Contact.Id && m.RoundId == roundId && m.MailingId != null && m.State == OutboxState.Waiting));
        return kind is MailingKind.Reminder
            ? found
            : found.Where(a => !db.Outbox.Any(m => m.ContactId == a.Contact.Id && m.RoundId == roundId && (m.Template == Invited || m.Template == InvitedDiscreetly) && m.State != OutboxState.Unneeded && m.State != OutboxState.Failed));
    }

    /// <summary>The organisations that should be written to and have nobody who can be reached.</summary>
    public static IQueryable<Place> Unreachable(SurveyDb db, int roundId, MailingKind kind, MailingSelection selection)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Places(db, roundId, kind, selection)
            .Where(p => !db.Contacts.Any(c => c.OrganisationId == p.Invitation.OrganisationId && c.RemovedAt == null && c.OptedOutAt == null && c.BouncedAt == null));
    }

    private static IQueryable<Place> Places(SurveyDb db, int roundId, MailingKind kind, MailingSelection selection)
    {
        var (regions, organisations) = (selection.Regions.ToArray(), selection.Organisations.ToArray());
        var places =
            from invitation in db.Invitations
            join organisation in db.Organisations on invitation.OrganisationId equals organisation.Id
            join response in db.Responses on invitation.Id equals response.InvitationId into given
            from response in given.DefaultIfEmpty()
            where invitation.RoundId == roundId && organisation.RetiredAt == null
                && (regions.Length == 0 || regions.Contains(invitation.Region)) && (organisations.Length == 0 || EF.Parameter(organisations).Contains(organisation.Id))
            select new Place { Invitation = invitation, Organisation = organisation, Response = response };
        return kind switch
        {
            MailingKind.Consultation => places.Where(p => db.PersonalLinks.Any(l => l.InvitationId == p.Invitation.Id && l.RevokedAt == null && l.Mode == null)),
            MailingKind.Reminder => places.Where(p => db.PersonalLinks.Any(l => l.InvitationId == p.Invitation.Id)
                && (p.Response == null || p.Response.Version == 0 || (p.Response.Revision > p.Response.SubmittedRevision && p.Response.Review != ReviewState.SetAside))),
            _ => places.Where(p => p.Response == null || p.Response.Version == 0),
        };
    }
}

/// <summary>An organisation's place in the round, with its response if there is one.</summary>
public sealed class Place
{
    public required Invitation Invitation { get; init; }
    public required Organisation Organisation { get; init; }
    public SurveyResponse? Response { get; init; }
}

/// <summary>A contact to be written to, for one organisation.</summary>
public sealed class Addressee
{
    public required Contact Contact { get; init; }
    public required Invitation Invitation { get; init; }
    public required Organisation Organisation { get; init; }
    public SurveyResponse? Response { get; init; }

    /// <summary>Whether the mail must say nothing.</summary>
    public bool IsDiscreet => Invitation.IsDiscreet || Organisation.IsTreatedDiscreetly;

    /// <summary>Which message it is, by how far the organisation is.</summary>
    public string TemplateOf(MailingKind kind) => (kind, Response) switch
    {
        (MailingKind.Invitation, _) => MailTemplates.Invitation,
        (MailingKind.Consultation, _) => MailTemplates.Consultation,
        (_, null) => MailTemplates.Reminder,
        (_, { Version: 0 }) => MailTemplates.ReminderStarted,
        _ => MailTemplates.UnsentChanges,
    };
}
