using Microsoft.EntityFrameworkCore;
using Survey.Domain.Consultations;
using Survey.Domain.Storage;

namespace Survey.Web.Consultations;

/// <summary>A consultation with how many comments are in which state.</summary>
public sealed record ConsultationCounts(Consultation Consultation, IReadOnlyDictionary<CommentState, int> Counts)
{
    public int All => Counts.Values.Sum();

    /// <summary>Comments that nobody of the office has answered or closed.</summary>
    public int Open => Counts.GetValueOrDefault(CommentState.Open);

    /// <summary>The consultations of a round, the first one first; the database counts.</summary>
    public static async Task<IReadOnlyList<ConsultationCounts>> OfAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = await db.Consultations.AsNoTracking().Where(c => c.RoundId == roundId).OrderBy(c => c.Number).ToListAsync(cancel);
        var ids = found.ConvertAll(c => c.Id);
        var counts = await db.DraftComments.Where(c => ids.Contains(c.ConsultationId)).GroupBy(c => new { c.ConsultationId, c.State }).Select(g => new { g.Key.ConsultationId, g.Key.State, Count = g.Count() }).ToListAsync(cancel);
        return [.. found.Select(c => new ConsultationCounts(c, counts.Where(n => n.ConsultationId == c.Id).ToDictionary(n => n.State, n => n.Count)))];
    }
}
