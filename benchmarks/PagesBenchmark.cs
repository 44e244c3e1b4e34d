using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.Benchmarks;

/// <summary>
/// The survey's pages as a member on this machine has them: the median time from asking to the last byte, one request after the other, and the bytes of a first and a next
/// visit as they go over the wire (bodies, compressed as a browser asks for them).
/// </summary>
internal static partial class PagesBenchmark
{
    private const int Runs = 301;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var figures = new List<Figure>();
        using (var folder = new TestFolder())
        {
            figures.AddRange(await MeasureAsync("SQLite", $"Data Source={folder.File("bench.db")}", withBytes: true));
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }

        using var server = await PostgresServer.StartAsync(isDurable: true);
        await server.ExecuteAsync("CREATE DATABASE bench");
        figures.AddRange(await MeasureAsync("PostgreSQL", server.Connection("bench"), withBytes: false));
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string name, string database, bool withBytes)
    {
        var tokens = await MemberLoad.FillAsync(database, 1);
        await using var server = await ServerProcess.StartAsync(database, program: WebProgram.Dll);
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = server.Address };
        var root = (await SeenPage.GetAsync(browser, $"/a/{tokens[0]}")).Path;
        var part = await SeenPage.GetAsync(browser, $"{root}/q/points/protection");
        await part.SendAsync("answers", ("q-work", "directly"), ("q-state", "partly"), ("q-change", "advanced"), ("q-example", new string('x', 400)), ("then", "stay"));
        using var raw = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = server.Address };
        raw.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        var figures = new List<Figure>();
        foreach (var (page, path) in new[] { ("contents", root), ("a part", $"{root}/q/points/protection"), ("check", $"{root}/check") })
        {
            for (var i = 0; i < Runs / 3; i++)
            {
                await raw.GetByteArrayAsync(path); // compiles what is hot
            }

            var median = await BenchmarkRun.MedianAsync(Runs, () => raw.GetByteArrayAsync(path));
            figures.Add(new($"Survey page, {page}, {name}", median.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture) + " ms", "", "at most 10 ms"));
        }

        if (withBytes)
        {
            figures.AddRange(await BytesAsync(browser, raw, root));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> BytesAsync(HttpClient browser, HttpClient raw, string root)
    {
        var contents = await raw.GetByteArrayAsync(root);
        var part = await raw.GetByteArrayAsync($"{root}/q/points/protection");
        var files = FilePattern().Matches(await browser.GetStringAsync(root)).Concat(FilePattern().Matches(await browser.GetStringAsync($"{root}/q/points/protection"))).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Distinct().ToList();
        var first = contents.Length + part.Length;
        foreach (var file in files)
        {
            first += (await raw.GetByteArrayAsync(file)).Length;
        }

        return
        [
            new("First visit: contents and one part with their files, compressed", Kilobytes(first), $"{files.Count} files", "at most 100 KB, aim 50"),
            new("Next visit: the contents alone, files kept", Kilobytes(contents.Length), "", "at most 30 KB"),
            new("Next visit: one part alone, files kept", Kilobytes(part.Length), "", "at most 30 KB"),
        ];
    }

    private static string Kilobytes(int bytes) => (bytes / 1000.0).ToString("0.0", CultureInfo.InvariantCulture) + " KB";

    [GeneratedRegex(" (?:href|src)=\"(/[^\"]+\\.(?:css|js|svg|png)[^\"]*)\"")]
    private static partial Regex FilePattern();
}
