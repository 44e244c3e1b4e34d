using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Storage;

namespace Survey.Reporting.Jobs;

/// <summary>
/// The life of a member's PDF copy, kept in its row. It waits, is taken by one worker at a time (each taking counts as an attempt), and ends done or failed.
/// At most <see cref="AtATime"/> are worked on over all processes of a database. One that was taken and not heard of for <see cref="Silence"/> is taken again;
/// every write names the attempt, so a worker that was only thought dead finds its write refused. What ended is deleted after <see cref="Kept"/>.
/// </summary>
public static class AnswerCopies
{
    /// <summary>How many are made at once.</summary>
    public const int AtATime = 2;

    /// <summary>How often one is tried.</summary>
    public const int MostAttempts = 3;

    /// <summary>After this a copy that is being made counts as left behind; longer than the typesetter may take.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(75);

    /// <summary>How long a made copy can be fetched.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    // Any number that nothing else locks by.
    private const long TakingLock = 0x636F_7079;

    /// <summary>Asks for a copy of a submission in a language. Asked twice it is one; one that failed is tried anew.</summary>
    public static async Task RequestAsync(SurveyDb db, long responseId, int version, string language, DateTime at, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var same = db.AnswerCopies.Where(c => c.ResponseId == responseId && c.Version == version && c.Language == language);
        await same.Where(c => c.State == CopyState.Failed).ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CopyState.Waiting)
            .SetProperty(c => c.Attempt, 0).SetProperty(c => c.EndedAt, (DateTime?)null).SetProperty(c => c.Error, (string?)null), cancel);
        if (await same.AnyAsync(cancel))
        {
            return;
        }

        db.AnswerCopies.Add(new AnswerCopy { ResponseId = responseId, Version = version, Language = language, RequestedAt = at });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // A second click at the same moment: the unique index kept one row, and that is what was asked for.
            db.ChangeTracker.Clear();
            if (!await same.AnyAsync(cancel))
            {
                throw;
            }
        }
    }

    /// <summary>Takes the oldest copy that waits or was left behind; null when there is none or enough are being made. One out of attempts is marked failed on the way.</summary>
    public static async Task<CopyAttempt?> TakeAsync(IDbContextFactory<SurveyDb> contexts, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        ArgumentNullException.ThrowIfNull(time);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        for (; ; )
        {
            // Counting and taking are one step for everybody: SQLite lets one writer in, PostgreSQL is told to.
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (!db.Database.IsSqlite())
            {
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({TakingLock})", cancel);
            }

            var now = time.GetUtcNow().UtcDateTime;
            var silentSince = now - Silence;
            if (await db.AnswerCopies.CountAsync(c => c.State == CopyState.Working && c.StartedAt >= silentSince, cancel) >= AtATime)
            {
                return null;
            }

            var next = await db.AnswerCopies.AsNoTracking().Where(c => c.State == CopyState.Waiting || (c.State == CopyState.Working && c.StartedAt < silentSince))
                .OrderBy(c => c.Id).Select(c => new { c.Id, c.ResponseId, c.Version, c.Language, c.Attempt }).FirstOrDefaultAsync(cancel);
            if (next is null)
            {
                return null;
            }

            var mine = db.AnswerCopies.Where(c => c.Id == next.Id);
            if (next.Attempt >= MostAttempts)
            {
                await mine.ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CopyState.Failed).SetProperty(c => c.EndedAt, now).SetProperty(c => c.Error, c => c.Error ?? "It was begun three times and broke off each time without a message."), cancel);
                await transaction.CommitAsync(cancel);
                continue;
            }

            await mine.ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CopyState.Working).SetProperty(c => c.Attempt, next.Attempt + 1).SetProperty(c => c.StartedAt, now), cancel);
            await transaction.CommitAsync(cancel);
            return new(contexts, time, next.Id, next.ResponseId, next.Version, next.Language, next.Attempt + 1);
        }
    }

    /// <summary>Deletes what ended long enough ago.</summary>
    public static async Task<int> DeleteOldAsync(SurveyDb db, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var before = now - Kept;
        return await db.AnswerCopies.Where(c => c.EndedAt != null && c.EndedAt < before).ExecuteDeleteAsync(cancel);
    }
}

/// <summary>One worker's hold on a copy. Every write checks that this attempt is still the copy's last.</summary>
public sealed record CopyAttempt(IDbContextFactory<SurveyDb> Contexts, TimeProvider Time, long CopyId, long ResponseId, int Version, string Language, int Number)
{
    /// <summary>Stores the PDF. Returns false when another worker has the copy by now, or it was deleted.</summary>
    public async Task<bool> SucceedAsync(byte[] pdf)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        var now = Time.GetUtcNow().UtcDateTime;
        return await Mine(db).ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CopyState.Done).SetProperty(c => c.EndedAt, now).SetProperty(c => c.Error, (string?)null).SetProperty(c => c.Bytes, pdf)) == 1;
    }

    /// <summary>Ends the attempt with words for the office, and the copy too when trying again cannot help or was tried enough.</summary>
    public async Task FailAsync(string error, bool isFinal)
    {
        ArgumentNullException.ThrowIfNull(error);
        await using var db = await Contexts.CreateDbContextAsync();
        var now = Time.GetUtcNow().UtcDateTime;
        var isOver = isFinal || Number >= AnswerCopies.MostAttempts;
        var (state, ended) = isOver ? (CopyState.Failed, now) : (CopyState.Waiting, (DateTime?)null);
        var words = error.Length > 1000 ? error[..1000] : error;
        await Mine(db).ExecuteUpdateAsync(s => s.SetProperty(c => c.State, state).SetProperty(c => c.EndedAt, ended).SetProperty(c => c.Error, words));
    }

    /// <summary>The process stops, which is no failure: the copy waits again with this attempt not counted.</summary>
    public async Task GiveBackAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        await Mine(db).ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CopyState.Waiting).SetProperty(c => c.Attempt, Number - 1));
    }

    private IQueryable<AnswerCopy> Mine(SurveyDb db) => db.AnswerCopies.Where(c => c.Id == CopyId && c.Attempt == Number && c.State == CopyState.Working);
}
