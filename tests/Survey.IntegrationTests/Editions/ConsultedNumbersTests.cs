using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Survey.Domain.Consultations;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Jobs;
using Survey.Reporting.OpenData;
using Survey.Reporting.Tallies;
using Survey.Testing;
using Survey.Testing.Attack;
using Survey.Testing.Site;
using Survey.Web.Erasures;
using Survey.Web.Localization;

namespace Survey.IntegrationTests.Editions;

/// <summary>Numbers that members have read in a draft stand like published ones: the next draft keeps them, whatever was corrected since, unless they are counted anew with a reason.</summary>
internal sealed class ConsultedNumbersTests
{
    private const string Corrected = "africa";

    private TestDatabase database = null!;
    private TestFolder folder = null!;
    private SetClock clock = null!;
    private SurveyDb db = null!;
    private SurveyRound round = null!;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    [SetUp]
    public async Task MakeAsync()
    {
        (database, folder, clock) = (await TestDatabase.CreateAsync(DatabaseKind.Sqlite), new TestFolder(), new SetClock(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero)));
        await RunAsync("demo", "--organisations", "300", "--rounds", "1");
        await RunAsync("round", "close", "latest");
        db = database.Open();
        round = await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync();
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await db.DisposeAsync();
        folder.Dispose();
        await database.DisposeAsync();
    }

    [Test, CancelAfter(300_000)]
    public async Task A_draft_after_a_consultation_keeps_its_numbers_or_corrects_them_and_says_no_more_than_it_did(CancellationToken limit)
    {
        var definition = RoundDefinition.Of(round);
        var counted = await CountedAsync(limit);
        var first = await StoreAsync(await EditionSource.CubeAsync(db, round, definition, Now, limit), number: 1, isPublished: false);
        await ConsultAsync(first, limit);

        // What kept a region coarse is gone: counted now, it would be another number.
        await CorrectAsync(limit);
        var second = await BuildAsync();
        Assert.That((second.Id == first.Id, second.Number, second.Cube == first.Cube), Is.EqualTo((false, (int?)null, true)), "the numbers that members read");

        var third = await BuildAsync("--recount", "Answers were entered twice.");
        Assert.That(third.Cube, Is.Not.EqualTo(first.Cube), "counted anew because somebody said why");

        // Counted without regard to what members read, the report would show regions more finely than they stood there.
        var free = await EditionSource.CubeAsync(db, round, definition, Now, limit);
        var (read, corrected, alone) = (Shown(CubeJson.Read(first.Cube)), Shown(CubeJson.Read(third.Cube)), Shown(free));
        Assert.That(corrected.Where(c => !IsFine(c, read)), Is.Empty);
        Assert.That(alone.Where(c => !IsFine(c, read)), Is.Not.Empty, "there was something to withhold");
        Assert.That(corrected, Is.Not.Empty, "and something is shown");

        // Nor do the files of both together tell what either hides, with which those of the free count would; every sixth count is tried, for the solver takes its time.
        var (before, after, recounted) = (new PublishedFiles(DataPack.FiguresOf(CubeJson.Read(first.Cube))), await FilesAsync(third, limit), await CountedAsync(limit));
        var attacks = Attacker.OnCorrection(recounted, after, before).Concat(Attacker.OnBoth(counted, before, recounted, after)).Where((_, i) => i % 6 == 0).ToList();
        Assert.That(attacks.Where(a => !a.Program.HoldsInTruth() || !a.IsKept()).Select(a => a.What), Is.Empty);
        Assert.That(attacks, Has.Count.GreaterThan(20));
        Assert.That(Attacker.OnBoth(counted, before, recounted, new PublishedFiles(DataPack.FiguresOf(free))).Any(a => !a.IsKept()), "the attacker would have found it");
    }

    [Test, CancelAfter(300_000)]
    public async Task A_replacement_after_an_erasure_leaves_a_recounted_draft_its_numbers(CancellationToken limit)
    {
        var definition = RoundDefinition.Of(round);
        var published = await StoreAsync(await EditionSource.CubeAsync(db, round, definition, Now, limit), number: 1, isPublished: true);
        await CorrectAsync(limit);
        clock.Move(TimeSpan.FromDays(1));
        var draft = await StoreAsync(await EditionSource.CubeAsync(db, round, definition, CubeJson.Read(published.Cube), Now, limit), number: 2, isPublished: false);
        Assert.That(draft.Cube, Is.Not.EqualTo(published.Cube));
        await ConsultAsync(draft, limit);

        // Both list an organisation that is erased.
        int listed = await db.Organisations.Select(o => o.Id).FirstAsync(limit);
        db.EditionMentions.AddRange(new[] { published, draft }.Select(v => new EditionMention { EditionVersionId = v.Id, OrganisationId = listed, Kind = MentionKind.Listed }));
        await db.SaveChangesAsync(limit);
        Assert.That(await Erasure.RunAsync(db, listed, "office:1", null, Now, limit), Is.Not.Null);
        await using var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddStorage(database.Connection).AddReports(Repository.Root, Repository.Templates).BuildServiceProvider();
        var contexts = services.GetRequiredService<IDbContextFactory<SurveyDb>>();
        var replacements = new ReplacementTask(contexts, new UiTexts(SiteHost.Texts()), clock, NullLogger<ReplacementTask>.Instance);
        clock.Move(TimeSpan.FromMinutes(1));
        await replacements.LookAsync(limit);
        Assert.That(await services.GetRequiredService<ReportBuild>().RunAsync((await ReportRuns.TakeAsync(contexts, clock, limit))!, null, limit));
        await replacements.LookAsync(limit);

        var replaced = await NewestAsync();
        Assert.That((replaced.Number, replaced.PublishedBy, replaced.Cube == published.Cube), Is.EqualTo(((int?)2, (string?)ReportRuns.ByJob, true)), "what is public keeps its numbers");
        Assert.That(await db.Consultations.AsNoTracking().Select(c => c.ClosedAt).SingleAsync(limit), Is.Null, "members go on");
        Assert.That((await ShownVersions.NewestAsync(db, round.Id, limit))!.Id, Is.EqualTo(draft.Id), "what members read last");

        clock.Move(TimeSpan.FromDays(1));
        var next = await BuildAsync();
        Assert.That((next.PlannedNumber, next.Cube == draft.Cube), Is.EqualTo((3, true)), "the numbers that members read");
        Assert.That(await EditionPublishing.ProblemsAsync(db, next.Id, Now, limit), Is.Empty);
    }

    private async Task<EditionVersion> BuildAsync(params string[] more)
    {
        await RunAsync(["report", "build", "latest", "--languages", "en", "--out", folder.Path, .. more]);
        return await NewestAsync();
    }

    private Task<EditionVersion> NewestAsync() => db.EditionVersions.AsNoTracking().OrderBy(v => v.Id).LastAsync();

    private async Task RunAsync(params string[] arguments)
    {
        var done = await CommandRun.OfAsync(clock, [.. arguments, "--database", database.Connection]);
        Assert.That(done.ExitCode, Is.Zero, done.Error + done.Output);
    }

    private async Task ConsultAsync(EditionVersion draft, CancellationToken limit)
    {
        db.Consultations.Add(new Consultation { RoundId = round.Id, Number = 1, EditionVersionId = draft.Id, LastVersionId = draft.Id, ShownAt = Now, OpenedAt = Now, OpenedBy = "office:1", ClosesAt = Now.AddDays(14) });
        await db.SaveChangesAsync(limit);
    }

    /// <summary>In one region the answers are taken out that only one or two gave, and that kept its ratings from being shown in all steps.</summary>
    private async Task CorrectAsync(CancellationToken limit)
    {
        foreach (var few in await db.Answers.Where(a => a.Region == Corrected && (a.Question == "state" || a.Question == "change")).GroupBy(a => new { a.Point, a.Question, a.Choice }).Where(g => g.Count() < 3).Select(g => g.Key).ToListAsync(limit))
        {
            await db.Answers.Where(a => a.Region == Corrected && a.Point == few.Point && a.Question == few.Question && a.Choice == few.Choice).ExecuteDeleteAsync(limit);
        }
    }

    /// <summary>A version with this cube, without the work of typesetting it.</summary>
    private async Task<EditionVersion> StoreAsync(Cube cube, int number, bool isPublished)
    {
        var (json, id) = (CubeJson.Write(cube), (await StoredEdition.AddAsync(db, round, isPublished, number, "en")).Id);
        var (hash, at) = (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))), isPublished ? Now : (DateTime?)null);
        await db.EditionVersions.Where(v => v.Id == id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Cube, json).SetProperty(v => v.CubeSha256, hash).SetProperty(v => v.PublishedAt, at));
        return await NewestAsync();
    }

    private async Task<RoundInput> CountedAsync(CancellationToken limit)
    {
        var definition = RoundDefinition.Of(round);
        return new(await TallyReader.ReadAsync(db, round, Now, limit), definition.Plan, definition.Questionnaire);
    }

    private async Task<PublishedFiles> FilesAsync(EditionVersion version, CancellationToken limit) =>
        new(await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == version.Id && a.Name.StartsWith("data/")).ToDictionaryAsync(a => a.Name["data/".Length..], a => a.Bytes, limit));

    private static List<(string Point, string Question, string Region, int Rung)> Shown(Cube cube) =>
        [.. from point in cube.Points from figures in point.Ratings from cell in figures.Regions where cell.Rung is not null select (point.Point, figures.Question, cell.Region, cell.Rung!.Value)];

    private static bool IsFine((string Point, string Question, string Region, int Rung) cell, List<(string Point, string Question, string Region, int Rung)> then) =>
        then.Exists(t => (t.Point, t.Question, t.Region) == (cell.Point, cell.Question, cell.Region) && t.Rung <= cell.Rung);
}
