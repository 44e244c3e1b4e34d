using Microsoft.EntityFrameworkCore;
using Survey.Domain.Imports;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.IntegrationTests.Imports;

[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
public sealed class AnswersImportTests(DatabaseKind kind)
{
    private static readonly string[] Years = ["2013", "2014", "2015"];
    private TestDatabase database = null!;

    [SetUp]
    public async Task MakeDatabase()
    {
        database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();
        await OpenIndex.MakeRoundsAsync(db, Years);
    }

    [TearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    private static IEnumerable<TestCaseData> Files() =>
        from file in OpenIndex.Files
        from way in new[] { ("by name", "mapping.yaml"), ("by code", "mapping-by-code.yaml") }
        let name = Path.GetFileName(file)
        select new TestCaseData(file, name, way.Item2).SetArgDisplayNames($"{name}, {way.Item1}");

    /// <summary>The expected counts are R's: tests/data/open-index/expected/counts.R.</summary>
    [TestCaseSource(nameof(Files))]
    public async Task Every_count_of_an_import_equals_the_one_computed_independently(string file, string expected, string mapping)
    {
        var result = await ImportAsync(file, mapping);

        Assert.That(result.Problems, Is.Empty);
        Assert.That(result.IsWritten);
        await using var db = database.Open();
        var answers = await (from a in db.Answers
                             join r in db.Rounds on a.RoundId equals r.Id
                             group a by new { r.Slug, a.Region, a.Point, a.Question, a.Choice } into g
                             select new { g.Key.Slug, g.Key.Region, g.Key.Point, g.Key.Question, g.Key.Choice, Count = g.Count() }).ToListAsync();
        var responses = await (from s in db.Responses
                               join i in db.Invitations on s.InvitationId equals i.Id
                               join r in db.Rounds on i.RoundId equals r.Id
                               where s.Version == 1
                               group i by new { r.Slug, i.Region } into g
                               select new { g.Key.Slug, g.Key.Region, Count = g.Count() }).ToListAsync();
        var counted = answers.Select(a => OpenIndex.Row(a.Slug, a.Region, a.Point, a.Question, a.Choice, a.Count))
            .Concat(responses.Select(r => OpenIndex.Row(r.Slug, r.Region, "", "responses", "", r.Count))).Order(StringComparer.Ordinal);
        Assert.That(counted, Is.EqualTo(OpenIndex.Expected(expected)));
        var kosovo = await db.Invitations.Where(i => i.Country == "XK").Select(i => i.Name).Distinct().ToListAsync();
        Assert.That(kosovo, Is.EqualTo(new[] { "Kosovo" }));
        Assert.That(result.Notices.Where(n => n.Code == "import.duplicate").Select(n => n.Where).Distinct().Count(), Is.GreaterThan(0));
    }

    [Test]
    public async Task Same_file_again_changes_nothing()
    {
        await ImportAsync(OpenIndex.MadeUp);
        var before = await FingerprintAsync();

        var again = await ImportAsync(OpenIndex.MadeUp, at: OpenIndex.Moment.AddDays(1));

        Assert.That((again.New, again.Changed, again.NewOrganisations), Is.EqualTo((0, 0, 0)));
        Assert.That(again.Unchanged, Is.GreaterThan(0));
        Assert.That(await FingerprintAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Trial_run_and_bad_row_write_nothing()
    {
        var before = await FingerprintAsync();
        var bad = (await File.ReadAllTextAsync(OpenIndex.MadeUp)) + "2015,zz,\"Atlantis\",\"\",map,45,No,Yes\n2015,ar,Argentina,,map,101,No,Perhaps\n";

        var trial = await ImportAsync(OpenIndex.MadeUp, options: new(ImportWrites.Nothing));
        var refused = await ImportTextAsync(bad);

        Assert.That((trial.IsWritten, trial.New > 0), Is.EqualTo((false, true)));
        Assert.That(refused.IsWritten, Is.False);
        Assert.That(refused.BadRows, Is.EqualTo(2));
        Assert.That(refused.Problems.Select(p => p.Where.Split(", ")[^1]), Is.EqualTo(new[] { "column 'place_name'", "column 'score'", "column 'uptodate'" }));
        Assert.That(await FingerprintAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Bad_rows_can_be_skipped()
    {
        var bad = (await File.ReadAllTextAsync(OpenIndex.MadeUp)) + "2015,zz,\"Atlantis\",\"\",map,45,No,Yes\n";

        var result = await ImportTextAsync(bad, new(BadRows: BadRows.Skip));

        Assert.That((result.IsWritten, result.BadRows, result.Problems.Count), Is.EqualTo((true, 1, 1)));
        await using var db = database.Open();
        Assert.That(await db.Organisations.AnyAsync(o => o.Code == "zz"), Is.False);
        Assert.That(await db.Responses.CountAsync(), Is.EqualTo(result.New));
    }

    [Test]
    public async Task Changed_answer_makes_a_new_version_and_the_old_one_stays()
    {
        const string First = "year,place_id,place_name,dataset,score,openlicense,uptodate\n2015,ar,Argentina,map,45,No,Yes\n";
        await ImportTextAsync(First);

        var result = await ImportTextAsync(First.Replace(",45,", ",95,", StringComparison.Ordinal));

        Assert.That((result.New, result.Changed), Is.EqualTo((0, 1)));
        await using var db = database.Open();
        var response = await db.Responses.SingleAsync();
        Assert.That((response.Version, response.Mode), Is.EqualTo((2, ResponseMode.Import)));
        Assert.That(await db.Submissions.CountAsync(), Is.EqualTo(2));
        Assert.That(await db.Answers.Where(a => a.Question == "state").Select(a => a.Choice).ToListAsync(), Is.EqualTo(new[] { "very-high" }));
        Assert.That(await db.DraftAnswers.Where(a => a.Question == "state").Select(a => a.Choice).ToListAsync(), Is.EqualTo(new[] { "very-high" }));
    }

    [Test]
    public async Task Answers_from_the_browser_are_replaced_only_when_asked_and_unsent_ones_never()
    {
        const string Row = "year,place_id,place_name,dataset,score,openlicense,uptodate\n2015,ar,Argentina,map,45,No,Yes\n";
        await ImportTextAsync(Row);
        await using (var db = database.Open())
            await db.Responses.ExecuteUpdateAsync(r => r.SetProperty(x => x.Mode, ResponseMode.Web));
        var other = Row.Replace(",45,", ",95,", StringComparison.Ordinal);

        var same = await ImportTextAsync(Row);
        var kept = await ImportTextAsync(other);
        var replaced = await ImportTextAsync(other, new(OtherAnswers: OtherAnswers.Replace));
        await using (var db = database.Open())
            await db.Responses.ExecuteUpdateAsync(r => r.SetProperty(x => x.Revision, x => x.Revision + 1));
        var unsent = await ImportTextAsync(Row, new(OtherAnswers: OtherAnswers.Replace));

        Assert.That((same.Unchanged, same.Problems.Count), Is.EqualTo((1, 0)));
        Assert.That(kept.Problems.Single().Code, Is.EqualTo("import.other-answers"));
        Assert.That((replaced.IsWritten, replaced.Changed), Is.EqualTo((true, 1)));
        Assert.That(unsent.Problems.Single().Code, Is.EqualTo("import.unsent"));
        await using var after = database.Open();
        Assert.That(await after.Submissions.CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Round_that_is_planned_or_missing_takes_no_answers()
    {
        const string Row = "year,place_id,place_name,dataset,score,openlicense,uptodate\n2019,ar,Argentina,map,45,No,Yes\n";
        var result = await ImportTextAsync(Row);

        Assert.That(result.Problems.Single().Code, Is.EqualTo("import.no-round"));
    }

    private async Task<AnswersImported> ImportAsync(string file, string mapping = "mapping.yaml", AnswersImportOptions? options = null, DateTime? at = null)
    {
        await using var stream = File.OpenRead(file);
        await using var db = database.Open();
        return await AnswersImport.RunAsync(db, stream, OpenIndex.Mapping(mapping), options ?? new(), at ?? OpenIndex.Moment);
    }

    private async Task<AnswersImported> ImportTextAsync(string text, AnswersImportOptions? options = null)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        await using var db = database.Open();
        return await AnswersImport.RunAsync(db, stream, OpenIndex.Mapping(), options ?? new(), OpenIndex.Moment);
    }

    /// <summary>What would differ if anything had been written.</summary>
    private async Task<string> FingerprintAsync()
    {
        await using var db = database.Open();
        var responses = await db.Responses.OrderBy(r => r.Id).Select(r => new { r.Id, r.Version, r.Revision, r.ChangedAt, r.SubmittedAt }).ToListAsync();
        return string.Join('\n', responses)
            + $" {await db.Organisations.CountAsync()} {await db.Invitations.CountAsync()} {await db.Answers.CountAsync()} {await db.DraftAnswers.CountAsync()} {await db.Submissions.CountAsync()} {await db.AuditEntries.CountAsync()}";
    }
}
