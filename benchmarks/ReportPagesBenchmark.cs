using System.Globalization;
using System.Net;
using Survey.Testing;

namespace Survey.Benchmarks;

/// <summary>
/// The published report's pages under load: readers on this machine ask for one kind of page, one request after the other, for some seconds. Beside it stands what the same server answers to
/// the lightest page that it has, which no cache could make quicker.
/// </summary>
internal static class ReportPagesBenchmark
{
    private const int Readers = 16;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new TestFolder();
        var database = $"Data Source={folder.File("bench.db")}";
        await WebProgram.RunAsync(database, "demo");
        await WebProgram.RunAsync(database, "report", "build", "latest", "--publish", "--unreviewed", "--out", folder.File("out"));
        await using var server = await ServerProcess.StartAsync(database, program: WebProgram.Dll);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Readers, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        var newest = (await client.GetAsync("/reports/2026/en")).RequestMessage!.RequestUri!.AbsolutePath;
        var least = await LoadAsync(client, "/health/live");
        var figures = new List<Figure>();
        foreach (var (name, path) in new[] { ("the list", "/reports/en"), ("an edition", newest), ("a point", $"{newest}/point-protection"), ("a figure", $"{newest}/figures/participation-map"), ("the PDF", $"{newest}/report.pdf") })
        {
            using var first = await client.GetAsync(path);
            var bytes = (await first.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
            var result = await LoadAsync(client, path);
            figures.Add(new($"Report pages, {Readers} readers at once, {name}, SQLite", result.Words, string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0} KB each; /health/live {least.PerSecond:0}/s"), ""));
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return figures;
    }

    private static async Task<LoadResult> LoadAsync(HttpClient client, string path)
    {
        await RunAsync(TimeSpan.FromSeconds(1)); // compiles what is hot, and fills the cache
        return await RunAsync(Length);

        async Task<LoadResult> RunAsync(TimeSpan length)
        {
            var from = TimeProvider.System.GetTimestamp();
            var all = await Task.WhenAll(Enumerable.Range(0, Readers).Select(async _ =>
            {
                var times = new List<double>();
                while (TimeProvider.System.GetElapsedTime(from) < length)
                {
                    var began = TimeProvider.System.GetTimestamp();
                    using var response = await client.GetAsync(path);
                    await response.Content.ReadAsByteArrayAsync();
                    times.Add(response.StatusCode is HttpStatusCode.OK ? TimeProvider.System.GetElapsedTime(began).TotalMilliseconds : double.NaN);
                }

                return times;
            }));
            return new(TimeProvider.System.GetElapsedTime(from), [.. all.SelectMany(t => t)]);
        }
    }
}
