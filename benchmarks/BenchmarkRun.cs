using System.Globalization;

namespace Survey.Benchmarks;

/// <summary>
/// The benchmarks' entry: runs those named (all without a name) and prints one table. Medians of whole runs on this machine, PostgreSQL with fsync on and
/// SQLite in WAL with synchronous=FULL.
/// </summary>
public static class BenchmarkRun
{
    private static readonly IReadOnlyDictionary<string, Func<Task<IReadOnlyList<Figure>>>> Known = new Dictionary<string, Func<Task<IReadOnlyList<Figure>>>>
    {
        ["start"] = StartBenchmark.RunAsync,
        ["report"] = ReportBenchmark.RunAsync,
        ["tally"] = TallyBenchmark.RunAsync,
        ["pages"] = PagesBenchmark.RunAsync,
        ["report-pages"] = ReportPagesBenchmark.RunAsync,
        ["autosave"] = AutosaveBenchmark.RunAsync,
    };

    public static async Task<int> Main(string[] args)
    {
        if (args.FirstOrDefault(a => !Known.ContainsKey(a)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. Known: {string.Join(", ", Known.Keys)}.");
            return 2;
        }

        Console.WriteLine($"Machine: {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}");
        Console.WriteLine();
        Console.WriteLine("| what | measured | beside it | target |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var name in args.Length > 0 ? args : [.. Known.Keys])
        {
            foreach (var figure in await Known[name]())
            {
                Console.WriteLine($"| {figure.What} | {figure.Measured} | {figure.Beside} | {figure.Target} |");
            }
        }

        return 0;
    }

    /// <summary>Seconds with two decimals.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    /// <summary>The median of an odd number of runs of <paramref name="work"/>, after one that is not counted.</summary>
    public static async Task<TimeSpan> MedianAsync(int runs, Func<Task> work)
    {
        await work();
        var times = new List<TimeSpan>();
        for (var i = 0; i < runs; i++)
        {
            var from = TimeProvider.System.GetTimestamp();
            await work();
            times.Add(TimeProvider.System.GetElapsedTime(from));
        }

        times.Sort();
        return times[runs / 2];
    }
}

/// <summary>One row of the table; every part as printed.</summary>
public sealed record Figure(string What, string Measured, string Beside, string Target);
