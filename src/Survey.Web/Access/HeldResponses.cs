using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;

namespace Survey.Web.Access;

/// <summary>
/// Finds the response that a personal link leads to, unless it was revoked or the person whose it is was removed. Asked with every page and every save, and so
/// compiled once for each host: a compiled query belongs to one database's model. The response is joined, not looked for in a subquery, which would number
/// the responses of all rounds each time.
/// </summary>
public sealed class HeldResponses(TimeProvider time)
{
    private readonly Func<SurveyDb, int, DateTime, CancellationToken, Task<HeldResponse?>> query = EF.CompileAsyncQuery((SurveyDb db, int link, DateTime filledSince, CancellationToken cancel) =>
        (from held in db.PersonalLinks.AsNoTracking()
         where held.Id == link && held.RevokedAt == null && (held.Mode == null || held.CreatedAt > filledSince) && !db.Contacts.Any(c => c.Id == held.ContactId && c.RemovedAt != null)
         join found in db.Responses on held.InvitationId equals found.InvitationId into responses
         from response in responses.DefaultIfEmpty()
         select new HeldResponse(held.Invitation!, held.Invitation!.Round!, response, held.ContactId, held.Mode)).FirstOrDefault());

    /// <summary>The response of a link, read afresh; null where the link is not there, was revoked, is a removed person's, or let the office fill in and its time is over.</summary>
    public Task<HeldResponse?> OfLinkAsync(SurveyDb db, int link, CancellationToken cancel) => query(db, link, time.GetUtcNow().UtcDateTime - PersonalLink.FillInTime, cancel);
}
