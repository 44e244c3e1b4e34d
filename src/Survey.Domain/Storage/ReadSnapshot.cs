using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Survey.Domain.Storage;

/// <summary>
/// A transaction for reading only, in which all queries of a context see the database as it was at the first: counts that belong together agree.
/// It ends when disposed of. Nothing may be written in it.
/// </summary>
public sealed class ReadSnapshot : IAsyncDisposable
{
    private readonly SurveyDb db;
    private readonly IDbContextTransaction transaction;

    // EF leaves a transaction that was handed to it to its owner.
    private readonly DbTransaction? handed;

    private ReadSnapshot(SurveyDb db, IDbContextTransaction transaction, DbTransaction? handed) => (this.db, this.transaction, this.handed) = (db, transaction, handed);

    /// <summary>Begins it on this context.</summary>
    public static async Task<ReadSnapshot> BeginAsync(SurveyDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!db.Database.IsSqlite())
        {
            return new(db, await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel), null);
        }

        // Deferred: it takes no lock against writers, who in WAL go on beside it.
        await db.Database.OpenConnectionAsync(cancel);
        var deferred = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return new(db, (await db.Database.UseTransactionAsync(deferred, cancel))!, deferred);
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        if (handed is not null)
        {
            await handed.DisposeAsync();
            await db.Database.CloseConnectionAsync();
        }
    }
}
