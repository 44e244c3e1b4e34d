using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Reporting.Tallies;
using Survey.Testing;

namespace Survey.Benchmarks;

/// <summary>The tally of 100,000 responses (6 million counted answers) beside the bare GROUP BY over the same rows, on both databases.</summary>
internal static class TallyBenchmark
{
    private const int Responses = 100_000;
    private const string Bare = """SELECT "Region", "Point", "Question", "Choice", count(*) FROM "Answers" WHERE "RoundId" = 1 AND "Choice" <> '' GROUP BY 1, 2, 3, 4""";

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var figures = new List<Figure>();
        using (var folder = new TestFolder())
        {
            figures.Add(await MeasureAsync("SQLite", $"Data Source={folder.File("bench.db")}", SqliteFill));
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }

        using var server = await PostgresServer.StartAsync(isDurable: true);
        await server.ExecuteAsync("CREATE DATABASE bench");
        figures.Add(await MeasureAsync("PostgreSQL", server.Connection("bench"), PostgresFill));
        return figures;
    }

    private static async Task<Figure> MeasureAsync(string name, string connection, string[] fill)
    {
        await using (var filling = StorageSetup.Open(connection))
        {
            filling.Database.SetCommandTimeout(TimeSpan.FromMinutes(20));
            await StorageSetup.MigrateAsync(filling);
            await filling.Database.OpenConnectionAsync(); // one connection: its settings hold for every statement
            foreach (var statement in fill)
            {
                await filling.Database.ExecuteSqlRawAsync(statement);
            }
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await using var db = StorageSetup.Open(connection);
        var rows = 0;
        var memory = 0L;
        var tally = await BenchmarkRun.MedianAsync(5, async () =>
        {
            rows = (await TallyReader.RowsAsync(db, 1, CancellationToken.None)).Count;
            memory = Math.Max(memory, Environment.WorkingSet >> 20);
        });
        var bare = await BenchmarkRun.MedianAsync(5, async () =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = Bare;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
            }
        });
        return new($"Tally of 6 million answers, {name}", $"{BenchmarkRun.Seconds(tally)} ({rows} counts, process {memory} MiB)",
            $"bare GROUP BY {BenchmarkRun.Seconds(bare)}, ratio {(tally / bare).ToString("0.00", CultureInfo.InvariantCulture)}", "ratio at most 1.5, at most 300 MB");
    }

    private static string[] Population(string responses) =>
    [
        """INSERT INTO "Rounds" ("Id", "Slug", "PlanSlug", "QuestionnaireName", "RegionsName", "State", "OptionalPoints", "CreatedAt", "IsPilot", "IsSample") VALUES (1, '2026', 'p', 'q', 'r', 'Open', '', '2026-01-01', false, true)""",
        $"""INSERT INTO "Organisations" ("Id", "Code", "Name", "NameFolded", "NameSortKey", "Country", "Type", "Language", "IsDiscreet", "CreatedAt") SELECT n, 'o' || n, 'o', 'o', 'o', 'FR', '', 'en', false, '2026-01-01' FROM {responses}""",
        $"""INSERT INTO "Invitations" ("Id", "RoundId", "OrganisationId", "Name", "Country", "Region", "Type", "Language", "IsDiscreet", "InvitedAt") SELECT n, 1, n, 'o', 'FR', 'region-' || (n % 7), '', 'en', false, '2026-01-01' FROM {responses}""",
    ];

    // 12 rating-like questions for each of 5 points, choices spread by a fixed rule.
    private const string Rows = """SELECT n, 'point-' || p, 'question-' || q, '', 1, 'region-' || (n % 7), 'choice-' || ((n * 31 + p * 7 + q * (n % 13)) % 6), NULL, NULL FROM""";
    private const string Into = """INSERT INTO "Answers" ("ResponseId", "Point", "Question", "Slot", "RoundId", "Region", "Choice", "Number", "Text") """;

    private static readonly string[] SqliteFill =
    [
        .. Population(SqliteNumbers(Responses)),
        $"""INSERT INTO "Responses" ("Id", "PublicId", "InvitationId", "RoundId", "Language", "Mode", "StartedAt", "ChangedAt", "Version", "Revision", "SubmittedRevision", "Review", "IsLate") SELECT n, 'id' || n, n, 1, 'en', 'Import', '2026-01-01', '2026-01-01', 1, 1, 1, 'Accepted', false FROM {SqliteNumbers(Responses)}""",
        // Filling an index in random order takes most of the time: it is made afterwards, as the migration makes it.
        "PRAGMA cache_size=-400000",
        "DROP INDEX \"IX_Answers_Tally\"",
        $"{Into}{Rows} {SqliteNumbers(Responses)}, (WITH RECURSIVE c(p) AS (SELECT 1 UNION ALL SELECT p + 1 FROM c WHERE p < 5) SELECT p FROM c), (WITH RECURSIVE c(q) AS (SELECT 1 UNION ALL SELECT q + 1 FROM c WHERE q < 12) SELECT q FROM c)",
        "CREATE INDEX \"IX_Answers_Tally\" ON \"Answers\" (\"RoundId\", \"Region\", \"Point\", \"Question\", \"Choice\")",
        "ANALYZE",
    ];

    private static readonly string[] PostgresFill =
    [
        .. Population($"generate_series(1, {Responses}) n"),
        $"""INSERT INTO "Responses" ("Id", "PublicId", "InvitationId", "RoundId", "Language", "Mode", "StartedAt", "ChangedAt", "Version", "Revision", "SubmittedRevision", "Review", "IsLate") SELECT n, gen_random_uuid(), n, 1, 'en', 'Import', '2026-01-01', '2026-01-01', 1, 1, 1, 'Accepted', false FROM generate_series(1, {Responses}) n""",
        $"{Into}{Rows} generate_series(1, {Responses}) n, generate_series(1, 5) p, generate_series(1, 12) q",
        "VACUUM ANALYZE \"Answers\"",
    ];

    private static string SqliteNumbers(int count) => $"(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {count}) SELECT n FROM c)";
}
