using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;

namespace Survey.Web.Rounds;

/// <summary>
/// Opens and closes rounds at their set moments. The round's row is the truth: each look takes the planned rounds whose first day has begun and the open ones whose last
/// day has ended, and does with each what the office would do by hand, so that looking twice or late does no harm. A round that something stands in the way of stays
/// planned: the audit says so once for each set day, and the office's pages show what it is for as long as it holds. One round that fails does not hold up the others.
/// </summary>
public sealed class RoundClock(IDbContextFactory<SurveyDb> contexts, TimeProvider time, ILogger<RoundClock> log) : IBackgroundTask
{
    public const string TaskName = "round-clock";

    /// <summary>Who acts, as the audit names it.</summary>
    public const string Actor = "job";

    /// <summary>The audit's action for a round that could not open at its moment.</summary>
    public const string NotOpened = "round.not-opened";

    public string Name => TaskName;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task LookAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var waiting = await db.Rounds.AsNoTracking().Where(r => (r.State == RoundState.Planned && r.OpensOn != null) || (r.State == RoundState.Open && r.ClosesAt <= now)).OrderBy(r => r.Id).ToListAsync(cancel);
        foreach (var round in waiting.Where(r => r.State is RoundState.Open || r.OpensAt <= now))
        {
            try
            {
                if (round.State is RoundState.Open)
                {
                    await RoundSteps.CloseIfOverAsync(db, round.Id, now, cancel);
                }
                else
                {
                    await OpenAsync(db, round, now, cancel);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Round {Round} could not be opened or closed at its moment", round.Id);
            }
        }
    }

    private static async Task OpenAsync(SurveyDb db, SurveyRound round, DateTime now, CancellationToken cancel)
    {
        var opened = await RoundOpening.OpenAsync(db, round.Id, OpeningFor.Members, Actor, now, cancel);
        if (opened.IsWhole || opened.Problems[0].Code == RoundSteps.LateCode)
        {
            return;
        }

        db.ChangeTracker.Clear();
        var subject = $"round:{round.Slug}";
        var set = $"{round.OpensOn:yyyy-MM-dd}: ";
        if (!await db.AuditEntries.AnyAsync(a => a.Action == NotOpened && a.Subject == subject && a.Detail!.Content.StartsWith(set), cancel))
        {
            db.Record(now, Actor, NotOpened, subject, set + string.Join(' ', opened.Problems.Select(p => p.Code).Distinct()));
            await db.SaveChangesAsync(cancel);
        }
    }
}
