using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office;

/// <summary>The report run of each round that was asked for last; earlier ones are settled by it.</summary>
public static class LatestRuns
{
    /// <summary>By the round's id.</summary>
    public static async Task<IReadOnlyDictionary<int, ReportRun>> OfAsync(SurveyDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var latest = await db.Runs.AsNoTracking().GroupBy(r => r.RoundId).Select(g => g.Max(r => r.Id)).ToListAsync(cancel);
        return await db.Runs.AsNoTracking().Where(r => latest.Contains(r.Id)).ToDictionaryAsync(r => r.RoundId, cancel);
    }
}
