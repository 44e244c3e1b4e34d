using System.Diagnostics;
using Survey.Testing;

namespace Survey.Benchmarks;

/// <summary>The program as an operator starts it: a process of its own, measured from outside with all its children.</summary>
internal static class WebProgram
{
    /// <summary>The program as <c>./run</c> and <c>./progress</c> start it.</summary>
    public static readonly string Dll = Repository.File("src", "Survey.Web", "bin", "program", "Survey.Web.dll");

    public static Process Start(string database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. arguments, "--database", database]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PROGRESS_ROOT"] = Repository.Root;
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Runs a command to its end; wall time and the most memory that it and its children held at once.</summary>
    public static async Task<(TimeSpan Time, long PeakMiB)> RunAsync(string database, params string[] arguments)
    {
        var from = TimeProvider.System.GetTimestamp();
        using var process = Start(database, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, TreeKiB(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(25));
        }

        var time = TimeProvider.System.GetElapsedTime(from);
        return process.ExitCode == 0 ? (time, peak >> 10) : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {await errors}");
    }

    private static long TreeKiB(int id)
    {
        try
        {
            var own = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            var kib = own is null ? 0 : long.Parse(own.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
            var children = File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // .NET may start a child from any thread.
            var all = Directory.GetDirectories($"/proc/{id}/task").SelectMany(t => File.ReadAllText(Path.Combine(t, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Union(children);
            return kib + all.Sum(c => TreeKiB(int.Parse(c, System.Globalization.CultureInfo.InvariantCulture)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // gone meanwhile
        }
    }
}
