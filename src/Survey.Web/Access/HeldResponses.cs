using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web.Access;

/// <summary>
/// Finds the response that a personal link leads to, unless it was revoked or the person whose it is was removed. Asked with every page and every save, and so compiled once for each host: a compiled
/// query belongs to one database's model.
/// </summary>
public sealed class HeldResponses
{
    private readonly Func<SurveyDb, int, CancellationToken, Task<HeldResponse?>> query = EF.CompileAsyncQuery((SurveyDb db, int link, CancellationToken cancel) =>
        db.PersonalLinks.AsNoTracking().Where(l => l.Id == link && l.RevokedAt == null && !db.Contacts.Any(c => c.Id == l.ContactId && c.RemovedAt != null))
            .Select(l => new HeldResponse(l.Invitation!, l.Invitation!.Round!, db.Responses.FirstOrDefault(r => r.InvitationId == l.InvitationId), l.ContactId)).FirstOrDefault());

    /// <summary>The response of a link, read afresh; null where the link is not there, was revoked or is a removed person's.</summary>
    public Task<HeldResponse?> OfLinkAsync(SurveyDb db, int link, CancellationToken cancel) => query(db, link, cancel);
}
