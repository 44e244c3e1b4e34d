using Survey.Testing;

namespace Survey.Benchmarks;

/// <summary>The whole report of the sample network (600 organisations, 3 rounds) in four languages, as a process from nothing to files.</summary>
internal static class ReportBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new TestFolder();
        var database = $"Data Source={folder.File("bench.db")}";
        var (made, _) = await WebProgram.RunAsync(database, "demo");
        var peak = 0L;
        var time = await BenchmarkRun.MedianAsync(5, async () => peak = Math.Max(peak, (await WebProgram.RunAsync(database, "report", "build", "latest", "--out", folder.File("out"))).PeakMiB));
        return
        [
            new("Sample network: 600 organisations, 3 rounds, SQLite", BenchmarkRun.Seconds(made), "", ""),
            new("Report in four languages, whole process", $"{BenchmarkRun.Seconds(time)}, at most {peak} MiB with Node", "", "at most 10 s, 900 MB"),
        ];
    }
}
