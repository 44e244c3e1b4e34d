using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Rounds;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>What the office sees of a round's life on its page: when it opens and closes, what stands in the way of opening, and which steps can be taken now.</summary>
/// <param name="Obstacles">What stands in the way of opening; empty for a round that is not planned.</param>
/// <param name="IsOverdue">Its moment to open has passed and it could not.</param>
public sealed record RoundDesk(SurveyRound Round, RoundState State, IReadOnlyList<Problem> Obstacles, bool IsOverdue, IReadOnlyList<string> Steps)
{
    public static async Task<RoundDesk> OfAsync(SurveyDb db, SurveyRound round, DateTime now, bool mayEdit, bool mayPublish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        var state = RoundStanding.StateOf(round, now);
        var obstacles = state is not RoundState.Planned ? []
            : await RoundOpening.ProblemsAsync(db, await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync(r => r.Id == round.Id, cancel), OpeningFor.Members, now, cancel);
        return new(round, state, obstacles, state is RoundState.Planned && round.OpensAt <= now && obstacles.Count > 0, mayEdit ? [.. ChangeModel.StepsFrom(state, mayPublish)] : []);
    }

    /// <summary>The planned rounds of these that could not open at their moment.</summary>
    public static async Task<IReadOnlyList<string>> OverdueAsync(SurveyDb db, IEnumerable<SurveyRound> rounds, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        var overdue = new List<string>();
        foreach (var round in rounds.Where(r => r.State is RoundState.Planned && r.OpensAt <= now))
        {
            if ((await OfAsync(db, round, now, mayEdit: false, mayPublish: false, cancel)).IsOverdue)
            {
                overdue.Add(round.Slug);
            }
        }

        return overdue;
    }
}
