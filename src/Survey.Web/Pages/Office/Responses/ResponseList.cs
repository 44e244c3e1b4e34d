using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>What the list of responses can be narrowed to; the words are <c>watching.show.NAME</c>.</summary>
public enum ResponseFilter { Begun, Started, Sent, Changed, Late, Unread, Accepted, HasQuestion, SetAside, NotBegun }

/// <summary>The list of a round's organisations with their responses, narrowed and paged in the database.</summary>
public static class ResponseList
{
    /// <summary>Rows on one page.</summary>
    public const int PageSize = 50;

    /// <summary>One page, from 1, of those that fit, by name; and how many there are.</summary>
    public static async Task<(IReadOnlyList<ResponseLine> Lines, int Count)> OfAsync(SurveyDb db, int roundId, ResponseFilter show, string folded, int page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var all =
            from invitation in db.Invitations.AsNoTracking()
            where invitation.RoundId == roundId && (folded == "" || invitation.Organisation!.NameFolded.Contains(folded))
            join found in db.Responses on invitation.Id equals found.InvitationId into given
            from response in given.DefaultIfEmpty()
            select new { Invitation = invitation, Response = response };
        all = show switch
        {
            ResponseFilter.Started => all.Where(x => x.Response != null && x.Response.Version == 0),
            ResponseFilter.Sent => all.Where(x => x.Response != null && x.Response.Version > 0),
            ResponseFilter.Changed => all.Where(x => x.Response != null && x.Response.Version > 0 && x.Response.Revision > x.Response.SubmittedRevision),
            ResponseFilter.Late => all.Where(x => x.Response != null && x.Response.Version > 0 && x.Response.IsLate),
            ResponseFilter.Unread => all.Where(x => x.Response != null && x.Response.Version > 0 && x.Response.Review == ReviewState.Unread),
            ResponseFilter.Accepted => all.Where(x => x.Response != null && x.Response.Version > 0 && x.Response.Review == ReviewState.Accepted),
            ResponseFilter.HasQuestion => all.Where(x => x.Response != null && x.Response.Version > 0 && x.Response.Review == ReviewState.HasQuestion),
            ResponseFilter.SetAside => all.Where(x => x.Response != null && x.Response.Version > 0 && x.Response.Review == ReviewState.SetAside),
            ResponseFilter.NotBegun => all.Where(x => x.Response == null),
            _ => all.Where(x => x.Response != null),
        };
        var count = await all.CountAsync(cancel);
        var lines = await all.OrderBy(x => x.Invitation.Organisation!.NameSortKey).ThenBy(x => x.Invitation.Id).Skip((page - 1) * PageSize).Take(PageSize)
            .Select(x => new ResponseLine(
                x.Invitation.Id, x.Invitation.Name, x.Invitation.Region, x.Response == null ? null : x.Response.Id, x.Response == null ? 0 : x.Response.Version,
                x.Response != null && x.Response.Version > 0 && x.Response.Revision > x.Response.SubmittedRevision, x.Response != null && x.Response.IsLate,
                x.Response == null ? ReviewState.Unread : x.Response.Review, x.Response == null ? null : x.Response.SubmittedAt)).ToListAsync(cancel);
        return (lines, count);
    }
}

/// <summary>An organisation in the list; without a response where it has not begun.</summary>
public sealed record ResponseLine(int InvitationId, string Name, string Region, long? ResponseId, int Version, bool IsChanged, bool IsLate, ReviewState Review, DateTime? SentAt);
