using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Testing;

namespace Survey.IntegrationTests.Commands;

/// <summary>Members and rounds from the command line: what is imported, invited and refused.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
[NonParallelizable]
internal sealed class RoundCommandTests(DatabaseKind kind) : CommandFixture(kind)
{
    private const string Members = """
        code,name,country,type,language,email
        m1,Horizons solidaires,Senegal,ngo,fr,a@example.org
        m2,Puentes,MX,trade-union,es,b@example.org
        m3,Open Door,Côte d'Ivoire,ngo,en,
        """;

    [Test]
    public async Task Members_import_writes_once_and_a_trial_writes_nothing()
    {
        var file = FileOf("members.csv", Members);
        Assert.That(await SaidAsync("members", "import", file, "--dry-run"), Is.EqualTo("Would import members: 3 added, 0 changed, 0 unchanged."));
        await using var db = Database.Open();
        Assert.That(await db.Organisations.CountAsync(), Is.Zero);
        Assert.That(await SaidAsync("members", "import", file), Is.EqualTo("Imported members: 3 added, 0 changed, 0 unchanged."));
        Assert.That(await db.Organisations.OrderBy(o => o.Code).Select(o => o.Country).ToListAsync(), Is.EqualTo(new[] { "SN", "MX", "CI" }));
        Assert.That(await SaidAsync("members", "import", file), Is.EqualTo("Imported members: 0 added, 0 changed, 3 unchanged."));
    }

    [Test]
    public async Task One_bad_member_keeps_all_out()
    {
        var words = await RefusedAsync(2, "members", "import", FileOf("members.csv", Members + "\nm4,Lost,Atlantis,ngo,en,c@example.org\nm5,Odd,Peru,circus,en,\n"));
        Assert.That(words, Does.Contain("line 5, column 'country'").And.Contain("Atlantis").And.Contain("line 6, column 'type'").And.Contain("circus"));
        await using var db = Database.Open();
        Assert.That(await db.Organisations.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task What_is_no_member_list_is_refused()
    {
        Assert.That(await RefusedAsync(2, "members", "import", FileOf("missing.csv")), Does.Contain("there is no such file"));
        await RefusedAsync(2, "members", "import", FileOf("empty.csv", ""));
        Assert.That(await RefusedAsync(2, "members", "import", FileOf("other.csv", "colour,size\nblue,3\n")), Does.Contain("'name'").And.Contain("'country'"));
        await RefusedAsync(2, "members", "import", FileOf("nul.csv", "name,country\nA\0B,Peru\n"));
    }

    [Test]
    public async Task A_round_is_created_opened_closed_and_listed()
    {
        await DoneAsync("members", "import", FileOf("members.csv", Members));
        Assert.That(await SaidAsync("round", "list"), Does.StartWith("There is no round yet."));
        Assert.That(await CreateAsync("2026", "--opens", "2026-05-01", "--closes", "2026-05-31"), Does.StartWith("Created round 2026: 8 points, ").And.EndWith(" 7 regions."));
        // 31 May ends last in UTC-12: at noon of 1 June.
        Assert.That(await SaidAsync("round", "open", "2026"), Is.EqualTo("Opened round 2026: 3 organisations are its population; it closes 2026-06-01 12:00 UTC."));
        Assert.That(await SaidAsync("round", "list"), Is.EqualTo("2026  open  plan made-8-point, questionnaire made-2026  0 of 3 answered  closes 2026-05-31"));
        Assert.That(await RefusedAsync(1, "round", "open", "2026"), Does.Contain("2026 is open"));
        Assert.That(await SaidAsync("round", "close", "2026"), Is.EqualTo("Closed round 2026: 0 responses, 0 started and not sent."));
        Assert.That(await RefusedAsync(1, "round", "close", "2026"), Does.Contain("2026 is closed"));
        Assert.That(await RefusedAsync(1, "round", "open", "2026"), Does.Contain("2026 is closed"));
        await using var db = Database.Open();
        Assert.That(await db.AuditEntries.OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(), Is.SupersetOf(new[] { "round.create", "round.open", "round.close" }));
    }

    [TestCase("--plan", "made-9-point", "there is: made-8-point")]
    [TestCase("--questionnaire", "made-1999", "made-2026")]
    [TestCase("--questionnaire", "../plans/made-8-point", "made-2026")]
    [TestCase("--regions", "planets", "default")]
    public async Task A_round_of_an_unknown_template_names_the_known_ones(string option, string name, string known)
    {
        var given = new Dictionary<string, string> { ["--plan"] = "made-8-point", ["--questionnaire"] = "made-2026", ["--regions"] = "default", [option] = name };
        var words = await RefusedAsync(2, ["round", "create", "2026", .. given.SelectMany(g => new[] { g.Key, g.Value })]);
        Assert.That(words, Does.Contain($"'{name}'").And.Contain(known));
        Assert.That(await SaidAsync("round", "list"), Does.StartWith("There is no round yet."));
    }

    [TestCase("Round 2026")]
    [TestCase("2026/x")]
    [TestCase("-2026")]
    [TestCase("２０２６")]
    public async Task A_round_of_a_wrong_name_is_refused(string slug) =>
        Assert.That(await RefusedAsync(2, "round", "create", "--plan", "made-8-point", "--questionnaire", "made-2026", "--", slug), Does.Contain("is not a round's name"));

    [TestCase("--opens", "1 May 2026", "--opens: '1 May 2026' is not a date")]
    [TestCase("--closes", "2026-02-30", "--closes: '2026-02-30' is not a date")]
    public async Task A_wrong_date_is_refused(string option, string date, string words) =>
        Assert.That(await RefusedAsync(2, "round", "create", "2026", "--plan", "made-8-point", "--questionnaire", "made-2026", option, date), Does.Contain(words));

    [Test]
    public async Task A_round_that_ends_before_it_begins_is_refused()
    {
        Assert.That(await RefusedAsync(2, "round", "create", "2026", "--plan", "made-8-point", "--questionnaire", "made-2026", "--opens", "2026-06-01", "--closes", "2026-05-01"),
            Does.Contain("--closes is before --opens"));
        await CreateAsync("2026");
        Assert.That(await RefusedAsync(2, "round", "create", "2026", "--plan", "made-8-point", "--questionnaire", "made-2026"), Does.Contain("2026 already"));
    }

    [Test]
    public async Task A_round_does_not_open_with_a_change_that_is_not_declared()
    {
        await DoneAsync("members", "import", FileOf("members.csv", Members));
        await CreateAsync("2025", "made-2025", []);
        await DoneAsync("round", "open", "2025");
        await DoneAsync("round", "close", "2025");
        using (var templates = new TemplatesCopy())
        {
            templates.Replace("questionnaires/made-2026.yaml", "how has the situation on this point changed where you work?", "has anything become better on this point where you work?");
            await CreateAsync("2026");
        }

        var words = await RefusedAsync(2, "round", "open", "2026");
        Assert.That(words, Does.Contain("2025").And.Contain("change").And.Contain("wording"));
        await using var db = Database.Open();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await db.Rounds.Where(r => r.Slug == "2026").Select(r => r.State).SingleAsync(), Is.EqualTo(RoundState.Planned));
            Assert.That(await db.Invitations.CountAsync(i => i.Round!.Slug == "2026"), Is.Zero);
        });
    }

    [Test]
    public async Task An_unknown_round_names_the_known_ones()
    {
        Assert.That(await RefusedAsync(2, "round", "open", "2027"), Does.Contain("there is none at all yet"));
        await CreateAsync("2026");
        foreach (var command in new[] { new[] { "round", "open", "2027" }, ["tally", "2027"], ["link", "m1", "2027"], ["data", "export", "2027", "--out", "out"], ["report", "build", "2027", "--out", "out"] })
        {
            Assert.That(await RefusedAsync(2, command), Does.Contain("There is no round '2027'. Known: 2026."), string.Join(' ', command));
        }
    }

    [Test]
    public async Task A_link_is_issued_to_an_organisation_of_the_round()
    {
        await DoneAsync("members", "import", FileOf("members.csv", Members + "\nm4,PUENTES,PE,ngo,es,\n"));
        await CreateAsync("2026");
        Assert.That(await RefusedAsync(1, "link", "m1", "2026"), Does.Contain("not open yet").And.Contain("./progress round open 2026"));
        await DoneAsync("round", "open", "2026");
        var byCode = await SaidAsync("link", "m1", "2026");
        var byName = await SaidAsync("link", "Horizons Solidaires", "2026", "--url", "https://report.example.org/");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(byCode, Does.Match("^http://localhost:5080/a/[A-Za-z0-9_-]{20,}$"));
            Assert.That(byName, Does.Match("^https://report\\.example\\.org/a/[A-Za-z0-9_-]{20,}$"));
            Assert.That(await RefusedAsync(2, "link", "nobody", "2026"), Does.Contain("No organisation 'nobody' is invited to round 2026"));
            Assert.That(await RefusedAsync(2, "link", "Puentes", "2026"), Does.Contain("Several organisations").And.Contain("code"));
        });
    }

    private Task<string> CreateAsync(string round, params string[] more) => CreateAsync(round, "made-2026", more);

    private Task<string> CreateAsync(string round, string questionnaire, string[] more) =>
        SaidAsync(["round", "create", round, "--plan", "made-8-point", "--questionnaire", questionnaire, .. more]);
}
