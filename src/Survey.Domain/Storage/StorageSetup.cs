using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Survey.Domain.Storage;

/// <summary>
/// Chooses the database from its connection string and makes its schema. A string that names a <c>Host</c> is PostgreSQL, anything else a SQLite
/// file (a bare path will do). SQLite runs in WAL with synchronous=FULL: a commit that was acknowledged survives a power cut.
/// </summary>
public static class StorageSetup
{
    /// <summary>How long a command waits for another writer of the SQLite file.</summary>
    private const int BusySeconds = 10;

    /// <summary>Registers the context, its factory, and the store of drafts for <paramref name="database"/>.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, string database)
    {
        AddIdentitySchema(services).AddPooledDbContextFactory<SurveyDb>(options => Use(options, database));
        return services.AddSingleton(_ => OpenDrafts(database));
    }

    /// <summary>The identity model reads its version from the application's services; every context needs the same one.</summary>
    private static IServiceCollection AddIdentitySchema(IServiceCollection services) =>
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);

    private static readonly ServiceProvider Outside = AddIdentitySchema(new ServiceCollection()).BuildServiceProvider();

    /// <summary>Whether the connection string means PostgreSQL.</summary>
    public static bool IsPostgres(string database) =>
        database.Contains("Host=", StringComparison.OrdinalIgnoreCase) || database.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a connection string, in words; null when it can be read. Whether something answers there is another question.</summary>
    public static string? ProblemOf(string database)
    {
        try
        {
            if (IsPostgres(database))
            {
                _ = new NpgsqlConnectionStringBuilder(database);
            }
            else
            {
                _ = SqlitePath(database);
            }

            return null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return e.Message;
        }
    }

    /// <summary>The path of the SQLite file that a connection string or bare path names.</summary>
    public static string SqlitePath(string database) =>
        Path.GetFullPath(database.Contains('=', StringComparison.Ordinal) ? new SqliteConnectionStringBuilder(database).DataSource : database);

    /// <summary>A file that belongs to the database and lies outside it: beside the SQLite file, with PostgreSQL in <c>data</c>.</summary>
    internal static string BesideDatabase(SurveyDb db, string file) => db.Database.IsSqlite()
        ? Path.Combine(Path.GetDirectoryName(SqlitePath(db.Database.GetConnectionString()!))!, file)
        : Path.Combine(Environment.GetEnvironmentVariable("PROGRESS_ROOT") is { Length: > 0 } root ? root : Directory.GetCurrentDirectory(), "data", file);

    /// <summary>Options for a context outside a host, as commands and tests make it.</summary>
    public static SurveyDb Open(string database)
    {
        var options = new DbContextOptionsBuilder<SurveyDb>();
        Use(options.UseApplicationServiceProvider(Outside), database);
        return new SurveyDb(options.Options);
    }

    /// <summary>The store of drafts for <paramref name="database"/>; whoever opens it disposes of it.</summary>
    public static IDraftStore OpenDrafts(string database) => IsPostgres(database) ? new PostgresDraftStore(database) : new SqliteDraftStore(database);

    /// <summary>A connection for the one writer of the SQLite file: durable as all are, and more patient than any other, for its saves must not be lost to a command.</summary>
    internal static SqliteConnection OpenWriter(string database)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = SqlitePath(database), DefaultTimeout = 2 * BusySeconds, ForeignKeys = true, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = DurableSqlite.Pragmas;
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Points a context's options at <paramref name="database"/>.</summary>
    private static void Use(DbContextOptionsBuilder options, string database)
    {
        if (IsPostgres(database))
        {
            options.UseNpgsql(Prepared(database));
        }
        else
        {
            var connection = new SqliteConnectionStringBuilder { DataSource = SqlitePath(database), DefaultTimeout = BusySeconds, ForeignKeys = true };
            options.UseSqlite(connection.ToString()).AddInterceptors(DurableSqlite.Instance);
        }

        options.ConfigureWarnings(w => w
            // The migrations carry no snapshot, since one cannot be true for two providers; a test compares migrated schema and model instead.
            .Log((RelationalEventId.MigrationsNotFound, LogLevel.Debug))
            .Ignore(RelationalEventId.PendingModelChangesWarning));
    }

    /// <summary>
    /// The connection string with which statements that come back are prepared by the server, which else plans each anew: it took longer to plan the lookup of a member's
    /// session than to save an answer. Nothing in the product changes the state of a connection, so none is reset when it is given back.
    /// </summary>
    internal static string Prepared(string database) =>
        new NpgsqlConnectionStringBuilder(database) { MaxAutoPrepare = 64, AutoPrepareMinUsages = 3, NoResetOnClose = true }.ToString();

    /// <summary>
    /// Brings the schema up to date; on an empty database makes it. On SQLite an operating-system lock on a file beside the database
    /// is held meanwhile, and only its holder removes EF's own lock row, which a killed migration would leave behind for ever.
    /// On PostgreSQL processes that start together wait for each other.
    /// </summary>
    public static async Task MigrateAsync(SurveyDb db, CancellationToken cancel = default)
    {
        if (!db.Database.IsSqlite())
        {
            await db.Database.MigrateAsync(cancel);
            await AuditChain.TakeUpAsync(db, cancel);
            return;
        }

        var path = SqlitePath(db.Database.GetConnectionString()!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var held = await HoldAsync(path + ".migrating", cancel);
        // Opening a missing file would create it without EF's own WAL setting, so ask first.
        if (await db.Database.CanConnectAsync(cancel))
        {
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancel);
        }

        if (!File.Exists(path))
        {
            // Whoever can read the file can read every answer, so it is its owner's from the first moment. SQLite gives its log the file's own rights. EF sets WAL only in a
            // file that it makes itself.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await new FileStream(path, options).DisposeAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'", cancel);
        }

        await db.Database.MigrateAsync(cancel);
        await AuditChain.TakeUpAsync(db, cancel);
    }

    /// <summary>Whether the database exists with every migration applied. A server that cannot be reached, or lets nobody in, is an error and not a "no".</summary>
    public static async Task<bool> IsUpToDateAsync(SurveyDb db, CancellationToken cancel = default) =>
        await ExistsAsync(db, cancel) && !(await db.Database.GetPendingMigrationsAsync(cancel)).Any();

    private static async Task<bool> ExistsAsync(SurveyDb db, CancellationToken cancel)
    {
        // Asking whether one can connect swallows the reason why not.
        if (db.Database.IsSqlite())
        {
            return await db.Database.CanConnectAsync(cancel);
        }

        try
        {
            await db.Database.OpenConnectionAsync(cancel);
            await db.Database.CloseConnectionAsync();
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
    }

    private static async Task<FileStream> HoldAsync(string path, CancellationToken cancel)
    {
        for (; ; )
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (!cancel.IsCancellationRequested)
            {
                await Task.Delay(50, cancel);
            }
        }
    }
}
