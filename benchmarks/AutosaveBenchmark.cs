using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.Benchmarks;

/// <summary>
/// Saving as members type, over HTTP into a server process of its own, each save acknowledged after a durable commit: at the rate that is promised, and flat out. Beside it the
/// bare engine: one row of a draft upserted durably again and again in the same database, without the program. <c>PROGRESS_BENCH_SECONDS</c> shortens the minute.
/// </summary>
internal static class AutosaveBenchmark
{
    private const int Organisations = 200;
    private const int AtOnce = 64;
    private const int PerSecond = 500;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("PROGRESS_BENCH_SECONDS"), out var seconds) ? seconds : 60);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(Math.Min(20, Length.TotalSeconds));

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var figures = new List<Figure>();
        using (var folder = new TestFolder())
        {
            var database = $"Data Source={folder.File("bench.db")}";
            figures.AddRange(await MeasureAsync("SQLite", database, () => BareSqliteAsync(folder.File("bench.db"))));
            SqliteConnection.ClearAllPools();
        }

        using var server = await PostgresServer.StartAsync(isDurable: true);
        await server.ExecuteAsync("CREATE DATABASE bench");
        figures.AddRange(await MeasureAsync("PostgreSQL", server.Connection("bench"), () => BarePostgresAsync(server.Connection("bench"))));
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string name, string database, Func<Task<double>> bareAsync)
    {
        var tokens = await MemberLoad.FillAsync(database, Organisations);
        LoadResult steady, flat;
        TimeSpan work;
        await using (var server = await ServerProcess.StartAsync(database, program: WebProgram.Dll))
        {
            using var load = await MemberLoad.OpenAsync(server.Address, tokens);
            await load.SteadyAsync(PerSecond, TimeSpan.FromSeconds(5)); // compiles what is hot
            steady = await load.SteadyAsync(PerSecond, Length);
            await load.FlatOutAsync(AtOnce, TimeSpan.FromSeconds(5));
            var before = server.ProcessorTime;
            flat = await load.FlatOutAsync(AtOnce, Short);
            work = server.ProcessorTime - before;
        }

        var bare = await bareAsync();
        var ratio = (flat.PerSecond / bare).ToString("0.00", CultureInfo.InvariantCulture);
        return
        [
            new($"Autosaves at {PerSecond}/s for {Length.TotalSeconds:0} s, {Organisations} members, {name}", steady.Words, "", "500/s, p99 at most 250 ms, no error"),
            new($"Autosaves flat out, {AtOnce} members at once, {name}", $"{flat.Words}; {(work.TotalMilliseconds / flat.Milliseconds.Count).ToString("0.00", CultureInfo.InvariantCulture)} ms of the program's processor time each", $"bare upserts {bare.ToString("0", CultureInfo.InvariantCulture)}/s, ratio {ratio}", "aim 1500/s"),
        ];
    }

    private const string Upsert = """
        INSERT INTO "DraftAnswers" ("ResponseId", "Point", "Question", "Slot", "Choice", "Number", "Text") VALUES ($1, 'diaspora', 'example', '', '', NULL, $2)
        ON CONFLICT ("ResponseId", "Point", "Question", "Slot") DO UPDATE SET "Text" = excluded."Text"
        """;

    /// <summary>As many writers as members, one thread that commits what queued during the last commit.</summary>
    private static async Task<double> BareSqliteAsync(string file)
    {
        var responses = await ResponsesAsync($"Data Source={file}");
        var queue = Channel.CreateUnbounded<(long Response, int N, TaskCompletionSource Done)>();
        var writing = Task.Factory.StartNew(() => WriteBare(file, queue.Reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var rate = await RateAsync(AtOnce, async (writer, n) =>
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Writer.TryWrite((responses[writer % responses.Count], n, done));
            await done.Task;
        });
        queue.Writer.Complete();
        await writing;
        return rate;
    }

    private static void WriteBare(string file, ChannelReader<(long Response, int N, TaskCompletionSource Done)> queue)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        SqliteCommand Command(string sql)
        {
            var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
            command.CommandText = sql;
#pragma warning restore CA2100
            return command;
        }

        using var durable = Command("PRAGMA synchronous=FULL");
        durable.ExecuteNonQuery();
        using var begin = Command("BEGIN IMMEDIATE");
        using var commit = Command("COMMIT");
        using var upsert = Command(Upsert);
        var response = upsert.Parameters.Add("$1", SqliteType.Integer);
        var text = upsert.Parameters.Add("$2", SqliteType.Text);
        var batch = new List<TaskCompletionSource>();
        while (queue.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            begin.ExecuteNonQuery();
            while (batch.Count < AtOnce && queue.TryRead(out var next))
            {
                response.Value = next.Response;
                text.Value = TextOf(next.N);
                upsert.ExecuteNonQuery();
                batch.Add(next.Done);
            }

            commit.ExecuteNonQuery();
            batch.ForEach(d => d.SetResult());
            batch.Clear();
        }
    }

    /// <summary>Each writer a connection of its own, every upsert a transaction.</summary>
    private static async Task<double> BarePostgresAsync(string database)
    {
        const int Writers = 32;
        var responses = await ResponsesAsync(database);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = Writers });
        var commands = new List<NpgsqlCommand>();
        for (var i = 0; i < Writers; i++)
        {
            var command = new NpgsqlCommand(Upsert, await source.OpenConnectionAsync()) { Parameters = { new NpgsqlParameter<long>(), new NpgsqlParameter<string>() } };
            await command.PrepareAsync();
            commands.Add(command);
        }

        var rate = await RateAsync(Writers, async (writer, n) =>
        {
            ((NpgsqlParameter<long>)commands[writer].Parameters[0]).TypedValue = responses[writer % responses.Count];
            ((NpgsqlParameter<string>)commands[writer].Parameters[1]).TypedValue = TextOf(n);
            await commands[writer].ExecuteNonQueryAsync();
        });
        foreach (var command in commands)
        {
            await command.Connection!.DisposeAsync();
            await command.DisposeAsync();
        }

        return rate;
    }

    private static string TextOf(int n) => $"{n} Nous avons formé quarante femmes de notre réseau à la négociation avec les agences de recrutement, et suivi leurs dossiers pendant un an.";

    private static async Task<List<long>> ResponsesAsync(string database)
    {
        await using var db = StorageSetup.Open(database);
        return await db.Responses.OrderBy(r => r.Id).Select(r => r.Id).ToListAsync();
    }

    /// <summary>Upserts a second, by so many writers for the short time.</summary>
    private static async Task<double> RateAsync(int writers, Func<int, int, Task> upsertAsync)
    {
        var from = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var n = 0;
            for (; TimeProvider.System.GetElapsedTime(from) < Short; n++)
            {
                await upsertAsync(writer, n);
            }

            return n;
        })));
        return counts.Sum() / TimeProvider.System.GetElapsedTime(from).TotalSeconds;
    }
}
