using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Testing;

namespace Survey.IntegrationTests.Editions;

/// <summary>
/// A year's end on one small network, with the real typesetter: hostile texts of the office are set as words, a language is added to the published version without a byte of its other files
/// changing, and counting anew says that nothing changed where nothing did.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class AddedLanguageTests(DatabaseKind kind)
{
    private const string Hostile = "#panic(\"x\") $x^2$ <script>alert(1)</script> \\#import **bold *and* more** \u202Eover\n\n### #read(\"/etc/passwd\")\n\n- `code` @ref\n- [link](https://example.org/?a=1&b=\"2\")";

    private TestFolder folder = null!;

    [SetUp]
    public void Make() => folder = new TestFolder();

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test, CancelAfter(300_000)]
    public async Task A_language_added_later_has_the_same_numbers_and_touches_no_other_file(CancellationToken limit)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var clock = new SetClock(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero));
        await RunAsync("demo", "--organisations", "60", "--rounds", "1");
        await using (var db = database.Open())
        {
            var round = await db.Rounds.SingleAsync(limit);
            foreach (var language in new[] { "en", "ar" })
            {
                Add(EditorialKind.Foreword, "", language, Hostile);
                Add(EditorialKind.Acknowledgements, "", language, new string('W', 10_000) + " " + string.Concat(Enumerable.Repeat("# ", 5_000)));
            }

            await db.SaveChangesAsync(limit);

            void Add(EditorialKind kind, string subject, string language, string text) =>
                db.EditorialTexts.Add(new EditorialText { RoundId = round.Id, Kind = kind, Subject = subject, Language = language, Text = text, SignedBy = "Ada #Okoro", SignedAs = "$chair$", Version = 1, ChangedBy = "office:x", ChangedAt = clock.GetUtcNow().UtcDateTime });
        }

        await RunAsync("report", "build", "latest", "--languages", "en", "--publish", "--unreviewed", "--out", folder.Path);
        var pdf = PdfFile.Read(Directory.EnumerateFiles(folder.Path, "report-*.en.pdf").Single());
        Assert.That(pdf.Text(), Does.Contain("#panic(\"x\") $x^2$ <script>alert(1)</script> #import bold and more over").And.Contain("#read(\"/etc/passwd\")").And.Contain("Ada #Okoro").And.Contain("$chair$"));

        await using var seen = database.Open();
        var version = await seen.EditionVersions.AsNoTracking().SingleAsync(limit);
        var before = await FilesAsync();
        await seen.FindingChoices.AddAsync(new FindingChoice { RoundId = (await seen.Rounds.SingleAsync(limit)).Id, Finding = Findings(await ContentAsync("en"))[0], IsHidden = true, Reason = "Later.", ChangedBy = "office:x", ChangedAt = clock.GetUtcNow().UtcDateTime }, limit);
        await seen.SaveChangesAsync(limit);
        clock.Move(TimeSpan.FromDays(40));
        await using (var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddStorage(database.Connection).AddReports(Repository.Root, Repository.Templates).BuildServiceProvider())
        {
            var id = await ReportRuns.RequestAsync(seen, new ReportWish((await seen.Rounds.SingleAsync(limit)).Id, ["ar"], "office:x") { AddsToVersionId = version.Id }, clock.GetUtcNow().UtcDateTime, limit);
            var attempt = await ReportRuns.TakeAsync(services.GetRequiredService<IDbContextFactory<SurveyDb>>(), clock, limit);
            var isMade = await services.GetRequiredService<ReportBuild>().RunAsync(attempt!, null, limit);
            Assert.That(isMade, Is.True, await seen.Runs.AsNoTracking().Where(r => r.Id == id).Select(r => r.Error).SingleAsync(limit));
        }

        var after = await FilesAsync();
        Assert.That(after.Where(f => !f.Key.StartsWith("ar/", StringComparison.Ordinal)), Is.EquivalentTo(before), "the others, by their hashes");
        Assert.That(after.Keys.Except(before.Keys), Does.Contain("ar/report.pdf").And.Contain("ar/content.json").And.All.StartWith("ar/"));
        var (english, arabic) = (await ContentAsync("en"), await ContentAsync("ar"));
        Assert.That((arabic.Date, Findings(arabic), arabic.Blocks.Count), Is.EqualTo((english.Date, Findings(english), english.Blocks.Count)), "with the day, the order and the parts of the version");
        Assert.That(Numbers(arabic), Is.EqualTo(Numbers(english)));
        Assert.That(await seen.AuditEntries.Where(a => a.Action == "edition.add-language").Select(a => a.Actor + " " + a.Subject).SingleAsync(limit), Does.Match("^office:x edition:.*/v1/ar$"));

        await RunAsync("round", "close", "latest");
        Assert.That(await RunAsync("report", "build", "latest", "--languages", "en", "--recount", "To be sure.", "--out", folder.Path), Does.Contain("Counted anew: 0 published numbers differ"));
        var run = await seen.Runs.AsNoTracking().OrderBy(r => r.Id).LastAsync(limit);
        Assert.That((run.RecomputesNumbers, run.Reason), Is.EqualTo((true, "To be sure.")));

        async Task<string> RunAsync(params string[] arguments)
        {
            var done = await CommandRun.OfAsync(clock, [.. arguments, "--database", database.Connection]);
            Assert.That(done.ExitCode, Is.Zero, done.Error + done.Output);
            return done.Output;
        }

        Task<Dictionary<string, string>> FilesAsync() =>
            seen.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == version.Id).ToDictionaryAsync(a => $"{a.Language}/{a.Name}", a => a.Sha256 + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(a.Bytes)), limit);

        async Task<EditionContent> ContentAsync(string language) =>
            JsonSerializer.Deserialize<EditionContent>(await seen.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == version.Id && a.Language == language && a.Name == Artefact.Content).Select(a => a.Bytes).SingleAsync(limit), EditionJson.Options)!;
    }

    private static List<string> Findings(EditionContent content) => [.. FindingOrder.PartsOf(content.Blocks).SelectMany(p => p.Findings).Select(f => f.Id!)];

    private static List<double> Numbers(EditionContent content) => [.. content.Blocks.OfType<FindingBlock>().SelectMany(f => f.Numbers).Select(n => n.Value)];
}
