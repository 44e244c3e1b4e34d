using System.Diagnostics;

namespace Survey.Testing;

/// <summary>The program as an operator runs it: a process of its own that serves on a free port of this machine, and that a test may kill.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    private ServerProcess(Process process, Uri address, Task<string> errors) => (this.process, Address, this.errors) = (process, address, errors);

    /// <summary>Where it serves.</summary>
    public Uri Address { get; }

    /// <summary>Starts it on a database and waits until it serves; on <paramref name="address"/> where one is given (an earlier one's, say), else on a free port.</summary>
    public static async Task<ServerProcess> StartAsync(string database, Uri? address = null, string? program = null, IReadOnlyDictionary<string, string>? settings = null, string role = "all")
    {
        const string Serving = "Serving on ";
        var urls = address?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0";
        var start = new ProcessStartInfo("dotnet", [program ?? Path.Combine(AppContext.BaseDirectory, "Survey.Web.dll"), "serve", "--urls", urls, "--database", database, "--role", role]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PROGRESS_ROOT"] = Repository.Root;
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Serving, StringComparison.Ordinal))
            {
                // Its output is read to the end, or a full pipe would stop it.
                _ = process.StandardOutput.ReadToEndAsync();
                return new(process, new Uri(line[Serving.Length..].Split(',')[0]), errors);
            }
        }

        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The server ended with {process.ExitCode}: {await errors}");
    }

    /// <summary>Ends it as a power cut would (SIGKILL): it gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Processor time that it has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>What it wrote to standard error until it ended.</summary>
    public Task<string> ErrorsAsync() => errors;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
