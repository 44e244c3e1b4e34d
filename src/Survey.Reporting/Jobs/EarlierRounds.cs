using Microsoft.EntityFrameworkCore;
using Survey.Domain.Plans;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Reporting.Jobs;

/// <summary>
/// Which rounds a round is compared with, when it opens and in its report: those whose first day was before its own (on one day by slug), whenever they
/// were entered. Pilots and rounds that never opened are not among them, and a sample round never stands beside a real one. A round of another plan is
/// among them only when a point continues a point of that plan, and only until this plan had a round of its own: from then on the point has its own past.
/// </summary>
public static class EarlierRounds
{
    /// <summary>The earlier rounds with their templates, oldest first. <paramref name="plan"/> is that of <paramref name="round"/>.</summary>
    public static async Task<IReadOnlyList<SurveyRound>> OfAsync(SurveyDb db, SurveyRound round, Plan plan, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(plan);
        var continued = plan.Points.Where(p => p.Continues is not null).Select(p => p.Continues!.Split('/')[0]).Append(plan.Slug).Distinct().ToList();
        var others = await db.Rounds.AsNoTracking().Include(r => r.Templates)
            .Where(r => continued.Contains(r.PlanSlug) && r.Id != round.Id && !r.IsPilot && r.IsSample == round.IsSample && r.State != RoundState.Planned
                // What was sent is deleted after its time: such a round has no numbers to stand beside any more, but those that were published.
                && (db.EditionVersions.Any(v => v.Edition!.RoundId == r.Id && v.Number != null) || !db.Responses.Any(a => a.RoundId == r.Id && a.Version > 0) || db.Responses.Any(a => a.RoundId == r.Id && db.Submissions.Any(s => s.ResponseId == a.Id)))).ToListAsync(cancel);
        var earlier = others.Where(r => Order(r, round) < 0).ToList();
        earlier.Sort(Order);
        var own = earlier.FindIndex(r => r.PlanSlug == plan.Slug);
        return [.. earlier.Where((r, i) => own < 0 || i < own || r.PlanSlug == plan.Slug)];
    }

    /// <summary>The one of these that comes last in the same order; null where there are none. In the program's order, since databases differ in where they put a day that is not set.</summary>
    public static SurveyRound? NewestOf(IEnumerable<SurveyRound> rounds) => rounds.Order(Comparer<SurveyRound>.Create(Order)).LastOrDefault();

    private static int Order(SurveyRound one, SurveyRound other) =>
        FirstDay(one).CompareTo(FirstDay(other)) is not 0 and var byDay ? byDay : string.CompareOrdinal(one.Slug, other.Slug);

    // The day that was set comes first: of a round entered from a file only that day is true. A round without a day is only about to open.
    private static DateOnly FirstDay(SurveyRound round) =>
        round.OpensOn ?? (round.OpenedAt is { } opened ? DateOnly.FromDateTime(opened) : DateOnly.MaxValue);
}
