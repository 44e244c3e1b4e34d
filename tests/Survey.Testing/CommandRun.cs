using Survey.Web.Commands;

namespace Survey.Testing;

/// <summary>One command of the command line, run within the test's process: its exit code and what it wrote.</summary>
public sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output by lines, without the last, empty one.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command as <c>./progress</c> does.</summary>
    public static async Task<CommandRun> OfAsync(TimeProvider time, params string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        // A report's progress comes from another thread.
        var code = await CommandLine.RunAsync(arguments, TextWriter.Synchronized(output), TextWriter.Synchronized(error), time);
        return new(code, output.ToString(), error.ToString());
    }
}
