using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Answer;

/// <summary>The forms of rounds, each read once from its frozen templates. Only rounds that are open or were are asked for, so nothing can change afterwards.</summary>
public sealed class RoundForms
{
    private readonly ConcurrentDictionary<int, RoundForm> _forms = new();

    /// <summary>The form of a round that is not planned any more.</summary>
    public async Task<RoundForm> OfAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (_forms.TryGetValue(roundId, out var known))
        {
            return known;
        }

        var round = await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync(r => r.Id == roundId && r.State != RoundState.Planned, cancel);
        return _forms.GetOrAdd(roundId, new RoundForm(RoundDefinition.Of(round)));
    }
}
