using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Mail;

/// <summary>
/// The mail that says that a version arrived. It is put in the outbox in the submission's own transaction, one per version and person, and holds no answers.
/// It goes to the person whose link was used, in that person's language, whichever the pages were read in last; where the link is nobody's, to all contacts of the organisation.
/// </summary>
public static class ReceiptMail
{
    /// <summary>Adds the receipt of the version that <paramref name="response"/> now has; the caller saves.</summary>
    public static async Task PutAsync(SurveyDb db, MailPost post, HeldResponse held, SurveyResponse response, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(response);
        var number = NumberOf(response.PublicId, response.Version);
        var isDiscreet = await db.Organisations.Where(o => o.Id == held.Invitation.OrganisationId).Select(o => o.IsDiscreet || o.WantsDiscretion).FirstAsync(cancel);
        foreach (var contact in await ToAsync(db, held, cancel))
        {
            post.Put(db, new Letter(MailTemplates.Receipt, string.Create(CultureInfo.InvariantCulture, $"receipt-{response.PublicId:N}-{response.Version}-{contact.Id}"), contact.Language, contact, held.Invitation, held.Round)
            {
                IsDiscreet = isDiscreet || held.Invitation.IsDiscreet,
                Link = post.Address("/a/new-link"),
                Words = new Dictionary<string, string>
                {
                    ["when"] = post.Moment(contact.Language, at),
                    ["version"] = response.Version.ToString(CultureInfo.InvariantCulture),
                    ["receipt"] = number,
                },
            }, at);
        }
    }

    /// <summary>The number by which a member and the office speak of a version.</summary>
    public static string NumberOf(Guid response, int version) => string.Create(CultureInfo.InvariantCulture, $"{response.ToString("N")[..8]}-{version}");

    private static Task<List<Contact>> ToAsync(SurveyDb db, HeldResponse held, CancellationToken cancel)
    {
        var there = db.Contacts.AsNoTracking().Where(c => c.OrganisationId == held.Invitation.OrganisationId && c.RemovedAt == null);
        return (held.ContactId is { } person ? there.Where(c => c.Id == person) : there).OrderBy(c => c.Id).ToListAsync(cancel);
    }
}
