using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Answer;

/// <summary>The row of a response: one per invitation, however many make it at once. The unique index decides; who comes second uses the first one's row.</summary>
public static class ResponseRow
{
    /// <summary>The id of the invitation's response, which is made if it is not there.</summary>
    public static async Task<long> EnsureAsync(SurveyDb db, HeldResponse held, string language, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(held);
        if (held.Response is { } known)
        {
            return known.Id;
        }

        var made = new SurveyResponse
        {
            PublicId = held.PublicId,
            InvitationId = held.Invitation.Id,
            RoundId = held.Round.Id,
            Language = language,
            Mode = ResponseMode.Web,
            StartedAt = at,
            ChangedAt = at,
        };
        db.Responses.Add(made);
        try
        {
            await db.SaveChangesAsync(cancel);
            return made.Id;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            var id = await db.Responses.Where(r => r.InvitationId == held.Invitation.Id).Select(r => r.Id).FirstOrDefaultAsync(cancel);
            if (id == 0)
            {
                throw;
            }

            return id;
        }
    }

    /// <summary>Makes other saves and submissions of this response wait until the transaction ends.</summary>
    public static Task LockAsync(SurveyDb db, long id, CancellationToken cancel) =>
        db.Responses.Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Revision, r => r.Revision), cancel);
}
