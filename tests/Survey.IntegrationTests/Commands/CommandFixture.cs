using Survey.Testing;

namespace Survey.IntegrationTests.Commands;

/// <summary>Commands against a fresh database each test, and the contract that all of them keep about words and exit codes.</summary>
internal abstract class CommandFixture(DatabaseKind kind)
{
    private TestFolder folder = null!;

    protected DatabaseKind Kind => kind;

    protected TestDatabase Database { get; private set; } = null!;

    protected SetClock Clock { get; private set; } = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        folder = new TestFolder();
        Database = await TestDatabase.CreateAsync(kind);
        Clock = new SetClock(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero));
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>A file of the test's own folder with this content; without content only its path.</summary>
    protected string FileOf(string name, string? content = null)
    {
        if (content is not null)
        {
            File.WriteAllText(folder.File(name), content);
        }

        return folder.File(name);
    }

    /// <summary>Runs a command on the test's database.</summary>
    protected Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync(Clock, ["--database", Database.Connection, .. arguments]);

    /// <summary>Runs a command that must succeed and returns its lines.</summary>
    protected async Task<IReadOnlyList<string>> DoneAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.That(run.ExitCode, Is.Zero, string.Join(' ', arguments) + "\n" + run.Error);
        return run.Lines;
    }

    /// <summary>Runs a command that must succeed, and say what it did in one line.</summary>
    protected async Task<string> SaidAsync(params string[] arguments)
    {
        var lines = await DoneAsync(arguments);
        Assert.That(lines, Has.Count.EqualTo(1));
        return lines[0];
    }

    /// <summary>Runs a command that must fail with this code, in words on standard error alone; returns the words.</summary>
    protected async Task<string> RefusedAsync(int exitCode, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        AssertRefused(run, exitCode);
        return run.Error;
    }

    protected static void AssertRefused(CommandRun run, int exitCode)
    {
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Error);
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Error, Is.Not.Empty);
            Assert.That(run.Error, Does.Not.Contain("\n   at ").And.Not.Contain("Exception").And.Not.Contain("should not have happened"));
        });
    }
}
