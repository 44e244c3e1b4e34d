using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Survey.Domain.Storage;

/// <summary>
/// Sets on each opened SQLite connection what the file does not remember: synchronous=FULL, so that a commit is on the disk before it is
/// acknowledged, and the time to wait for another writer.
/// </summary>
internal sealed class DurableSqlite : DbConnectionInterceptor
{
    /// <summary>What a connection is told when it opens.</summary>
    public const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;";

    public static readonly DurableSqlite Instance = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
