using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Reporting.Jobs;

/// <summary>Whether a round's numbers can be counted anew: what was sent is deleted after its time, and nothing is left to count then.</summary>
public static class Recounts
{
    /// <summary>True as long as something of what was sent is still here, and in a round where nobody sent anything.</summary>
    public static async Task<bool> IsPossibleAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return !await db.Responses.AnyAsync(r => r.RoundId == roundId && r.Version > 0, cancel)
            || await db.Responses.AnyAsync(r => r.RoundId == roundId && db.Submissions.Any(s => s.ResponseId == r.Id), cancel);
    }
}
