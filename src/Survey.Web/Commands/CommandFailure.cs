using Survey.Domain;

namespace Survey.Web.Commands;

/// <summary>A command that cannot go on, in words for the person at the terminal: exit code 2 when what they gave is wrong, else 1.</summary>
internal sealed class CommandFailure : Exception
{
    private CommandFailure(int exitCode, IReadOnlyList<string> lines)
        : base(string.Join(Environment.NewLine, lines)) => (ExitCode, Lines) = (exitCode, lines);

    public int ExitCode { get; }

    public IReadOnlyList<string> Lines { get; }

    /// <summary>What was given is wrong.</summary>
    public static CommandFailure BadInput(params string[] lines) => new(2, lines);

    /// <summary>What was given is wrong, problem by problem.</summary>
    public static CommandFailure BadInput(IEnumerable<Problem> problems) => new(2, [.. problems.Select(p => p.ToString())]);

    /// <summary>It cannot be done now.</summary>
    public static CommandFailure Refused(params string[] lines) => new(1, lines);
}
