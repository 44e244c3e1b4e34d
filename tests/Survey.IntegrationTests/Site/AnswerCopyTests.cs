using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Reporting.Typesetting;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Copies;
using Survey.Web.Localization;

namespace Survey.IntegrationTests.Site;

/// <summary>A member asks for a PDF copy of what it sent, a worker makes it, and only the member's session gets it.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class AnswerCopyTests(DatabaseKind kind)
{
    private SiteHost site = null!;
    private SurveyRound round = null!;
    private ServiceProvider services = null!;

    [SetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        round = await SampleRound.AddAsync(db);
        services = Worker(new TypesettingOptions());
    }

    [TearDown]
    public async Task StopAsync()
    {
        await services.DisposeAsync();
        await site.DisposeAsync();
    }

    private ServiceProvider Worker(TypesettingOptions typesetting) => new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(site.Clock).AddStorage(site.Database.Connection)
        .AddReports(Repository.Root, Repository.Templates).AddCopies(new UiTexts(SiteHost.Texts())).AddSingleton(typesetting).BuildServiceProvider();

    private static Task LookAsync(ServiceProvider worker) => worker.GetServices<IBackgroundTask>().Single(t => t.Name == CopyTask.TaskName).LookAsync(CancellationToken.None);

    private IDbContextFactory<SurveyDb> Contexts => services.GetRequiredService<IDbContextFactory<SurveyDb>>();

    /// <summary>An organisation that answered everything and sent it; gives its link's token.</summary>
    private async Task<string> SentAsync(string words, string name = "Horizons solidaires")
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, round, name);
        var invitation = await db.Invitations.SingleAsync(i => i.Name == name);
        var definition = RoundDefinition.Of(await db.Rounds.Include(r => r.Templates).SingleAsync(r => r.Id == round.Id));
        var at = SiteHost.Start.UtcDateTime;
        var response = new SurveyResponse { PublicId = SurveyResponse.PublicIdOf(round, invitation.Id), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = at, ChangedAt = at };
        db.Responses.Add(response);
        await db.SaveChangesAsync();
        var sheet = FullAnswers.Of(definition, words);
        Assert.That(sheet.Check(definition.Questionnaire, definition.Points, definition.IsCountry), Is.Empty);
        db.DraftAnswers.AddRange(sheet.ToDraft(response.Id, definition.Questionnaire));
        await SubmissionWriter.SubmitAsync(db, response, invitation, sheet, definition.Questionnaire, ResponseMode.Web, at, CancellationToken.None);
        await db.SaveChangesAsync();
        return token;
    }

    [Test]
    public async Task A_copy_is_asked_for_once_made_and_fetched_by_the_member_alone()
    {
        var token = await SentAsync("We trained forty women.");
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        var receipt = await SeenPage.GetAsync(member, $"{root}/receipt");
        var waiting = await receipt.SendAsync("/copy");
        Assert.That(waiting.Path, Is.EqualTo($"{root}/copy"));
        Assert.That(waiting.Words, Does.Contain("Waiting for its turn"));
        Assert.That(waiting.Html, Does.Contain("<noscript><meta http-equiv=\"refresh\""), "Without script the page looks again by itself.");
        Assert.That((await member.GetAsync($"{root}/copy/file?version=1&language=en")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await receipt.SendAsync("/copy");
        await using (var db = site.Open())
        {
            Assert.That(await db.AnswerCopies.CountAsync(), Is.EqualTo(1), "A second click asks for the same copy.");
        }

        await LookAsync(services);
        var ready = await SeenPage.GetAsync(member, $"{root}/copy");
        Assert.That(ready.Words, Does.Contain("Ready").And.Contain("until 11 May 2026"));
        var file = await member.GetAsync($"{root}/copy/file?version=1&language=en");
        Assert.Multiple(() =>
        {
            Assert.That(file.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(file.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/pdf"));
            Assert.That(file.Headers.CacheControl!.NoStore, Is.True);
            Assert.That(file.Content.Headers.ContentDisposition!.FileName, Is.EqualTo("survey-2026-v1-en.pdf"));
        });

        var other = site.Visitor();
        await other.GetAsync($"/a/{await SentAsync("Other words.", "Another organisation")}");
        foreach (var stranger in new[] { site.Visitor(), other })
        {
            Assert.That((await stranger.GetAsync($"{root}/copy")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That((await stranger.GetAsync($"{root}/copy/file?version=1&language=en")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }

        // A week and the session's idle time later.
        site.Clock.Move(AnswerCopies.Kept + TimeSpan.FromMinutes(1));
        await LookAsync(services);
        await member.GetAsync($"/a/{token}");
        Assert.That((await member.GetAsync($"{root}/copy/file?version=1&language=en")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await SeenPage.GetAsync(member, $"{root}/copy")).Words, Does.Contain("Make a PDF copy"));
    }

    [TestCase("en", "We trained forty women to run their own business. #panic(\"x\") $y$ 漢字 🎉", "How far is this point practice where you work?", "Not at all")]
    [TestCase("ar", "درّبنا أربعين امرأة على إدارة أعمالهن الخاصة في 2025 مع UNHCR.", "إلى أي مدى", "")]
    public async Task A_copy_holds_all_answers_in_full_words_and_can_be_read_aloud(string language, string words, string question, string choice)
    {
        var token = await SentAsync(words);
        var member = site.Visitor(language: language);
        var root = (await SeenPage.GetAsync(member, $"/a/{token}?lang={language}")).Path;
        await (await SeenPage.GetAsync(member, $"{root}/copy")).SendAsync("/copy");
        var began = TimeProvider.System.GetTimestamp();
        await LookAsync(services);
        TestContext.Out.WriteLine($"{language}: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
        using var folder = new TestFolder();
        var path = Environment.GetEnvironmentVariable("PROGRESS_PICTURES") is { Length: > 0 } pictures ? Path.Combine(pictures, $"copy-{kind}.{language}.pdf") : folder.File("copy.pdf");
        await File.WriteAllBytesAsync(path, await member.GetByteArrayAsync($"{root}/copy/file?version=1&language={language}"));
        var pdf = PdfFile.Read(path);
        var headings = pdf.Elements.Count(e => pdf.Name(e, "/S") is "/H1");
        var fonts = pdf.Dictionaries.Where(d => pdf.Name(d, "/Type") == "/FontDescriptor").ToList();
        var text = pdf.Text();
        Assert.Multiple(() =>
        {
            Assert.That(pdf.Words(pdf.Catalog, "/Lang"), Is.EqualTo(language));
            Assert.That(pdf.Name(pdf.Get(pdf.Catalog, "/ViewerPreferences"), "/Direction"), Is.EqualTo(language == "ar" ? "/R2L" : "/L2R"));
            Assert.That(pdf.Metadata, Does.Contain("<pdfuaid:part>1<").And.Contain("<pdfaid:part>2<").And.Contain("<pdfaid:conformance>A<"));
            Assert.That(pdf.Info(), Does.Contain("Horizons solidaires").And.Contain("Tagged:          yes"));
            Assert.That(headings, Is.EqualTo(10), "About the organisation, eight points, looking ahead.");
            Assert.That(pdf.Bookmarks, Has.Count.GreaterThanOrEqualTo(10));
            Assert.That(fonts, Is.Not.Empty);
            Assert.That(fonts, Has.All.Matches<System.Text.Json.JsonElement>(f => f.TryGetProperty("/FontFile2", out _) || f.TryGetProperty("/FontFile3", out _)), "All fonts are embedded.");
            Assert.That(text, Does.Contain("Horizons solidaires").And.Contain("2026"));
            Assert.That(pdf.Pages, Is.GreaterThan(4), "Long texts flow over pages.");
            if (language == "en")
            {
                // Poppler turns the words of right-to-left lines round; the order is held in the other languages.
                Assert.That(text, Does.Contain(question).And.Contain(choice).And.Contain("We trained forty women").And.Contain($"Page 1 of {pdf.Pages}").And.Contain("4 May 2026, 09:00 UTC"));
                Assert.That(text, Does.Contain("#panic(\"x\") $y$ □"), "Members' words are text, whatever they look like.");
                Assert.That(text.Split("We trained forty women").Length - 1, Is.GreaterThan(8 * 15), "Nothing is cut off.");
            }
            else
            {
                Assert.That(text.Count(c => c is >= '\u0621' and <= '\u064A'), Is.GreaterThan(8000), "Nothing is cut off.");
                Assert.That(text, Does.Contain("UNHCR"));
            }
        });
    }

    [Test]
    public async Task At_most_two_are_made_at_once_and_what_a_dead_worker_left_is_made_by_another()
    {
        for (var i = 0; i < 3; i++)
        {
            await SentAsync("Words.", $"Organisation {i}");
        }

        await using var db = site.Open();
        foreach (var id in await db.Responses.Select(r => r.Id).ToListAsync())
        {
            await AnswerCopies.RequestAsync(db, id, 1, "en", site.Clock.GetUtcNow().UtcDateTime);
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AnswerCopies.TakeAsync(Contexts, site.Clock, CancellationToken.None)));
        Assert.That(taken.Count(t => t is not null), Is.EqualTo(2));
        Assert.That(taken.OfType<CopyAttempt>().Select(t => t.CopyId).Distinct().Count(), Is.EqualTo(2));

        site.Clock.Move(AnswerCopies.Silence + TimeSpan.FromSeconds(1));
        var again = await AnswerCopies.TakeAsync(Contexts, site.Clock, CancellationToken.None);
        var dead = taken.OfType<CopyAttempt>().Single(t => t.CopyId == again!.CopyId);
        Assert.That(again!.Number, Is.EqualTo(2));
        Assert.That(await dead.SucceedAsync([1]), Is.False, "A worker that was only thought dead finishes nothing.");
        Assert.That(await again.SucceedAsync([2]), Is.True);
        Assert.That((await db.AnswerCopies.AsNoTracking().SingleAsync(c => c.Id == again.CopyId)).Bytes, Is.EqualTo(new byte[] { 2 }));
    }

    [Test]
    public async Task After_three_tries_the_page_says_so_and_the_member_can_ask_again()
    {
        var token = await SentAsync("Words.");
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        await (await SeenPage.GetAsync(member, $"{root}/copy")).SendAsync("/copy");
        await using (var broken = Worker(new TypesettingOptions { NodePath = "/bin/false" }))
        {
            await LookAsync(broken);
        }

        var failed = await SeenPage.GetAsync(member, $"{root}/copy");
        Assert.That(failed.Words, Does.Contain("Could not be made").And.Contain("your answers are safe"));
        var asked = await failed.SendAsync("/copy");
        Assert.That(asked.Words, Does.Contain("Waiting for its turn"));
        await using var db = site.Open();
        Assert.That(await db.AnswerCopies.CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_worker_that_is_stopped_gives_its_copy_back_uncounted_and_one_that_dies_thrice_gives_up()
    {
        await SentAsync("Words.");
        await using var db = site.Open();
        await AnswerCopies.RequestAsync(db, await db.Responses.Select(r => r.Id).SingleAsync(), 1, "en", site.Clock.GetUtcNow().UtcDateTime);
        await (await TakeAsync())!.GiveBackAsync();
        for (var attempt = 1; attempt <= AnswerCopies.MostAttempts; attempt++)
        {
            Assert.That((await TakeAsync())!.Number, Is.EqualTo(attempt));
            site.Clock.Move(AnswerCopies.Silence + TimeSpan.FromSeconds(1));
        }

        Assert.That(await TakeAsync(), Is.Null);
        Assert.That((await db.AnswerCopies.AsNoTracking().SingleAsync()).State, Is.EqualTo(CopyState.Failed));

        Task<CopyAttempt?> TakeAsync() => AnswerCopies.TakeAsync(Contexts, site.Clock, CancellationToken.None);
    }
}
