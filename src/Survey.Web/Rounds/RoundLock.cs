using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Rounds;

/// <summary>Holds a round's row until the running transaction ends, so that of two who change its state at once the second sees what the first did.</summary>
internal static class RoundLock
{
    /// <summary>The round as it is once nobody else holds it, with its templates, tracked anew.</summary>
    public static async Task<SurveyRound> TakeAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        await db.Rounds.Where(r => r.Id == roundId).ExecuteUpdateAsync(s => s.SetProperty(r => r.OptionalPoints, r => r.OptionalPoints), cancel);
        return await db.Rounds.Include(r => r.Templates).SingleAsync(r => r.Id == roundId, cancel);
    }
}
