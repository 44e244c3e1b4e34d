using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Mail;

/// <summary>
/// The mail that says that the office has a question about what was sent; the question itself stands on the member's page only, since it may tell an answer. It goes to
/// everyone of the organisation who can be written to, one for each time that the office asks.
/// </summary>
public static class QuestionMail
{
    /// <summary>Adds the mails; the caller saves. Says how many.</summary>
    public static async Task<int> PutAsync(SurveyDb db, MailPost post, SurveyResponse response, Invitation invitation, SurveyRound round, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(invitation);
        var isDiscreet = await db.Organisations.Where(o => o.Id == invitation.OrganisationId).Select(o => o.IsDiscreet || o.WantsDiscretion).FirstAsync(cancel);
        var people = await db.Contacts.AsNoTracking().Where(c => c.OrganisationId == invitation.OrganisationId && c.RemovedAt == null && c.BouncedAt == null && c.OptedOutAt == null).OrderBy(c => c.Id).ToListAsync(cancel);
        foreach (var person in people)
        {
            post.Put(db, new Letter(MailTemplates.Question, string.Create(CultureInfo.InvariantCulture, $"question-{response.PublicId:N}-{response.Version}-{at.Ticks}-{person.Id}"), person.Language, person, invitation, round)
            {
                IsDiscreet = isDiscreet || invitation.IsDiscreet,
                Link = post.Address("/a/new-link"),
            }, at);
        }

        return people.Count;
    }
}
