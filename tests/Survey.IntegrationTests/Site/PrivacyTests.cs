using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Hosting;
using Survey.Web.Pages.Privacy;
using Survey.Web.Templates;

namespace Survey.IntegrationTests.Site;

/// <summary>The privacy notice: in every language, as it was shown, and kept with what was sent.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
[NonParallelizable]
internal sealed class PrivacyTests(DatabaseKind kind)
{
    private Testing.Site.SiteHost site = null!;

    [SetUp]
    public async Task StartAsync() => site = await Testing.Site.SiteHost.StartAsync(kind);

    [TearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    // The eight things that Article 13 of the GDPR asks for and the issue names, by a word of each in the shipped texts.
    [TestCase("en", "ltr", "1 Example Street", "what for", "legitimate interest", "Example Hosting", "12 months", "erased", "Sample Data Protection Authority", "discreetly", "cookies")]
    [TestCase("fr", "ltr", "1 rue de l’Exemple", "et pourquoi", "intérêt légitime", "Hébergement Exemple", "12 mois", "effacer", "Autorité exemple", "discrètement", "cookies")]
    [TestCase("es", "ltr", "Calle del Ejemplo 1", "para qué", "interés legítimo", "Alojamiento Ejemplo", "12 meses", "borremos", "Autoridad de Ejemplo", "discreción", "cookies")]
    [TestCase("ar", "rtl", "1 شارع المثال", "ولماذا", "مصلحة مشروعة", "استضافة المثال", "12 شهرا", "محوه", "هيئة المثال", "بتكتم", "ملفات ارتباط")]
    public async Task It_says_everything_in_each_language(string language, string direction, params string[] words)
    {
        var page = await SeenPage.GetAsync(site.Visitor(), $"/privacy?lang={language}");
        Assert.That((page.Status, page.Html.Contains($"lang=\"{language}\" dir=\"{direction}\"", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)));
        foreach (var word in words)
        {
            Assert.That(page.Words, Does.Contain(word));
        }

        Assert.That(page.Html, Does.Contain("href=\"mailto:office@sample-network.example\"").And.Not.Contain("{"));
        Assert.That(page.Response.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task An_earlier_version_stays_at_its_address_and_says_that_it_is_one()
    {
        await using (var db = site.Open())
        {
            db.PrivacyNotices.Add(new PrivacyNotice { Version = "2020-01", Language = "en", Content = "# Old\n\nOld words.\n", Sha256 = "", FirstShownAt = Testing.Site.SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
        }

        var old = await SeenPage.GetAsync(site.Visitor(), "/privacy/2020-01?lang=fr");
        Assert.That(old.Words, Does.Contain("Old words.").And.Contain("version antérieure"));
        Assert.That(old.Html, Does.Contain("<div lang=\"en\">"), "It was never there in French.");
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/privacy?lang=en")).Html, Does.Contain("href=\"/privacy/2020-01?lang=en\""));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/privacy/2019-01")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_version_that_was_shown_is_kept_with_what_was_sent()
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db));
        var check = await SampleAnswers.GiveAsync(site.Visitor(), token);
        Assert.That(check.Html, Does.Contain($"href=\"/privacy?lang=en&amp;response={check.Path.Split('/')[3]}\""));
        await check.SendAsync("send");
        Assert.That(await db.Submissions.Select(s => s.PrivacyVersion).SingleAsync(), Is.EqualTo("2026-12"));
    }

    [TestCase("2020-01", "2020-01"), TestCase("2019-01", "2026-12")]
    public async Task A_page_that_showed_another_version_says_so_when_it_is_sent(string named, string stored)
    {
        await using var db = site.Open();
        db.PrivacyNotices.Add(new PrivacyNotice { Version = "2020-01", Language = "en", Content = "# Old\n\nOld words.\n", Sha256 = "", FirstShownAt = Testing.Site.SiteHost.Start.UtcDateTime });
        var check = await SampleAnswers.GiveAsync(site.Visitor(), await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db)));
        Assert.That(check.Html, Does.Contain("href=\"/privacy/2026-12?lang=en\""));
        Assert.That(check.Fields("send"), Does.Contain(KeyValuePair.Create("privacy", "2026-12")));
        await check.SendAsync("send", ("privacy", named));
        Assert.That(await db.Submissions.Select(s => s.PrivacyVersion).SingleAsync(), Is.EqualTo(stored));
    }

    [Test]
    public async Task A_file_that_was_changed_under_its_version_stops_the_start_by_name()
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        using var templates = new TemplatesCopy();
        await StartOnceAsync(database, templates);
        await StartOnceAsync(database, templates);
        templates.Replace("privacy/2026-12.fr.md", "{answerTerm}, afin", "{answerTerm}, pour");
        var refused = await Assert.CatchAsync<TemplateException>(() => StartOnceAsync(database, templates));
        var problem = refused!.Problems.Single();
        Assert.That((problem.Code, problem.Where.EndsWith("privacy/2026-12.fr.md", StringComparison.Ordinal)), Is.EqualTo(("privacy-changed", true)));

        File.Move(templates.File("privacy/2026-12.fr.md"), templates.File("privacy/2027-01.fr.md"));
        foreach (var language in new[] { "en", "es", "ar" })
        {
            File.Copy(templates.File($"privacy/2026-12.{language}.md"), templates.File($"privacy/2027-01.{language}.md"));
        }

        await StartOnceAsync(database, templates);
        await using var db = database.Open();
        Assert.That(await db.PrivacyNotices.OrderBy(n => n.Version).ThenBy(n => n.Language).Select(n => n.Version + n.Language).ToListAsync(),
            Is.EqualTo(new[] { "2026-12ar", "2026-12en", "2026-12es", "2026-12fr", "2027-01ar", "2027-01en", "2027-01es", "2027-01fr" }));
    }

    [Test]
    public async Task Other_terms_need_a_new_version_of_the_notice_because_it_says_them()
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        using var templates = new TemplatesCopy();
        await StartOnceAsync(database, templates);
        templates.Replace("network.yaml", "linkMonths: 12", "linkMonths: 24");
        var refused = await Assert.CatchAsync<TemplateException>(() => StartOnceAsync(database, templates));
        Assert.That(refused!.Problems.Select(p => p.Code), Is.EqualTo(Enumerable.Repeat("privacy-changed", 4)), "One for each language.");
    }

    private static async Task StartOnceAsync(TestDatabase database, TemplatesCopy templates)
    {
        var installation = new Web.Installation(Repository.Root, Path.GetDirectoryName(templates.File("network.yaml"))!, database.Connection);
        await using var app = await Web.Hosting.SiteHost.BuildAsync(installation, ServeRole.Web, ["http://127.0.0.1:0"], TimeProvider.System);
    }

    [Test]
    public async Task Processes_that_start_together_store_it_once()
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var notice = PrivacyFiles.Of(TemplateFolder.Open(Repository.Templates).Of(TemplateKind.Privacy), Testing.Site.SiteHost.Network(), new(TemplateFolder.Open(Repository.Templates).UiTexts().Value!))!;
        var problems = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            await using var db = database.Open();
            return await StoredNotices.KeepAsync(db, notice, Testing.Site.SiteHost.Start.UtcDateTime);
        }));
        Assert.That(problems, Is.All.Empty);
        await using var stored = database.Open();
        Assert.That(await stored.PrivacyNotices.CountAsync(), Is.EqualTo(4));
    }
}
