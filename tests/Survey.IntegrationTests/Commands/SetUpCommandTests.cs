using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.IntegrationTests.Commands;

/// <summary>The commands that set an installation up: init, check, office add, serve, and what is no command at all.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
[NonParallelizable]
internal sealed class SetUpCommandTests(DatabaseKind kind) : CommandFixture(kind)
{
    [Test]
    public async Task Init_makes_the_database_once()
    {
        await using var empty = await TestDatabase.CreateEmptyAsync(Kind);
        var first = await CommandRun.OfAsync(Clock, "init", "--database", empty.Connection);
        var second = await CommandRun.OfAsync(Clock, "--database", empty.Connection, "init");
        await using var db = empty.Open();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((first.ExitCode, first.Output), Is.EqualTo((0, "The database is ready.\n")), first.Error);
            Assert.That((second.ExitCode, second.Output), Is.EqualTo((0, "The database is up to date already.\n")), second.Error);
            Assert.That(await StorageSetup.IsUpToDateAsync(db), Is.True);
            Assert.That(Kind is DatabaseKind.Postgres || OperatingSystem.IsWindows() || File.GetUnixFileMode(StorageSetup.SqlitePath(empty.Connection)) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), Is.True, "Whoever can read the file can read every answer.");
        });
    }

    [TestCase("round", "list")]
    [TestCase("tally", "2026")]
    [TestCase("link", "somebody", "2026")]
    public async Task A_command_on_a_database_that_is_not_made_says_to_run_init(params string[] command)
    {
        await using var empty = await TestDatabase.CreateEmptyAsync(Kind);
        var run = await CommandRun.OfAsync(Clock, [.. command, "--database", empty.Connection]);
        AssertRefused(run, 1);
        Assert.That(run.Error, Does.Contain("Run ./progress init."));
        if (Kind is DatabaseKind.Sqlite)
        {
            Assert.That(File.Exists(StorageSetup.SqlitePath(empty.Connection)), Is.False, "the refused command left an empty file behind");
        }
    }

    [TestCase("Host=/nowhere;Database=progress;Timeout=1", 1)]
    [TestCase("Colour=blue", 2)]
    [TestCase("Host=here;Colour=blue", 2)]
    [TestCase("postgresql://somebody@here/progress", 2)]
    public async Task A_database_that_cannot_be_is_refused_in_words(string database, int exitCode)
    {
        var run = await CommandRun.OfAsync(Clock, "round", "list", "--database", database);
        AssertRefused(run, exitCode);
        Assert.That(run.Error, Does.Not.Contain("./progress init"), "init would not help");
    }

    [Test]
    public async Task Init_where_nothing_can_be_written_says_so() =>
        AssertRefused(await CommandRun.OfAsync(Clock, "init", "--database", "/proc/nowhere/progress.db"), 1);

    [Test]
    public async Task Check_finds_nothing_wrong_with_a_whole_file()
    {
        var file = Path.Combine(Repository.Templates, "plans", "made-8-point.yaml");
        Assert.That((await DoneAsync("check", file))[^1], Is.EqualTo($"Nothing is wrong with {file}."));
    }

    [Test]
    public async Task Check_finds_nothing_wrong_with_the_shipped_templates() =>
        Assert.That((await DoneAsync("check"))[^1], Is.EqualTo("Nothing is wrong with the templates."));

    [Test]
    public async Task Check_names_file_and_line_of_what_is_wrong()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Templates, "plans", "made-8-point.yaml"));
        var line = Array.FindIndex(lines, l => l.StartsWith("from: ", StringComparison.Ordinal));
        lines[line] = "from: soon";
        var file = FileOf("plan.yaml", string.Join('\n', lines));
        Assert.That(await RefusedAsync(2, "check", file), Does.Contain($"{file}:{line + 1}"));
    }

    [Test]
    public async Task Check_reads_the_whole_folder_and_names_each_mistake()
    {
        using var templates = new TemplatesCopy();
        templates.Replace("plans/made-8-point.yaml", "number: 1\n", "number: one\n");
        templates.Replace("network.yaml", "licence: ", "license: ");
        var words = await RefusedAsync(2, "check");
        Assert.That(words, Does.Match(@"plans/made-8-point\.yaml:\d+").And.Match(@"network\.yaml:\d+"));
    }

    [Test]
    public async Task Who_only_takes_the_word_sample_away_is_told_what_is_still_the_samples_and_opens_no_round()
    {
        using var templates = new TemplatesCopy();
        templates.Replace("network.yaml", "sample: true\n", "");
        var run = await RunAsync("check");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Does.Contain("Sample City").And.Contain("office@sample-network.example"));
        Assert.That(run.Error, Does.Contain("No round opens"));
        await DoneAsync("round", "create", "2026", "--plan", "made-8-point", "--questionnaire", "made-2026", "--closes", "2026-06-30");
        Assert.That(await RefusedAsync(2, "round", "open", "2026"), Does.Contain("Sample Network for Migration"), "As for anything that is wrong with the templates.");
    }

    [Test]
    public async Task Check_of_a_missing_file_is_bad_input() =>
        Assert.That(await RefusedAsync(2, "check", FileOf("missing.yaml")), Does.Contain("missing.yaml"));

    [Test]
    public async Task Office_add_prints_a_link_and_takes_an_address_once()
    {
        var said = await SaidAsync("office", "add", "ada@example.org", "--role", "administrator", "--url", "https://report.example.org/");
        Assert.That(said, Does.Match("^Added ada@example\\.org as administrator\\..* https://report\\.example\\.org/office/set-up/[A-Za-z0-9_-]{20,}$"));
        Assert.That(await RefusedAsync(2, "office", "add", "ADA@example.org", "--role", "reader"), Does.Contain("already"));
        await using var db = Database.Open();
        var account = await db.Users.SingleAsync();
        Assert.Multiple(() =>
        {
            Assert.That(account.PasswordHash, Is.Null);
            Assert.That(account.SetUpTokenHash, Is.Not.Null);
            // The link is shown once; only its hash is kept.
            Assert.That(account.SetUpTokenHash is { } hash && said.Contains(hash, StringComparison.Ordinal), Is.False);
        });
    }

    [Test]
    public async Task Office_add_refuses_a_role_or_an_address_that_is_none()
    {
        Assert.That(await RefusedAsync(2, "office", "add", "ada@example.org", "--role", "queen"), Does.Contain("reader, editor, publisher, administrator"));
        Assert.That(await RefusedAsync(2, "office", "add", "ada", "--role", "reader"), Does.Contain("'ada' is not a mail address"));
        Assert.That(await RefusedAsync(2, "office", "add", "ada@example.org"), Does.Contain("--role"));
        await using var db = Database.Open();
        Assert.That(await db.Users.AnyAsync(), Is.False);
    }

    [TestCase("web")]
    [TestCase("worker")]
    public async Task Serve_on_SQLite_is_one_process_only(string role)
    {
        var run = await CommandRun.OfAsync(Clock, "serve", "--role", role, "--database", FileOf("progress.db"));
        AssertRefused(run, 2);
        Assert.That(run.Error, Does.Contain("PostgreSQL"));
    }

    [Test]
    public async Task Serve_refuses_roles_and_addresses_that_are_none()
    {
        await RefusedAsync(2, "serve", "--role", "cook");
        Assert.That(await RefusedAsync(2, "serve", "--urls", "here"), Does.Contain("'here' is not an address"));
    }

    [TestCase("dance")]
    [TestCase("round", "paint", "2026")]
    [TestCase("round", "create")]
    [TestCase("members", "import", "a.csv", "--quickly")]
    [TestCase("demo", "--organisations", "many")]
    public async Task What_is_no_command_is_bad_input(params string[] command) =>
        Assert.That(await RefusedAsync(2, command), Does.Contain("See ./progress --help."));

    [Test]
    public async Task Help_lists_the_commands()
    {
        var lines = await DoneAsync("--help");
        foreach (var command in new[] { "init", "demo", "check", "members", "round", "answers", "link", "tally", "report", "data", "office", "audit", "serve" })
        {
            Assert.That(lines, Has.Some.Matches<string>(l => l?.TrimStart().StartsWith(command + " ", StringComparison.Ordinal) == true), command);
        }
    }
}
