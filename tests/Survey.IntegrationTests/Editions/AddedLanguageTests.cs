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
        var kept = KeptEditorial.Read(version.Editorial)!;
        Assert.That(kept.Texts.Select(t => t.Language).Distinct(), Is.EqualTo(new[] { "en" }), "what it prints, and no more");
        // What the office writes and chooses after that is none of the version's.
        await seen.FindingChoices.AddAsync(new FindingChoice { RoundId = (await seen.Rounds.SingleAsync(limit)).Id, Finding = Findings(await ContentAsync("en"))[0], IsHidden = true, Reason = "Later.", ChangedBy = "office:x", ChangedAt = clock.GetUtcNow().UtcDateTime }, limit);
        await seen.SaveChangesAsync(limit);
        await seen.EditorialTexts.Where(t => t.Language == "en" && t.Kind == EditorialKind.Foreword).ExecuteUpdateAsync(s => s.SetProperty(t => t.Text, "Half-written"), limit);
        await seen.EditorialTexts.Where(t => t.Language == "ar" && t.Kind == EditorialKind.Foreword).ExecuteUpdateAsync(s => s.SetProperty(t => t.Text, "Today"), limit);
        // Nor what is counted of mails and times, nor a name that was allowed since.
        await seen.Responses.ExecuteUpdateAsync(s => s.SetProperty(r => r.StartedAt, r => r.SubmittedAt ?? r.StartedAt), limit);
        var anonymous = await seen.EditionMentions.Where(m => m.EditionVersionId == version.Id && m.Kind == MentionKind.Quoted).Select(m => m.QuoteId!.Value).Distinct().ToListAsync(limit);
        await seen.Quotes.Where(q => anonymous.Contains(q.Id)).ExecuteUpdateAsync(s => s.SetProperty(q => q.Consent, Survey.Domain.Responses.QuoteConsent.WithName), limit);
        clock.Move(TimeSpan.FromDays(40));
        await using (var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddStorage(database.Connection).AddReports(Repository.Root, Repository.Templates).BuildServiceProvider())
        {
            var id = await ReportRuns.RequestAsync(seen, new ReportWish((await seen.Rounds.SingleAsync(limit)).Id, ["ar"], "office:x") { AddsToVersionId = version.Id, AcceptsUnreviewed = true }, clock.GetUtcNow().UtcDateTime, limit);
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

        Assert.That(await seen.AuditEntries.CountAsync(a => a.Action == "edition.publish-unreviewed" && a.Subject.EndsWith("/ar"), limit), Is.EqualTo(1));
        Assert.That(await seen.EditionMentions.CountAsync(m => m.EditionVersionId == version.Id && m.Kind == MentionKind.QuotedByName && anonymous.Contains(m.QuoteId!.Value), limit), Is.Zero, "no name that the version does not have");
        var names = await (from mention in seen.EditionMentions where anonymous.Contains(mention.QuoteId!.Value) join organisation in seen.Organisations on mention.OrganisationId equals organisation.Id select organisation.Name).Distinct().ToListAsync(limit);
        Assert.That(arabic.Blocks.OfType<QuoteBlock>().Where(q => names.Any(n => q.Attribution.Contains(n, StringComparison.Ordinal))), Is.Empty);
        Assert.That(new[] { anonymous.Count, names.Count, kept.MedianMinutes ?? 0 }, Has.All.Positive, "There is something to look for.");
        Assert.That(Words(arabic), Does.Contain("Today"));
        var both = KeptEditorial.Read(await seen.EditionVersions.AsNoTracking().Select(v => v.Editorial).SingleAsync(limit))!;
        Assert.That((both.MedianMinutes, both.Texts.Single(t => t.Language == "ar" && t.Kind == EditorialKind.Foreword).Markdown), Is.EqualTo((kept.MedianMinutes, "Today")));

        await RunAsync("round", "close", "latest");
        Assert.That(await RunAsync("report", "build", "latest", "--languages", "en", "--recount", "To be sure.", "--out", folder.Path), Does.Contain("Counted anew: 0 published numbers differ"));
        var run = await seen.Runs.AsNoTracking().OrderBy(r => r.Id).LastAsync(limit);
        Assert.That((run.RecomputesNumbers, run.Reason), Is.EqualTo((true, "To be sure.")));

        // Taken back by an erasure, it comes out again with its own texts and choices, whatever the office is writing.
        await seen.EditionVersions.Where(v => v.Id == version.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.WithdrawnAt, clock.GetUtcNow().UtcDateTime), limit);
        await using (var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddStorage(database.Connection).AddReports(Repository.Root, Repository.Templates).BuildServiceProvider())
        {
            await ReportRuns.RequestAsync(seen, new ReportWish((await seen.Rounds.SingleAsync(limit)).Id, ["en"], ReportRuns.ByJob), clock.GetUtcNow().UtcDateTime, limit);
            var attempt = await ReportRuns.TakeAsync(services.GetRequiredService<IDbContextFactory<SurveyDb>>(), clock, limit);
            Assert.That(await services.GetRequiredService<ReportBuild>().RunAsync(attempt!, null, limit), Is.True);
        }

        version = await seen.EditionVersions.AsNoTracking().OrderBy(v => v.Id).LastAsync(limit);
        var again = await ContentAsync("en");
        Assert.That(Words(again), Does.Not.Contain("Half-written").And.Contain("/etc/passwd"));
        Assert.That(Findings(again), Is.EqualTo(Findings(english)));
        Assert.That(Methods(again), Is.EqualTo(Methods(english)));

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

    private static string Words(EditionContent content) => string.Join(' ', content.Blocks.OfType<RichTextBlock>().SelectMany(b => b.Parts).SelectMany(p => p.Lines).SelectMany(l => l.Spans).Select(s => s.Text));

    /// <summary>The items of the methods that tell the time taken and the mails.</summary>
    private static List<string> Methods(EditionContent content) => content.Blocks.OfType<DefinitionsBlock>().First(b => b.Items.Count == 11).Items is var items ? [items[2].Text, items[4].Text] : [];

    private static List<double> Numbers(EditionContent content) => [.. content.Blocks.OfType<FindingBlock>().SelectMany(f => f.Numbers).Select(n => n.Value)];
}
