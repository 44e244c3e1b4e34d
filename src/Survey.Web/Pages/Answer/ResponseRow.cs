using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Answer;

/// <summary>The row of a response as a lock: whoever changes something of the response updates it first.</summary>
public static class ResponseRow
{
    /// <summary>Makes other saves and submissions of this response wait until the transaction ends.</summary>
    public static Task LockAsync(SurveyDb db, long id, CancellationToken cancel) =>
        db.Responses.Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Revision, r => r.Revision), cancel);
}
