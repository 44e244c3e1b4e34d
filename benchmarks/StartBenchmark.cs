using System.Net;
using System.Net.Sockets;
using Survey.Testing;

namespace Survey.Benchmarks;

/// <summary>From starting the process to the first whole page, with a database that is made already.</summary>
internal static class StartBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new TestFolder();
        var database = $"Data Source={folder.File("bench.db")}";
        await WebProgram.RunAsync(database, "init");
        var time = await BenchmarkRun.MedianAsync(5, async () =>
        {
            var address = $"http://127.0.0.1:{FreePort()}";
            using var process = WebProgram.Start(database, "serve", "--urls", address);
            try
            {
                using var client = new HttpClient();
                var limit = TimeProvider.System.GetTimestamp();
                while (TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromSeconds(30) && !await AnswersAsync(client, address))
                {
                    await Task.Delay(10);
                }
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
        });
        return [new("First page after start, SQLite", BenchmarkRun.Seconds(time), "", "at most 2 s")];
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string address)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(address + "/"));
            return response.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
