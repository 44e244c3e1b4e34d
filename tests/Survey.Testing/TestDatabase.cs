using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Survey.Domain.Storage;

namespace Survey.Testing;

/// <summary>
/// A database of its own for one test or fixture, made by the migrations: a copy of one that was migrated once per test process.
/// SQLite is a file, never in memory.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplateAsync);
    private static int made;
    private readonly TestFolder? folder;

    private TestDatabase(DatabaseKind kind, string connection, TestFolder? folder) => (Kind, Connection, this.folder) = (kind, connection, folder);

    public DatabaseKind Kind { get; }

    /// <summary>What <c>--database</c> takes.</summary>
    public string Connection { get; }

    /// <summary>A new, empty, migrated database.</summary>
    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind)
    {
        if (kind is DatabaseKind.Sqlite)
        {
            var folder = new TestFolder();
            var file = folder.File("progress.db");
            File.Copy(await SqliteTemplate.Value, file);
            return new(kind, $"Data Source={file}", folder);
        }

        var template = await PostgresTemplate.Value;
        var server = await PostgresServer.SharedAsync();
        var name = $"test_{Interlocked.Increment(ref made)}";
        await server.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return new(kind, server.Connection(name), null);
    }

    /// <summary>An empty database without any table, for tests of migrating itself.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseKind kind)
    {
        if (kind is DatabaseKind.Sqlite)
        {
            var folder = new TestFolder();
            return new(kind, $"Data Source={folder.File("progress.db")}", folder);
        }

        var server = await PostgresServer.SharedAsync();
        var name = $"test_{Interlocked.Increment(ref made)}";
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        return new(kind, server.Connection(name), null);
    }

    /// <summary>All that an operator's copy of it holds, as text in which an ASCII word is found: the file with its log, or a dump with what it holds as bytes.</summary>
    public async Task<string> CopyTextAsync()
    {
        if (Kind is DatabaseKind.Postgres)
        {
            var dump = await (await PostgresServer.SharedAsync()).DumpAsync(new NpgsqlConnectionStringBuilder(Connection).Database!);
            return dump + string.Concat(HexOf(dump).Select(h => System.Text.Encoding.Latin1.GetString(Convert.FromHexString(h))));
        }

        var path = StorageSetup.SqlitePath(Connection);
        var text = new System.Text.StringBuilder();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    private static IEnumerable<string> HexOf(string dump) =>
        System.Text.RegularExpressions.Regex.Matches(dump, @"\\\\x((?:[0-9a-f]{2})+)").Select(m => m.Groups[1].Value);

    /// <summary>A copy of it as it is now, as a database of its own.</summary>
    public async Task<TestDatabase> RestoredCopyAsync()
    {
        if (Kind is DatabaseKind.Postgres)
        {
            var server = await PostgresServer.SharedAsync();
            var name = $"test_{Interlocked.Increment(ref made)}";
            await server.RestoreAsync(name, await server.DumpAsync(new NpgsqlConnectionStringBuilder(Connection).Database!));
            return new(Kind, server.Connection(name), null);
        }

        var copy = new TestFolder();
        await using (var db = Open())
        {
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy.File("progress.db")}");
        }

        return new(Kind, $"Data Source={copy.File("progress.db")}", copy);
    }

    /// <summary>A new context on it.</summary>
    public SurveyDb Open() => StorageSetup.Open(Connection);

    public ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            SqliteConnection.ClearAllPools();
            folder.Dispose();
        }
        else
        {
            NpgsqlConnection.ClearAllPools();
        }

        return ValueTask.CompletedTask;
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var folder = new TestFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        var file = folder.File("template.db");
        await using (var db = StorageSetup.Open($"Data Source={file}"))
        {
            await StorageSetup.MigrateAsync(db);
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        SqliteConnection.ClearAllPools();
        return file;
    }

    private static async Task<string> MakePostgresTemplateAsync()
    {
        const string Name = "template_progress";
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteAsync($"CREATE DATABASE {Name}");
        // Without pooling: a database with a connection open cannot be copied.
        await using var db = StorageSetup.Open(server.Connection(Name) + ";Pooling=false");
        await StorageSetup.MigrateAsync(db);
        return Name;
    }
}
