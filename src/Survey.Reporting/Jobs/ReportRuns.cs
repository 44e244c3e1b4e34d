using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;

namespace Survey.Reporting.Jobs;

/// <summary>
/// The life of a report run, kept in its row. A run is queued, taken by one worker at a time (each taking counts as an attempt), shows signs of life
/// while it works, and ends succeeded, failed or cancelled. A run that has been silent for <see cref="Silence"/> is taken again; every write names the
/// attempt and when it started, so a worker that was only thought dead finds its writes refused, even where its number was given again.
/// </summary>
public static class ReportRuns
{
    /// <summary>How long a running run may be silent before another worker takes it.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    /// <summary>Who asks for a run on the command line.</summary>
    public const string ByCommand = "command";

    /// <summary>Who asks for the version that replaces one after an erasure: nobody looks at it before it comes out.</summary>
    public const string ByJob = "job";

    private const string CommandEnded = "The command that made this report ended before it was done.";

    private const string GaveUp = "The report was started three times and broke off each time without a message: its process was ended from outside, or ran out of memory.";

    /// <summary>
    /// Asks for a report of a round. While one with the same languages is queued or running and not about to be cancelled,
    /// that one is returned: a second click starts nothing. The job's own are not the office's: they print what a version kept and come out by themselves.
    /// </summary>
    public static async Task<long> RequestAsync(SurveyDb db, ReportWish wish, DateTime at, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(wish);
        var wanted = string.Join(' ', wish.Languages);
        var (roundId, recomputesNumbers, isJobs) = (wish.RoundId, wish.RecountReason is not null, wish.By == ByJob);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Holds the round's row, so that of two clicks at the same moment the second waits and then finds the first one's run.
        await db.Rounds.Where(r => r.Id == roundId).ExecuteUpdateAsync(s => s.SetProperty(r => r.Slug, r => r.Slug), cancel);
        var same = await db.Runs.AsNoTracking()
            .Where(r => r.RoundId == roundId && r.Languages == wanted && r.RecomputesNumbers == recomputesNumbers && r.AddsToVersionId == wish.AddsToVersionId && r.AcceptsUnreviewed == wish.AcceptsUnreviewed && (r.RequestedBy == ByJob) == isJobs && !r.CancelRequested && (r.State == RunState.Queued || r.State == RunState.Running))
            .Select(r => (long?)r.Id).FirstOrDefaultAsync(cancel);
        if (same is { } id)
        {
            return id;
        }

        var run = new ReportRun { RoundId = roundId, Languages = wanted, RequestedAt = at, RequestedBy = wish.By, RecomputesNumbers = recomputesNumbers, Reason = wish.RecountReason, AddsToVersionId = wish.AddsToVersionId, AcceptsUnreviewed = wish.AcceptsUnreviewed };
        db.Runs.Add(run);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return run.Id;
    }

    /// <summary>Takes the oldest run that waits or has fallen silent; null when there is none. A run out of attempts is marked failed on the way.</summary>
    public static async Task<ReportAttempt?> TakeAsync(IDbContextFactory<SurveyDb> contexts, TimeProvider time, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        for (; ; )
        {
            var now = time.GetUtcNow().UtcDateTime;
            var silentSince = now - Silence;
            var next = await db.Runs.AsNoTracking()
                .Where(r => r.State == RunState.Queued || (r.State == RunState.Running && r.HeartbeatAt < silentSince))
                .OrderBy(r => r.Id).FirstOrDefaultAsync(cancel);
            if (next is null)
            {
                return null;
            }

            var mine = db.Runs.Where(r => r.Id == next.Id && r.Attempt == next.Attempt && r.StartedAt == next.StartedAt && r.State == next.State);
            if (next.CancelRequested)
            {
                await mine.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RunState.Cancelled).SetProperty(r => r.EndedAt, now), cancel);
            }
            else if (next is { State: RunState.Running, RequestedBy: ByCommand })
            {
                // Who typed the command sees that it ended, and may have started another.
                await mine.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RunState.Failed).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Error, CommandEnded), cancel);
            }
            else if (next.Attempt >= ReportRun.MostAttempts)
            {
                await mine.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RunState.Failed).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Error, r => r.Error ?? GaveUp), cancel);
            }
            else
            {
                // Two attempts may have one number, and a clock may stand or be set back: no two start at one moment.
                var start = now > next.StartedAt || next.StartedAt is null ? now : next.StartedAt.Value.AddMilliseconds(1);
                if (await mine.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RunState.Running).SetProperty(r => r.Attempt, next.Attempt + 1)
                    .SetProperty(r => r.StartedAt, start).SetProperty(r => r.HeartbeatAt, now).SetProperty(r => r.Percent, 0).SetProperty(r => r.Step, ""), cancel) == 1)
                {
                    return new ReportAttempt(contexts, time, next.Id, next.Attempt + 1, start);
                }
            }
        }
    }

    /// <summary>Starts a run at once in this process, so that no other worker takes it: the command line's way.</summary>
    public static async Task<ReportAttempt> BeginHereAsync(IDbContextFactory<SurveyDb> contexts, TimeProvider time, ReportWish wish, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        ArgumentNullException.ThrowIfNull(wish);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        var run = new ReportRun
        {
            RoundId = wish.RoundId,
            Languages = string.Join(' ', wish.Languages),
            RecomputesNumbers = wish.RecountReason is not null,
            Reason = wish.RecountReason,
            AddsToVersionId = wish.AddsToVersionId,
            AcceptsUnreviewed = wish.AcceptsUnreviewed,
            RequestedAt = now,
            RequestedBy = wish.By,
            State = RunState.Running,
            Attempt = 1,
            StartedAt = now,
            HeartbeatAt = now,
        };
        db.Runs.Add(run);
        if (wish.RecountReason is { } reason)
        {
            db.Record(now, wish.By, "run.recount", $"round:{await db.Rounds.Where(r => r.Id == wish.RoundId).Select(r => r.Slug).SingleAsync(cancel)}", reason);
        }

        await db.SaveChangesAsync(cancel);
        return new ReportAttempt(contexts, time, run.Id, 1, now, isCommand: true);
    }

    /// <summary>Asks a run to stop; it does so at its next step.</summary>
    public static Task<int> CancelAsync(SurveyDb db, long runId, CancellationToken cancel = default) =>
        db.Runs.Where(r => r.Id == runId && (r.State == RunState.Queued || r.State == RunState.Running))
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.CancelRequested, true), cancel);
}

/// <summary>
/// One worker's hold on a run. Every write checks that this attempt, by its <paramref name="number"/> and the moment at which it <paramref name="started"/>, is still the run's last. The run of a command (<paramref name="isCommand"/>) belongs to
/// that command alone: it is never given back to the queue.
/// </summary>
public sealed class ReportAttempt(IDbContextFactory<SurveyDb> contexts, TimeProvider time, long runId, int number, DateTime started, bool isCommand = false)
{
    public long RunId => runId;

    /// <summary>1, 2 or 3.</summary>
    public int Number => number;

    /// <summary>
    /// Writes the step and per cent, as a sign of life too. Throws <see cref="OperationCanceledException"/> when the office asked to stop and
    /// <see cref="RunTakenException"/> when another worker has the run.
    /// </summary>
    public async Task ReportAsync(int percent, string step, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        if (await Mine(db).ExecuteUpdateAsync(s => s.SetProperty(r => r.Percent, percent).SetProperty(r => r.Step, step).SetProperty(r => r.HeartbeatAt, now), cancel) == 0)
        {
            throw new RunTakenException(runId);
        }

        if (await db.Runs.AsNoTracking().Where(r => r.Id == runId).Select(r => r.CancelRequested).FirstAsync(cancel))
        {
            throw new OperationCanceledException("The office asked the run to stop.");
        }
    }

    /// <summary>
    /// Gives a sign of life every few seconds until <paramref name="cancel"/>. It never throws: a sign that could not be written is told to
    /// <paramref name="missed"/>, and the next one may get through.
    /// </summary>
    public async Task BeatAsync(CancellationToken cancel, Action<Exception>? missed = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), time);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancel);
                await using var db = await contexts.CreateDbContextAsync(cancel);
                var now = time.GetUtcNow().UtcDateTime;
                await Mine(db).ExecuteUpdateAsync(s => s.SetProperty(r => r.HeartbeatAt, now), cancel);
            }
            catch (Exception e)
            {
                // A driver may wrap the cancellation in an error of its own.
                if (!cancel.IsCancellationRequested)
                {
                    missed?.Invoke(e);
                }
            }
        }
    }

    /// <summary>
    /// Stores the version that the run made and marks it succeeded, both or neither. Nothing is stored when the attempt is no longer the run's last.
    /// </summary>
    public async Task SucceedAsync(Func<SurveyDb, Task<EditionVersion>> store, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        // First, so that the row is locked before anything is stored.
        if (await Mine(db).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RunState.Succeeded).SetProperty(r => r.Percent, 100).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Error, (string?)null), cancel) == 0)
        {
            throw new RunTakenException(runId);
        }

        var version = await store(db);
        await db.SaveChangesAsync(cancel);
        await db.Runs.Where(r => r.Id == runId).ExecuteUpdateAsync(s => s.SetProperty(r => r.EditionVersionId, version.Id), cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Ends the attempt with words for the office, and the run too when trying again cannot help (<paramref name="isFinal"/>), was tried enough, or is nobody's work.</summary>
    public async Task FailAsync(string error, bool isFinal)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var now = time.GetUtcNow().UtcDateTime;
        var state = isFinal || isCommand || number >= ReportRun.MostAttempts ? RunState.Failed : RunState.Queued;
        DateTime? ended = state is RunState.Failed ? now : null;
        var words = error.Length > 4000 ? error[..4000] : error;
        await Mine(db).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, state).SetProperty(r => r.EndedAt, ended).SetProperty(r => r.Error, words));
    }

    /// <summary>
    /// The process stops, which is no failure: the run goes back into the queue with this attempt not counted. A command's run is cancelled with its command.
    /// </summary>
    public async Task GiveBackAsync()
    {
        if (isCommand)
        {
            await CancelledAsync();
            return;
        }

        await using var db = await contexts.CreateDbContextAsync();
        await Mine(db).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RunState.Queued).SetProperty(r => r.Attempt, number - 1).SetProperty(r => r.HeartbeatAt, (DateTime?)null));
    }

    /// <summary>Marks the run cancelled.</summary>
    public async Task CancelledAsync()
    {
        await using var db = await contexts.CreateDbContextAsync();
        var now = time.GetUtcNow().UtcDateTime;
        await Mine(db).ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RunState.Cancelled).SetProperty(r => r.EndedAt, now));
    }

    private IQueryable<ReportRun> Mine(SurveyDb db) => db.Runs.Where(r => r.Id == runId && r.Attempt == number && r.StartedAt == started && r.State == RunState.Running);
}

/// <summary>Another worker has taken the run; this one must stop without a trace.</summary>
public sealed class RunTakenException(long runId) : Exception($"Run {runId} was taken by another worker.");

/// <summary>
/// A report that is asked for. <see cref="RecountReason"/>: the numbers are counted anew although a version is published, and why; null keeps the published ones.
/// <see cref="AddsToVersionId"/>: the languages are added to this published version, with its numbers.
/// </summary>
public sealed record ReportWish(int RoundId, IReadOnlyList<string> Languages, string By)
{
    public string? RecountReason { get; init; }

    public int? AddsToVersionId { get; init; }

    /// <summary>Whether a language that is added may come out although nobody has reviewed it.</summary>
    public bool AcceptsUnreviewed { get; init; }
}
