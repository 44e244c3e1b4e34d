using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Testing;

namespace Survey.IntegrationTests.Commands;

/// <summary>A small sample network, made once, and the commands that take numbers out of it.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class NumbersCommandTests(DatabaseKind kind)
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero));
    private readonly TestFolder folder = new();
    private TestDatabase database = null!;
    private CommandRun demo = null!;

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        database = await TestDatabase.CreateEmptyAsync(kind);
        demo = await RunAsync("demo", "--organisations", "60", "--rounds", "2", "--seed", "7");
    }

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public void Demo_makes_a_network_and_prints_two_ways_in()
    {
        Assert.That(demo.ExitCode, Is.Zero, demo.Error);
        Assert.Multiple(() =>
        {
            Assert.That(demo.Lines, Has.Count.EqualTo(3));
            Assert.That(demo.Lines[0], Does.Match(@"^Made the sample network: \d+ organisations, 2 rounds, \d+ responses\. Round 2026 is open\.$"));
            Assert.That(demo.Lines[1], Does.Match("^A member's personal link: http://localhost:5080/a/[A-Za-z0-9_-]{20,}$"));
            Assert.That(demo.Lines[2], Does.Match("^The office, once, from this machine: http://localhost:5080/office/demo/[A-Za-z0-9_-]{20,}$"));
        });
    }

    [Test]
    public async Task Demo_does_not_write_into_a_database_that_holds_something()
    {
        var again = await RunAsync("demo", "--organisations", "60");
        Assert.That((again.ExitCode, again.Output), Is.EqualTo((2, "")));
        var links = await RunAsync("demo", "--links-only");
        Assert.That(links.ExitCode, Is.Zero, links.Error);
        Assert.That(links.Lines, Has.Count.EqualTo(2).And.None.AnyOf(demo.Lines), "each link is a fresh one");
    }

    [TestCase("--organisations", "3")]
    [TestCase("--rounds", "0")]
    public async Task Demo_of_an_impossible_size_is_bad_input(string option, string value) =>
        Assert.That(await RefusedAsync("demo", option, value), Does.Contain($"{option} takes "));

    [Test]
    public async Task Tally_prints_every_count_once_as_CSV()
    {
        var run = await RunAsync("tally", "2026");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Lines[0], Is.EqualTo("region,point,question,choice,count"));
        var rows = run.Lines.Skip(1).Select(l => l.Split(',')).ToList();
        // Everybody must say of what type they are: the counts of that question are the responses that the list of rounds names.
        var list = await RunAsync("round", "list");
        var responses = int.Parse(Regex.Match(list.Lines[^1], @"^2026 .*  (\d+) of \d+ answered").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Multiple(() =>
        {
            Assert.That(rows, Has.All.Length.EqualTo(5));
            Assert.That(rows.Select(r => string.Join(',', r[..4])), Is.Unique);
            Assert.That(rows.Where(r => r[2] == "type").Sum(r => int.Parse(r[4], CultureInfo.InvariantCulture)), Is.EqualTo(responses));
            Assert.That(rows.Where(r => r[2] == "state").Select(r => r[1]).Distinct(), Has.Exactly(8).Items);
        });
    }

    [Test]
    public async Task Latest_names_the_newest_round()
    {
        Assert.That((await RunAsync("tally", "latest")).Output, Is.EqualTo((await RunAsync("tally", "2026")).Output));
        Assert.That((await RunAsync("tally", "2025")).Output, Is.Not.EqualTo((await RunAsync("tally", "2026")).Output));
    }

    [Test]
    public async Task Data_export_writes_the_pack_twice_alike()
    {
        var (first, second) = (folder.File("first"), folder.File("second"));
        var run = await RunAsync("data", "export", "2026", "--out", first);
        Assert.That((run.ExitCode, run.Lines.Count), Is.EqualTo((0, 1)), run.Error);
        await RunAsync("data", "export", "2026", "--out", second);
        var names = Directory.GetFiles(first).Select(Path.GetFileName).Order().ToList();
        Assert.That(names, Is.EquivalentTo(new[]
        {
            "ratings.csv", "headlines.csv", "trends.csv", "several.csv", "participation.csv", "codebook.csv", "README.en.md", "README.fr.md", "README.es.md", "README.ar.md",
            "ddi.en.xml", "ddi.fr.xml", "ddi.es.xml", "ddi.ar.xml", "datapackage.json", "SHA256SUMS", "data-pack.zip",
        }));
        foreach (var name in names)
        {
            Assert.That(await File.ReadAllBytesAsync(Path.Combine(second, name!)), Is.EqualTo(await File.ReadAllBytesAsync(Path.Combine(first, name!))), name);
        }
    }

    [Test]
    public async Task Data_export_into_a_place_that_cannot_be_written_says_so()
    {
        await File.WriteAllTextAsync(folder.File("a-file"), "");
        var run = await RunAsync("data", "export", "2026", "--out", Path.Combine(folder.File("a-file"), "below"));
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")));
        Assert.That(run.Error, Does.Contain("a-file").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Report_build_in_an_unknown_language_names_the_known_ones()
    {
        Assert.That(await RefusedAsync("report", "build", "2026", "--languages", "en,de", "--out", folder.File("never")), Does.Contain("'de'").And.Contain("en, fr, es, ar"));
        Assert.That(await RefusedAsync("report", "build", "2026", "--languages", ",", "--out", folder.File("never")), Does.Contain("en, fr, es, ar"));
        Assert.That(await RefusedAsync("report", "build", "2026"), Does.Contain("--out"));
        Assert.That(Directory.Exists(folder.File("never")), Is.False);
    }

    [Test]
    public async Task A_report_with_translations_that_nobody_reviewed_is_not_published_unasked()
    {
        var run = await RunAsync("report", "build", "latest", "--publish", "--out", folder.File("unasked"));
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")), run.Error);
        Assert.That(run.Error, Does.Contain("Nobody has reviewed these translations: fr, es, ar.").And.Contain("--unreviewed"));
        Assert.That(Directory.Exists(folder.File("unasked")), Is.False, "Asked before the work, not after it.");
        await using var db = database.Open();
        Assert.That(await db.Runs.AnyAsync(r => r.Languages == "en fr es ar"), Is.False);
    }

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync(clock, ["--database", database.Connection, .. arguments]);

    private async Task<string> RefusedAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")), run.Error);
        return run.Error;
    }
}
