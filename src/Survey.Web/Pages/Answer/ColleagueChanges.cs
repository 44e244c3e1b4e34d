using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// A member adds a colleague or removes one. Changes of one organisation wait for each other, so that its limits hold however many come at once. Adding makes a
/// personal link and its mail in one transaction; removing revokes all of the person's links at once, and what still waited to be mailed to it is not sent.
/// Nobody is deleted: adding the address again undoes the removal.
/// </summary>
public static class ColleagueChanges
{
    /// <summary>The most people of one organisation, and the most that are added to one response in an hour: each gets a mail.</summary>
    public const int MostPeople = 20, MostAddedAnHour = 10;

    /// <summary>The audit's words for it; the office reads them on the round's page.</summary>
    public const string Added = "contact.add-by-member", Removed = "contact.remove-by-member";

    /// <summary>Adds a person; the name is that of a problem under <c>colleagues.problem</c>, or null when it was done.</summary>
    public static async Task<string?> AddAsync(SurveyDb db, MailPost post, HeldResponse held, string name, string email, string language, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(email);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var organisation = await LockAsync(db, held, cancel);
        var folded = email.ToLowerInvariant();
        var contact = organisation.Contacts.FirstOrDefault(c => c.EmailFolded == folded);
        if (contact is { RemovedAt: null } && await db.PersonalLinks.AnyAsync(l => l.ContactId == contact.Id && l.InvitationId == held.Invitation.Id && l.RevokedAt == null, cancel))
        {
            return "there";
        }

        if (contact is not { RemovedAt: null } && organisation.Contacts.Count(c => c.RemovedAt is null) >= MostPeople)
        {
            return "full";
        }

        var (hour, prefix) = (at.AddHours(-1), SubjectOf(held, ""));
        if (await db.AuditEntries.CountAsync(a => a.At > hour && a.Action == Added && a.Subject.StartsWith(prefix), cancel) >= MostAddedAnHour)
        {
            return "often";
        }

        if (contact is null)
        {
            contact = new Contact { Name = name, Email = email, EmailFolded = folded, Language = language, IsAddedByMember = true, CreatedAt = at };
            organisation.Contacts.Add(contact);
        }
        else
        {
            (contact.Name, contact.Language, contact.RemovedAt) = (name, language, null);
        }

        await db.SaveChangesAsync(cancel);
        var token = PersonalLink.NewToken();
        var link = new PersonalLink { InvitationId = held.Invitation.Id, ContactId = contact.Id, TokenHash = PersonalLink.Hash(token), CreatedAt = at };
        db.PersonalLinks.Add(link);
        db.Record(at, "member", Added, SubjectOf(held, contact.Id.ToString(CultureInfo.InvariantCulture)));
        db.Record(at, "member", "link.issue", string.Create(CultureInfo.InvariantCulture, $"invitation:{held.Invitation.Id}"));
        await db.SaveChangesAsync(cancel);
        post.Put(db, new Letter(MailTemplates.Colleague, string.Create(CultureInfo.InvariantCulture, $"colleague-{held.PublicId:N}-{link.Id}"), language, contact, held.Invitation, held.Round)
        {
            IsDiscreet = held.Invitation.IsDiscreet || organisation.IsTreatedDiscreetly,
            Link = post.Address($"/a/{token}"),
        }, at);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>Removes a person; does nothing for one who is no contact of the organisation or was removed before.</summary>
    public static async Task RemoveAsync(SurveyDb db, HeldResponse held, int contactId, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(held);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var organisation = await LockAsync(db, held, cancel);
        if (organisation.Contacts.FirstOrDefault(c => c.Id == contactId && c.RemovedAt is null) is not { } contact)
        {
            return;
        }

        await db.PersonalLinks.Where(l => l.ContactId == contactId && l.RevokedAt == null).ExecuteUpdateAsync(s => s.SetProperty(l => l.RevokedAt, at), cancel);
        await db.Outbox.Where(m => m.ContactId == contactId && m.State == OutboxState.Waiting).ExecuteDeleteAsync(cancel);
        contact.RemovedAt = at;
        db.Record(at, "member", Removed, SubjectOf(held, contactId.ToString(CultureInfo.InvariantCulture)));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>How the audit names the person in this round, ids only.</summary>
    public static string SubjectOf(HeldResponse held, string contact)
    {
        ArgumentNullException.ThrowIfNull(held);
        return string.Create(CultureInfo.InvariantCulture, $"{SubjectIn(held.Round)}invitation:{held.Invitation.Id}/contact:{contact}");
    }

    /// <summary>What the subjects of all changes in a round begin with.</summary>
    public static string SubjectIn(SurveyRound round)
    {
        ArgumentNullException.ThrowIfNull(round);
        return $"round:{round.Slug}/";
    }

    /// <summary>A name as it may stand in a mail to somebody who did not ask for it: words, and nothing that a mail program makes a link of.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && DoorText.Length(name) <= 100
            && !name.Any(c => c is '/' or '@' or ':' or '<' or '>' || char.IsControl(c) || (char.GetUnicodeCategory(c) is UnicodeCategory.Format && c is not (NonJoiner or Joiner)))
            && !name.Contains("www.", StringComparison.OrdinalIgnoreCase) && !HasHostName(name.Replace($"{NonJoiner}", "", StringComparison.Ordinal).Replace($"{Joiner}", "", StringComparison.Ordinal));
    }

    /// <summary>Signs without a width that names in Persian, Urdu and scripts of India need.</summary>
    private const char NonJoiner = '\u200C', Joiner = '\u200D';

    // "evil.com" is one, "J. R. Smith" and "J.R. Smith" are not: a point in the midst of letters follows an initial only.
    private static bool HasHostName(string name)
    {
        for (var i = 1; i < name.Length - 1; i++)
        {
            var (before, after) = (name[i - 1], name[i + 1]);
            if (name[i] is '.' or '\u3002' or '\uFF0E' or '\uFF61' && char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after)
                && (char.IsLower(before) || char.IsDigit(before) || char.IsLower(after) || (i > 1 && char.IsLetterOrDigit(name[i - 2]))))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<Organisation> LockAsync(SurveyDb db, HeldResponse held, CancellationToken cancel)
    {
        await db.Organisations.Where(o => o.Id == held.Invitation.OrganisationId).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetiredAt, o => o.RetiredAt), cancel);
        return await db.Organisations.Include(o => o.Contacts).SingleAsync(o => o.Id == held.Invitation.OrganisationId, cancel);
    }
}
