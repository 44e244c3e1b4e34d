using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// Saves on PostgreSQL, where many write at once and any number of processes share the database. Two round trips each: what is stored, with the response's revision;
/// then one statement, a transaction of its own, that raises the revision only if it is still the one that was read and changes the rows only if it did. Its row lock makes
/// saves of one response wait for each other; who comes second finds another revision, and reads and decides again. A new response is made in the same statement, and the
/// unique index decides who makes it. Who goes on typing needs one round trip: the store remembers what it wrote last, and as long as the revision is that one, so are the rows.
/// </summary>
public sealed class PostgresDraftStore : IDraftStore, IAsyncDisposable
{
    /// <summary>Connections at most: more saves at once than this wait for each other here, and not in the server.</summary>
    private const int MostConnections = 16;

    /// <summary>Responses remembered at most, some kilobytes each; then it begins anew.</summary>
    private const int MostKnown = 4096;

    private readonly NpgsqlDataSource source;

    /// <summary>What was stored after this store's last save, by invitation. Only ever a guess: a save decided on it counts if the revision is still that one.</summary>
    private readonly ConcurrentDictionary<int, Known> known = new();

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
        if (known.TryGetValue(save.InvitationId, out var last) && last.Point == save.Part.Point
            && DraftChange.Of(last.Rows, save) is { Verdict: DraftVerdict.Changed } likely && await WriteAsync(connection, save, last.Response, likely, cancel))
        {
            Remember(save, last.Response, likely);
            return likely;
        }

        // Each time round another save of this response was committed meanwhile.
        for (; ; )
        {
            var (response, rows) = await ReadAsync(connection, save, cancel);
            var change = DraftChange.Of(rows, save);
            if (change.Verdict is not DraftVerdict.Changed)
            {
                return change;
            }

            if (await WriteAsync(connection, save, response, change, cancel))
            {
                Remember(save, response, change);
                return change;
            }
        }
    }

    private void Remember(DraftSave save, (long Id, long Revision)? response, DraftChange change)
    {
        if (response is not { } was)
        {
            return;
        }

        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        known[save.InvitationId] = new(save.Part.Point, (was.Id, was.Revision + 1), change.Rows);
    }

    /// <summary>A response's revision, and the rows of one point and outside the points as they are at that revision.</summary>
    private sealed record Known(string Point, (long Id, long Revision) Response, IReadOnlyCollection<DraftAnswer> Rows);

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
