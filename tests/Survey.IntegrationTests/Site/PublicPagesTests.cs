using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>What the public reads and downloads.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class PublicPagesTests(DatabaseKind kind)
{
    private SiteHost site = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind, publicUrl: "https://report.example.org", map: app =>
        {
            foreach (var failing in new[] { "/failing", "/a/failing" })
            {
                app.MapGet(failing, string () => throw new InvalidOperationException("A fault of ours."));
            }
        });
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db);
        await StoredEdition.AddAsync(db, round);
        await StoredEdition.AddAsync(db, round, number: 2);
        await StoredEdition.AddAsync(db, round, isPublished: false, number: 3);
        await StoredEdition.AddAsync(db, await SampleRound.AddAsync(db, "2025"), isPublished: false);
        await StoredEdition.AddAsync(db, await AddPilotAsync(db));
        var earlier = await SampleRound.AddAsync(db, "2023");
        await StoredEdition.AddAsync(db, earlier, languages: ["en", "fr"]);
        await StoredEdition.AddAsync(db, earlier, number: 2, languages: ["en"]);
    }

    private static async Task<SurveyRound> AddPilotAsync(Domain.Storage.SurveyDb db)
    {
        var pilot = new SurveyRound { Slug = "2026-pilot", PlanSlug = "made-8-point", QuestionnaireName = "made-2026", RegionsName = "default", IsPilot = true, CreatedAt = SiteHost.Start.UtcDateTime };
        db.Rounds.Add(pilot);
        await db.SaveChangesAsync();
        return pilot;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    [TestCase("/", "en", "en")]
    [TestCase("/", "fr;q=0.9, ar", "ar")]
    [TestCase("/", "de, ja", "en")]
    [TestCase("/es", "fr", "es")]
    [TestCase("/reports?lang=fr", "en", "fr")]
    [TestCase("/reports/2026/v1/ar", "en", "ar")]
    public async Task A_page_speaks_the_language_of_its_address_else_the_browsers(string address, string accepted, string language)
    {
        var page = await SeenPage.GetAsync(site.Visitor(language: accepted), address);
        Assert.Multiple(() =>
        {
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), page.Words);
            Assert.That(page.Html, Does.Contain($"<html lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\""));
            Assert.That(page.Response.Content.Headers.ContentLanguage, Is.EqualTo(new[] { language }));
            Assert.That(page.Html, Does.Contain("hreflang=\"fr\""));
            Assert.That(page.Response.Headers.Contains("Set-Cookie"), Is.False, "Public pages set no cookie.");
        });
    }

    [TestCase("/")]
    [TestCase("/reports")]
    [TestCase("/reports/2026/v2/en")]
    [TestCase("/no-such-page")]
    [TestCase("/office/sign-in")]
    [TestCase("/failing")]
    [TestCase("/a/failing")]
    public async Task Every_answer_carries_the_headers_that_keep_a_browser_safe(string address)
    {
        var headers = (await site.Visitor().GetAsync(address)).Headers;
        Assert.Multiple(() =>
        {
            Assert.That(headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'").And.Not.Contain("unsafe"));
            Assert.That(headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
            Assert.That(headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("no-referrer"));
        });
    }

    [Test]
    public async Task Pages_hold_no_script_or_style_of_their_own()
    {
        foreach (var address in new[] { "/", "/reports", "/reports/2026/v2/en", "/reports/2026/v2/en/point-1", "/reports/2026/v2/en/figures/heatmap", "/office/sign-in" })
        {
            Assert.That((await SeenPage.GetAsync(site.Visitor(), address)).Html, Does.Not.Match("<style|<script(?! src=\"/)|style=\"| on[a-z]+=\""), address);
        }
    }

    [Test]
    public async Task The_address_without_a_version_leads_to_the_newest()
    {
        var answer = await site.Visitor(followsRedirects: false).GetAsync("/reports/2026/ar");
        Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo("/reports/2026/v2/ar"));
        answer = await site.Visitor(followsRedirects: false, language: "ar").GetAsync("/reports/2026");
        Assert.That((answer.Headers.Location!.OriginalString, answer.Headers.Vary.ToString()), Is.EqualTo(("/reports/2026/ar", "Accept-Language")), "Without a language the reader's own.");
        answer = await site.Visitor(followsRedirects: false, language: "ar").GetAsync("/reports/2026/v1");
        Assert.That(answer.Headers.Location!.OriginalString, Does.StartWith("/reports/2026/v1/"), "A version without a language leads to one that it has.");
        Assert.That((await site.Visitor().GetAsync("/reports/2026/v9")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await site.Visitor().GetAsync("/reports/1999")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v1/en")).Words, Does.Contain("there is a newer one"));
    }

    [Test]
    public async Task A_failure_is_not_kept_and_says_a_number()
    {
        var page = await SeenPage.GetAsync(site.Visitor(), "/a/failing");
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(page.Response.Headers.CacheControl!.NoStore);
        Assert.That(page.Words, Does.Contain("please give this number").And.Not.Contain("A fault of ours"));
    }

    [TestCase("en", "v2")]
    [TestCase("fr", "v1")]
    public async Task The_address_without_a_version_leads_to_the_newest_in_its_language(string language, string version)
    {
        var answer = await site.Visitor(followsRedirects: false).GetAsync($"/reports/2023/{language}");
        Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo($"/reports/2023/{version}/{language}"));
    }

    [TestCase("/reports/2026/v3/en")]
    [TestCase("/reports/2026/v3/en/report.pdf")]
    [TestCase("/reports/2025/en")]
    [TestCase("/reports/2026-pilot/v1/en")]
    [TestCase("/reports/2026-pilot/v1/en/report.pdf")]
    [TestCase("/reports/2026-pilot/v1/en/point-1")]
    [TestCase("/reports/2026-pilot/en/point-1")]
    [TestCase("/reports/2026/v3/en/point-1")]
    [TestCase("/reports/2026/v3/en/figures/heatmap")]
    [TestCase("/reports/2026/v2/en/no-such-chapter")]
    [TestCase("/reports/2026/v2/en/figures/no-such-figure")]
    [TestCase("/reports/2026/v1/en/../../secret")]
    [TestCase("/reports/2026/v1/de/report.pdf")]
    public async Task Drafts_pilots_and_what_never_was_look_the_same(string address)
    {
        var page = await SeenPage.GetAsync(site.Visitor(), address);
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(page.Words, Does.Contain("no such page"));
    }

    [Test]
    public async Task The_page_shows_the_edition_with_words_as_they_were_typed()
    {
        var page = await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v2/en");
        var point = await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v2/en/point-1");
        Assert.Multiple(() =>
        {
            Assert.That(point.Words, Does.Contain("formé <b>quarante</b> femmes"));
            Assert.That(point.Html, Does.Contain("&lt;b&gt;quarante").And.Contain("loading=\"lazy\""));
            Assert.That(page.Html, Does.Contain("/reports/2026/v2/en/report.pdf"));
            Assert.That(page.Words, Does.Contain("Sample data"));
            Assert.That(page.Html, Does.Contain("<bdi>https://report.example.org/reports/2026/v2/en</bdi>"), "Quoted under the site's own name, however it was asked.");
            Assert.That(page.Words, Does.Contain(Convert.ToHexStringLower(SHA256.HashData(StoredEdition.Pdf))));
        });
    }

    [Test]
    public async Task A_file_is_tagged_and_given_in_parts_and_kept_without_asking_only_where_it_has_no_members_words()
    {
        const string Address = "/reports/2026/v1/fr/report.pdf";
        var visitor = site.Visitor();
        var whole = await visitor.GetAsync(Address);
        var tag = whole.Headers.ETag!;
        Assert.That(await whole.Content.ReadAsByteArrayAsync(), Is.EqualTo(StoredEdition.Pdf));
        Assert.Multiple(() =>
        {

            Assert.That(whole.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/pdf"));
            Assert.That(tag.Tag, Is.EqualTo($"\"{Convert.ToHexStringLower(SHA256.HashData(StoredEdition.Pdf))}\""));
            Assert.That(whole.Headers.CacheControl!.ToString(), Does.Contain("no-cache").And.Not.Contain("max-age"), "A cache would go on giving what was taken back.");
        });
        Assert.That((await visitor.GetAsync("/reports/2026/v1/data/ratings.csv")).Headers.CacheControl!.ToString(), Does.Contain("immutable").And.Contain("max-age=31536000"));
        using var again = new HttpRequestMessage(HttpMethod.Get, Address);
        again.Headers.IfNoneMatch.Add(tag);
        Assert.That((await visitor.SendAsync(again)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        using var part = new HttpRequestMessage(HttpMethod.Get, Address);
        part.Headers.Range = new RangeHeaderValue(100, 199);
        var piece = await visitor.SendAsync(part);
        Assert.That(piece.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await piece.Content.ReadAsByteArrayAsync(), Is.EqualTo(StoredEdition.Pdf[100..200]));
        using var head = new HttpRequestMessage(HttpMethod.Head, Address);
        Assert.That((await visitor.SendAsync(head)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await visitor.GetStringAsync("/reports/2026/v1/data/ratings.csv"), Does.StartWith("region,point"));
    }

    [Test]
    public async Task Health_tells_a_supervisor_and_nobody_more()
    {
        Assert.That(await site.Visitor().GetStringAsync("/health/live"), Is.EqualTo("live\n"));
        Assert.That(await site.Visitor().GetStringAsync("/health"), Is.EqualTo("ready\n"));
    }

    [TestCase("/")]
    [TestCase("/reports")]
    [TestCase("/reports/2026/v2/en")]
    [TestCase("/reports/2026/v2/en/point-1")]
    [TestCase("/reports/2026/v2/en/figures/heatmap")]
    public async Task A_first_visit_weighs_less_than_a_hundred_kilobytes(string address)
    {
        using var plain = new HttpClient { BaseAddress = site.Address };
        plain.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        var page = await plain.GetByteArrayAsync(address);
        var html = await site.Visitor().GetStringAsync(address);
        var sum = page.Length;
        foreach (System.Text.RegularExpressions.Match file in System.Text.RegularExpressions.Regex.Matches(html, "(?:href|src)=\"(/[a-z.]+\\?v=[0-9a-f]+)\""))
        {
            sum += (await plain.GetByteArrayAsync(file.Groups[1].Value)).Length;
        }

        Assert.That(sum, Is.LessThan(100_000));
    }
}
