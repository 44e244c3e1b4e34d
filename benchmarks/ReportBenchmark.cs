using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.Benchmarks;

/// <summary>
/// The whole report in four languages, as a process from nothing to files: of the sample network (600 organisations, 3 rounds), of one whose newest round has 600 responses, and of one with
/// more than 10,000 responses.
/// </summary>
internal static class ReportBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync() =>
    [
        .. await MeasureAsync(organisations: 600, runs: 5, "at most 10 s, 900 MB"),
        .. await MeasureAsync(organisations: 1200, runs: 3, "at most 10 s, 900 MB"),
        .. await MeasureAsync(organisations: 6000, runs: 1, ""),
    ];

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(int organisations, int runs, string target)
    {
        using var folder = new TestFolder();
        var database = $"Data Source={folder.File("bench.db")}";
        var (made, _) = await WebProgram.RunAsync(database, "demo", "--organisations", organisations.ToString(CultureInfo.InvariantCulture));
        var (newest, all) = await CountAsync(database);
        var peak = 0L;
        var time = await BenchmarkRun.MedianAsync(runs, async () => peak = Math.Max(peak, (await WebProgram.RunAsync(database, "report", "build", "latest", "--out", folder.File("out"))).PeakMiB));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var size = string.Create(CultureInfo.InvariantCulture, $"{all} responses in 3 rounds, {newest} in the newest");
        return
        [
            new($"Sample network of {organisations} organisations, SQLite", BenchmarkRun.Seconds(made), size, ""),
            new($"Report in four languages, whole process, {all} responses", $"{BenchmarkRun.Seconds(time)}, at most {peak} MiB with Node", "", target),
        ];
    }

    private static async Task<(int Newest, int All)> CountAsync(string database)
    {
        await using var db = StorageSetup.Open(database);
        var newest = await db.Rounds.OrderByDescending(r => r.Slug).Select(r => r.Id).FirstAsync();
        var sent = db.Responses.Where(r => r.SubmittedAt != null);
        return (await sent.CountAsync(r => r.RoundId == newest), await sent.CountAsync());
    }
}
