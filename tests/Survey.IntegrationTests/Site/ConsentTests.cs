using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Survey.Domain.Editions;
using Survey.Domain.Offices;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>
/// A member takes back what it allowed, before and after publication, and sees after publication what its region and the network said. Twelve organisations of
/// Senegal answer alike, so the right numbers are known by hand: all twelve gave the first choice, 100 per cent.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class ConsentTests(DatabaseKind kind)
{
    private const int Organisations = 12;

    // These three allow everything; the others nothing.
    private static readonly int[] Open = [3, 5, 7];

    private readonly Dictionary<int, string> tokens = [];
    private SiteHost site = null!;
    private SurveyRound round = null!;
    private RoundDefinition definition = null!;
    private ServiceProvider services = null!;

    [SetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(site.Clock).AddStorage(site.Database.Connection).AddReports(Repository.Root, Repository.Templates).BuildServiceProvider();
        tokens.Clear();
        await using var db = site.Open();
        round = await SampleRound.AddAsync(db, closesOn: new DateOnly(2026, 5, 4));
        round.Templates.Add(new RoundTemplate { Kind = TemplateKinds.Report, Name = "en", Content = await File.ReadAllTextAsync(Path.Combine(Repository.Templates, "report", "en.yaml")), Sha256 = new string('0', 64) });
        await db.SaveChangesAsync();
        definition = RoundDefinition.Of(round);
        for (var i = 1; i <= Organisations; i++)
        {
            tokens[i] = await AnsweredAsync(db, i);
        }

        await db.Quotes.ExecuteUpdateAsync(s => s.SetProperty(q => q.Review, QuoteReview.Approved));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await services.DisposeAsync();
        await site.DisposeAsync();
    }

    private static string NameOf(int organisation) => $"Organisation {organisation:00}";

    private static string WordsOf(int organisation, string point) => $"Words of {NameOf(organisation)} on {point}.";

    private async Task<string> AnsweredAsync(SurveyDb db, int organisation)
    {
        var token = await SampleRound.InviteAsync(db, round, NameOf(organisation));
        var invitation = await db.Invitations.SingleAsync(i => i.Name == NameOf(organisation));
        var at = SiteHost.Start.UtcDateTime;
        var response = new SurveyResponse { PublicId = SurveyResponse.PublicIdOf(round, invitation.Id), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = at, ChangedAt = at };
        db.Responses.Add(response);
        await db.SaveChangesAsync();
        var isOpen = Open.Contains(organisation);
        var full = FullAnswers.Of(definition, "Other words.");
        var sheet = AnswerSheet.Of([
            .. full.Answers,
            .. definition.Points.Select(p => KeyValuePair.Create(new AnswerKey(p, "example"), AnswerValue.OfText(WordsOf(organisation, p)))),
            .. definition.Points.Select(p => KeyValuePair.Create(new AnswerKey(p, "consent"), AnswerValue.Of(isOpen ? ConsentCodes.Named : ConsentCodes.None))),
            new(new AnswerKey("", "listing"), AnswerValue.Of(isOpen ? ListingCodes.Yes : ListingCodes.No))]);
        Assert.That(sheet.Check(definition.Questionnaire, definition.Points, definition.IsCountry), Is.Empty);
        db.DraftAnswers.AddRange(sheet.ToDraft(response.Id, definition.Questionnaire));
        await SubmissionWriter.SubmitAsync(db, response, invitation, sheet, definition.Questionnaire, ResponseMode.Web, at, CancellationToken.None);
        await db.SaveChangesAsync();
        return token;
    }

    /// <summary>Builds what was asked for, or asks for it first, and publishes it.</summary>
    private async Task<EditionVersion> PublishAsync()
    {
        await using var db = site.Open();
        if (!await db.Runs.AnyAsync(r => r.State == RunState.Queued))
        {
            await ReportRuns.RequestAsync(db, new ReportWish(round.Id, ["en"], "office:test"), site.Clock.GetUtcNow().UtcDateTime);
        }

        var attempt = await ReportRuns.TakeAsync(services.GetRequiredService<IDbContextFactory<SurveyDb>>(), site.Clock, CancellationToken.None);
        await services.GetRequiredService<ReportBuild>().RunAsync(attempt!, null, CancellationToken.None);
        var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == attempt!.RunId);
        Assert.That(run.State, Is.EqualTo(RunState.Succeeded), run.Error);
        var published = await EditionPublishing.PublishAsync(db, run.EditionVersionId!.Value, "office:test", site.Clock.GetUtcNow().UtcDateTime, Unreviewed.Refused);
        Assert.That(published.Problems, Is.Empty);
        return published.Value!;
    }

    private async Task<(HttpClient Client, string Root)> MemberAsync(int organisation)
    {
        var member = site.Visitor();
        return (member, (await SeenPage.GetAsync(member, $"/a/{tokens[organisation]}")).Path);
    }

    private static async Task<SeenPage> WithdrawAsync((HttpClient Client, string Root) member, string what) =>
        await (await SeenPage.GetAsync(member.Client, $"{member.Root}/consent")).SendAsync("/consent", ("withdraw", what));

    [Test]
    public async Task What_is_taken_back_after_publication_leaves_the_web_at_once_and_the_files_with_the_next_version()
    {
        site.Clock.Move(TimeSpan.FromHours(28));
        var first = await PublishAsync();
        var reader = site.Visitor();
        var report = await SeenReport.GetAsync(reader, "/reports/2026/v1/en");
        var before = report.Entry;
        Assert.Multiple(() =>
        {
            Assert.That(report.Words, Does.Contain(WordsOf(3, "diaspora")).And.Contain(WordsOf(3, "protection")).And.Contain(NameOf(5)));
            Assert.That(before.Words, Does.Contain("Download the report"));
            Assert.That(before.Response.Headers.CacheControl!.NoCache, Is.True, "A page that words may leave at once is kept by nobody.");
            Assert.That(before.Response.Headers.CacheControl!.MaxAge, Is.Null);
        });

        // The round is closed, frozen and published; the link still works.
        var member = await MemberAsync(3);
        var page = await SeenPage.GetAsync(member.Client, $"{member.Root}/consent");
        Assert.That(page.Words, Does.Contain("It is printed in the published report").And.Contain(WordsOf(3, "diaspora")));
        var done = await WithdrawAsync(member, "example/diaspora");
        Assert.That(done.Words, Does.Contain("The permission is taken back"));
        await WithdrawAsync(await MemberAsync(5), "listing");
        await using (var db = site.Open())
        {
            var discreet = await db.Organisations.SingleAsync(o => o.Name == NameOf(7));
            discreet.WantsDiscretion = true;
            await db.SaveChangesAsync();
        }

        foreach (var address in new[] { "/reports/2026/v1/en", "/reports/2026/en" })
        {
            // All of these pages were made, and kept, before.
            var all = await SeenReport.GetAsync(reader, address);
            var after = all.Entry;
            Assert.Multiple(() =>
            {
                Assert.That(all.Words, Does.Not.Contain(WordsOf(3, "diaspora")).And.Contain(WordsOf(3, "protection")));
                Assert.That(all.Words, Does.Not.Contain(NameOf(7)), "An organisation that became discreet is neither quoted nor listed.");
                Assert.That(all.Words, Does.Contain(WordsOf(5, "diaspora")), "Its words it left us.");
                Assert.That(all.Chapters.Single(c => c.Path.EndsWith("/point-diaspora", StringComparison.Ordinal)).Words, Does.Contain("left out of this page"));
                Assert.That(all.Chapters.Single(c => c.Path.EndsWith("/methods", StringComparison.Ordinal)).Words, Does.Not.Contain("left out of this page"));
                Assert.That(after.Words, Does.Contain("left out of this page").And.Not.Contain("Download the report"), "The PDF is not offered while it holds the words.");
                Assert.That(after.Html, Does.Not.Contain("report.pdf"));
            });
        }

        Assert.That((await SeenPage.GetAsync(reader, "/reports")).Html, Does.Not.Contain("report.pdf"));
        Assert.That((await SeenPage.GetAsync(reader, "/en")).Html, Does.Not.Contain("report.pdf"));
        Assert.That((await reader.GetAsync("/reports/2026/v1/en/content.json")).StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        var pdf = await reader.GetAsync("/reports/2026/v1/en/report.pdf");
        Assert.That((pdf.StatusCode, pdf.Headers.CacheControl!.NoStore), Is.EqualTo((HttpStatusCode.OK, true)), "Until the next version the file stays at its address; no cache keeps it from now on.");

        // The office is told, and one click makes the next version.
        var office = site.Visitor();
        await using (var db = site.Open())
        {
            await OfficePeople.SetUpAsync(office, await OfficePeople.AddAsync(db, "office@office.example", OfficeRoles.Publisher));
        }

        Assert.That((await SeenPage.GetAsync(office, "/office")).Words, Does.Contain("a new version of the report is due"));
        await (await SeenPage.GetAsync(office, "/office/rounds/2026")).SendAsync("build-due");
        var second = await PublishAsync();
        Assert.That((await SeenPage.GetAsync(office, "/office")).Words, Does.Not.Contain("a new version of the report is due"));

        await AssertNewVersionAsync(reader, first, second);
    }

    private async Task AssertNewVersionAsync(HttpClient reader, EditionVersion first, EditionVersion second)
    {
        Assert.That((second.Number, second.CubeSha256, second.Cube), Is.EqualTo(((int?)2, first.CubeSha256, first.Cube)), "No number changes.");
        foreach (var name in new[] { "ratings", "headlines", "several", "participation" })
        {
            var (one, two) = (await reader.GetAsync($"/reports/2026/v1/data/{name}.csv"), await reader.GetAsync($"/reports/2026/v2/data/{name}.csv"));
            Assert.That(one.StatusCode, Is.EqualTo(HttpStatusCode.OK), "Files without words of members stay.");
            Assert.That(one.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
            Assert.That(await two.Content.ReadAsByteArrayAsync(), Is.EqualTo(await one.Content.ReadAsByteArrayAsync()), name);
        }

        foreach (var file in new[] { "report.pdf", "content.json" })
        {
            var gone = await SeenPage.GetAsync(reader, $"/reports/2026/v1/en/{file}");
            Assert.Multiple(() =>
            {
                Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.Gone));
                Assert.That(gone.Words, Does.Contain("may no longer be printed"));
                Assert.That(gone.Html, Does.Contain("href=\"/reports/2026/en\""));
                Assert.That(gone.Response.Headers.CacheControl!.NoStore, Is.True);
            });
        }

        using var folder = new TestFolder();
        var pdf = await reader.GetAsync("/reports/2026/v2/en/report.pdf");
        Assert.That((pdf.Headers.CacheControl!.NoCache, pdf.Headers.CacheControl.MaxAge), Is.EqualTo((true, (TimeSpan?)null)));
        await File.WriteAllBytesAsync(folder.File("report.pdf"), await pdf.Content.ReadAsByteArrayAsync());
        var text = PdfFile.Read(folder.File("report.pdf")).Text().Replace('\n', ' ');
        var all = await SeenReport.GetAsync(reader, "/reports/2026/en");
        var page = all.Entry;
        Assert.Multiple(() =>
        {
            Assert.That(all.Words, Does.Not.Contain(WordsOf(3, "diaspora")).And.Contain(WordsOf(3, "protection")));
            Assert.That(text, Does.Not.Contain(WordsOf(3, "diaspora")).And.Not.Contain(NameOf(7)).And.Contain(WordsOf(3, "protection")));
            Assert.That(page.Path, Is.EqualTo("/reports/2026/v2/en"));
            Assert.That(page.Words, Does.Contain("Download the report").And.Not.Contain("left out of this page").And.Not.Contain(WordsOf(3, "diaspora")));
        });
        Assert.That((await SeenReport.GetAsync(reader, "/reports/2026/v1/en")).Words, Does.Not.Contain(WordsOf(3, "diaspora")).And.Contain("there is a newer one"));
    }

    [Test]
    public async Task Taking_back_changes_the_consent_alone_and_is_done_once()
    {
        var member = await MemberAsync(3);
        SurveyResponse before;
        AnswerSheet sent;
        await using (var db = site.Open())
        {
            before = await db.Responses.AsNoTracking().SingleAsync(r => r.Invitation!.Name == NameOf(3));
            sent = await SentAsync(db, before.Id, 1);
        }

        // Something is changed and not sent; then the round closes.
        await (await SeenPage.GetAsync(member.Client, $"{member.Root}/q/looking-ahead")).SendAsync("answers", ("q-remark", "Not sent yet"), ("then", "contents"));
        site.Clock.Move(TimeSpan.FromHours(28));
        member = await MemberAsync(3);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => WithdrawAsync(member, "example/diaspora")));
        Assert.That((await SeenPage.GetAsync(member.Client, $"{member.Root}/consent")).Words, Does.Contain("Not to be quoted"));

        await using (var db = site.Open())
        {
            var after = await db.Responses.AsNoTracking().SingleAsync(r => r.Id == before.Id);
            var now = await SentAsync(db, before.Id, 2);
            var differing = sent.Answers.Select(a => a.Key).Union(now.Answers.Select(a => a.Key)).Where(k => string.Join(' ', sent.Find(k.Point, k.Question)!.Choices) != string.Join(' ', now.Find(k.Point, k.Question)!.Choices)).ToList();
            Assert.Multiple(() =>
            {
                Assert.That((after.Version, after.SubmittedAt, after.IsLate, after.HasUnsentChanges), Is.EqualTo((2, before.SubmittedAt, before.IsLate, true)));
                Assert.That(differing, Is.EqualTo(new[] { new AnswerKey("diaspora", "consent") }));
                Assert.That(now.Find("diaspora", "example")!.Text, Is.EqualTo(WordsOf(3, "diaspora")));
                Assert.That(now.Find("", "remark")!.Text, Does.Not.Contain("Not sent yet"), "What is unsent stays unsent.");
                Assert.That(db.DraftAnswers.Single(a => a.ResponseId == before.Id && a.Point == "diaspora" && a.Question == "consent").Choice, Is.EqualTo(ConsentCodes.None));
                Assert.That(db.Answers.Single(a => a.ResponseId == before.Id && a.Point == "diaspora" && a.Question == "consent").Choice, Is.EqualTo(ConsentCodes.None));
                Assert.That(db.Quotes.Count(q => q.ResponseId == before.Id), Is.EqualTo(7));
                Assert.That(db.AuditEntries.Count(a => a.Action == "consent.withdraw" && a.Actor == "member"), Is.EqualTo(1));
            });
        }

        var other = await MemberAsync(4);
        Assert.That((await other.Client.GetAsync($"{member.Root}/consent")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Words_taken_back_before_publication_are_never_printed()
    {
        site.Clock.Move(TimeSpan.FromHours(28));
        await WithdrawAsync(await MemberAsync(3), "example/diaspora");
        await WithdrawAsync(await MemberAsync(3), "listing");
        await using var db = site.Open();
        var input = await EditionSource.ReadAsync(db, await db.Rounds.Include(r => r.Templates).SingleAsync(), definition, null, 1, [], site.Clock.GetUtcNow().UtcDateTime, CancellationToken.None);
        Assert.That(input.Quotes.Select(q => q.Text), Does.Not.Contain(WordsOf(3, "diaspora")).And.Contain(WordsOf(3, "protection")));
        Assert.That(input.Listed.Select(o => o.Name), Is.EqualTo(new[] { NameOf(5), NameOf(7) }));
    }

    [Test]
    public async Task After_publication_a_member_reads_what_it_said_beside_what_its_region_and_the_network_said()
    {
        var member = await MemberAsync(3);
        Assert.That((await SeenPage.GetAsync(member.Client, $"{member.Root}/results")).Words, Does.Contain("not published yet"));
        Assert.That((await SeenPage.GetAsync(member.Client, member.Root)).Html, Does.Not.Contain("/results"));
        site.Clock.Move(TimeSpan.FromHours(28));
        var version = await PublishAsync();
        member = await MemberAsync(3);
        Assert.That((await SeenPage.GetAsync(member.Client, member.Root)).Html, Does.Contain($"{member.Root}/results"));
        var page = await SeenPage.GetAsync(member.Client, $"{member.Root}/results");
        string[] lines;
        await using (var db = site.Open())
        {
            lines = Encoding.UTF8.GetString(await db.Artefacts.Where(a => a.EditionVersionId == version.Id && a.Name == "data/ratings.csv").Select(a => a.Bytes).SingleAsync()).Split('\n');
        }

        Assert.Multiple(() =>
        {
            // By hand, and as the data of the report says: all twelve said so; ten to twenty-nine answers are a small base.
            Assert.That(lines, Has.Some.EqualTo("2026,diaspora,state,world,small-base,12,not-at-all,100,0"));
            Assert.That(page.Words, Does.Contain("You said: Not at all").And.Contain("Not at all your answer 100%"));
            Assert.That(page.Words, Does.Contain("The network · 12 organisations · few answers: read with care"));
            Assert.That(page.Words, Does.Contain("Your region: Africa · 12 organisations"));
        });
    }

    private static async Task<AnswerSheet> SentAsync(SurveyDb db, long responseId, int version) =>
        AnswerSheet.FromJson(await db.Submissions.Where(s => s.ResponseId == responseId && s.Version == version).Select(s => s.Content).SingleAsync());
}
