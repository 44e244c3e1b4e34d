using Npgsql;
using NpgsqlTypes;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// Saves on PostgreSQL, where many write at once and any number of processes share the database. Two round trips each: what is stored, with the response's revision;
/// then one statement, a transaction of its own, that raises the revision only if it is still the one that was read and changes the rows only if it did. Its row lock makes
/// saves of one response wait for each other; who comes second finds another revision, and reads and decides again. A new response is made in the same statement, and the
/// unique index decides who makes it.
/// </summary>
public sealed class PostgresDraftStore : IDraftStore, IAsyncDisposable
{
    /// <summary>Connections at most: more saves at once than this wait for each other here, and not in the server.</summary>
    private const int MostConnections = 16;

    private readonly NpgsqlDataSource source;

    /// <summary>A store on the database that <paramref name="database"/> names, with connections of its own whose statements are prepared.</summary>
    public PostgresDraftStore(string database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database) { MaxAutoPrepare = 8, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, MostConnections);
        settings.MinPoolSize = 0;
        source = NpgsqlDataSource.Create(settings);
    }

    public async Task<DraftChange> SaveAsync(DraftSave save, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        // Each time round another save of this response was committed meanwhile.
        for (; ; )
        {
            var (response, rows) = await ReadAsync(connection, save, cancel);
            var change = DraftChange.Of(rows, save);
            if (change.Verdict is not DraftVerdict.Changed || await WriteAsync(connection, save, response, change, cancel))
            {
                return change;
            }
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async Task<((long Id, long Revision)? Response, List<DraftAnswer> Rows)> ReadAsync(NpgsqlConnection connection, DraftSave save, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(DraftSql.Read, connection) { Parameters = { new() { Value = save.InvitationId }, new() { Value = save.Part.Point } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        (long, long)? response = null;
        var rows = new List<DraftAnswer>();
        while (await reader.ReadAsync(cancel))
        {
            response = (reader.GetInt64(0), reader.GetInt64(1));
            if (DraftSql.Row(reader) is { } row)
            {
                rows.Add(row);
            }
        }

        return (response, rows);
    }

    /// <summary>Whether the rows were changed: not where someone else was quicker.</summary>
    private static async Task<bool> WriteAsync(NpgsqlConnection connection, DraftSave save, (long Id, long Revision)? response, DraftChange change, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(response is null ? First : Later, connection);
        var at = new DateTime(save.At.Ticks - (save.At.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
        Add(save.PublicId, NpgsqlDbType.Uuid);
        Add(save.InvitationId, NpgsqlDbType.Integer);
        Add(save.RoundId, NpgsqlDbType.Integer);
        Add(save.Language, NpgsqlDbType.Varchar);
        Add(at, NpgsqlDbType.TimestampTz);
        Add(save.Part.Point, NpgsqlDbType.Varchar);
        Add(change.Removed.Select(r => r.Question).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(change.Removed.Select(r => r.Slot).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(change.Set.Select(r => r.Question).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(change.Set.Select(r => r.Slot).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(change.Set.Select(r => r.Choice).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(change.Set.Select(r => r.Number).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Double);
        Add(change.Set.Select(r => r.Text).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add(response?.Id ?? 0, NpgsqlDbType.Bigint);
        Add(response?.Revision ?? 0, NpgsqlDbType.Bigint);
        return (long)(await command.ExecuteScalarAsync(cancel))! == 1;

        void Add(object value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
    }

    private const string First = $"""
        WITH response AS ({DraftSql.Begin}), {Rows}
        """;

    private const string Later = $"""
        WITH response AS (UPDATE "Responses" SET "Revision" = "Revision" + 1, "ChangedAt" = $5, "Language" = $4 WHERE "Id" = $14 AND "Revision" = $15 RETURNING "Id"), {Rows}
        """;

    private const string Rows = """
        gone AS (
            DELETE FROM "DraftAnswers" d USING response r, unnest($7, $8) AS g(question, slot)
            WHERE d."ResponseId" = r."Id" AND d."Point" = $6 AND d."Question" = g.question AND d."Slot" = g.slot),
        kept AS (
            INSERT INTO "DraftAnswers" ("ResponseId", "Point", "Question", "Slot", "Choice", "Number", "Text")
            SELECT r."Id", $6, s.* FROM response r, unnest($9, $10, $11, $12, $13) AS s
            ON CONFLICT ("ResponseId", "Point", "Question", "Slot") DO UPDATE SET "Choice" = excluded."Choice", "Number" = excluded."Number", "Text" = excluded."Text")
        SELECT count(*) FROM response
        """;
}
