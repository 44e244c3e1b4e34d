using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The pages of a published report: their addresses, what finds them, how long a made page is kept, and the whole site as files.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed partial class PublicReportTests(DatabaseKind kind)
{
    private SiteHost site = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind, publicUrl: "https://report.example.org");
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db);
        await StoredEdition.AddPicturesAsync(db, await StoredEdition.AddAsync(db, round), "en", "fr", "es", "ar");
        await StoredEdition.AddPicturesAsync(db, await StoredEdition.AddAsync(db, round, number: 2, languages: ["en", "fr", "ar"]), "en", "fr", "ar");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    [TestCase("/reports/2026/en/point-1", "/reports/2026/v2/en/point-1")]
    [TestCase("/reports/2026/es/point-1", "/reports/2026/v1/es/point-1")]
    [TestCase("/reports/2026/ar/figures/heatmap", "/reports/2026/v2/ar/figures/heatmap")]
    [TestCase("/reports/2026/fr/report.pdf", "/reports/2026/v2/fr/report.pdf")]
    [TestCase("/reports/2026/fr/no-longer-there", "/reports/2026/v2/fr")]
    [TestCase("/reports/2026/v2/en/who-answered", "/reports/2026/v2/en/summary#who-answered")]
    [TestCase("/reports/2026/v2/en/annex-index-sdg", "/reports/2026/v2/en/annex-index#annex-index-sdg")]
    [TestCase("/reports/2026/fr/data/ratings.csv", "/reports/2026/v2/data/ratings.csv")]
    [TestCase("/reports/2026/fr/figures/who-answered", "/reports/2026/v2/fr")]
    [TestCase("/reports/2026/v2/fr/foreword", "/reports/2026/v2/fr")]
    [TestCase("/Reports/2026/v01/fr/report.pdf", "/reports/2026/v1/fr/report.pdf")]
    public async Task An_address_without_version_or_within_a_chapter_leads_to_its_place(string address, string place)
    {
        var answer = await site.Visitor(followsRedirects: false).GetAsync(address);
        Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo(place));
    }

    [TestCase("/Reports/2026/v1/fr/point-2?lang=ar")]
    [TestCase("/rePORTS/2026/v01/fr/point-2")]
    [TestCase("/reports/2026/v+1/fr/point-2")]
    [TestCase("/reports/2026/v1/fr/point-2/")]
    public async Task Another_spelling_leads_to_the_one_address_and_is_never_kept_in_its_place(string spelling)
    {
        const string Address = "/reports/2026/v1/fr/point-2";
        var visitor = site.Visitor(followsRedirects: false);
        visitor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ar");
        var answer = await visitor.GetAsync(spelling);
        Assert.That((answer.StatusCode, answer.Headers.Location?.OriginalString), Is.EqualTo((HttpStatusCode.MovedPermanently, Address)));
        Assert.That(await visitor.GetStringAsync(Address + "?lang=ar"), Does.Contain("<html lang=\"fr\" dir=\"ltr\">").And.Contain($"rel=\"canonical\" href=\"https://report.example.org{Address}\""));
    }

    [Test]
    public async Task A_chapter_that_one_language_alone_has_is_named_in_no_other()
    {
        var html = (await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v2/en/foreword")).Html;
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Contain("hreflang=\"en\" href=\"https://report.example.org/reports/2026/v2/en/foreword\"").And.Not.Contain("/fr/foreword"));
            Assert.That(html, Does.Contain("<a href=\"/reports/2026/v2/fr\" hreflang=\"fr\""), "The menu leads to where the other language begins.");
            Assert.That(html, Does.Match("<h2 id=\"rich-en\">"));
        });
        Assert.That(await site.Visitor().GetStringAsync("/sitemap.xml"), Does.Contain("/v2/en/foreword<").And.Not.Contain("/fr/foreword").And.Contain("/v2/fr/annex-index<"));
    }

    [Test]
    public async Task The_index_leads_to_the_chapters_pages_and_nowhere_else()
    {
        var html = (await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v2/ar/annex-index")).Html;
        Assert.That(html, Does.Contain("<a href=\"/reports/2026/v2/ar/point-1\">"));
        Assert.That(html, Does.Not.Contain("no-such-chapter").And.Contain("<h2 id=\"annex-index-sdg\">"));
    }

    [Test]
    public async Task A_version_is_the_newest_of_its_language_where_no_newer_one_has_it()
    {
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v1/es")).Html, Does.Not.Contain("\"/reports/2026/es\"").And.Contain("<a href=\"/reports/2026/v2/en\" hreflang=\"en\""), "It says that there is a newer one, and in which language.");
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v2/en")).Html, Does.Contain("<a href=\"/reports/2026/v1/en\">"), "Versions that are public lead to each other.");
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/reports/es")).Html, Does.Contain("<a href=\"/reports/2026/v1/es\">"), "Where the newest lacks the reader's language, the newest that has it is offered.");
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v1/en")).Html, Does.Contain("\"/reports/2026/en\""));
    }

    [Test]
    public async Task The_entry_page_names_every_chapter_and_figure_by_the_id_that_older_addresses_used()
    {
        var entry = await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v2/en");
        foreach (var id in new[] { "summary", "glance", "point-1", "point-2", "region-1", "methods", "region-map", "heatmap", "point-1-change" })
        {
            Assert.That(entry.Html, Does.Match($"id=\"{id}\"><a href=\"/reports/2026/v2/en/(figures/)?{id}\""), id);
        }
    }

    [Test]
    public async Task A_page_says_who_it_is_to_search_engines_and_who_shares_it()
    {
        var html = (await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v2/fr/point-1")).Html;
        Assert.Multiple(() =>
        {
            Assert.That(html, Does.Contain("<link rel=\"canonical\" href=\"https://report.example.org/reports/2026/v2/fr/point-1\">"));
            Assert.That(html, Does.Contain("hreflang=\"ar\" href=\"https://report.example.org/reports/2026/v2/ar/point-1\"").And.Not.Contain("hreflang=\"es\""));
            Assert.That(html, Does.Contain("property=\"og:title\"").And.Contain("property=\"og:url\" content=\"https://report.example.org/reports/2026/v2/fr/point-1\""));
        });
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v2/fr")).Html, Does.Contain("hreflang=\"x-default\" href=\"https://report.example.org/reports/2026/v2\""));
    }

    [Test]
    public async Task Pages_name_their_picture_in_each_language_from_the_moment_that_it_is_there()
    {
        await using var db = site.Open();
        var version = await StoredEdition.AddAsync(db, await SampleRound.AddAsync(db, "2017"));
        var visitor = site.Visitor();
        string[] languages = ["en", "fr", "es", "ar"];
        foreach (var language in languages)
        {
            var root = $"/reports/2017/v1/{language}";
            foreach (var page in new[] { "", "/point-1", "/figures/heatmap" })
            {
                Assert.That((await SeenPage.GetAsync(visitor, root + page)).Html, Does.Not.Contain("og:image").And.Not.Contain(".png"), root + page);
            }

            foreach (var file in new[] { "/headline.png", "/figures/heatmap.png" })
            {
                var early = await visitor.GetAsync(root + file);
                Assert.That((early.StatusCode, early.Headers.CacheControl?.NoStore), Is.EqualTo((HttpStatusCode.NotFound, true)), file);
                Assert.That(await early.Content.ReadAsStringAsync(), Does.Contain("SVG"), "It says what to do meanwhile.");
            }

            var never = await visitor.GetAsync(root + "/figures/no-such-figure.png");
            Assert.That((never.StatusCode, await never.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.NotFound, await (await visitor.GetAsync(root + "/figures/nothing.svg")).Content.ReadAsStringAsync())));
        }

        await StoredEdition.AddPicturesAsync(db, version, languages);
        foreach (var language in languages)
        {
            var root = $"/reports/2017/v1/{language}";
            foreach (var (page, picture) in new[] { ("", "headline.png"), ("/point-1", "headline.png"), ("/figures/heatmap", "figures/heatmap.png"), ("/figures/point-1-change", "figures/point-1-change.png") })
            {
                var html = (await SeenPage.GetAsync(visitor, root + page)).Html;
                Assert.Multiple(() =>
                {
                    Assert.That(html, Does.Contain($"<meta property=\"og:image\" content=\"https://report.example.org{root}/{picture}\">"), root + page);
                    Assert.That(html, Does.Match("<meta property=\"og:image:alt\" content=\"[^\"]{20,}\">").And.Contain("<meta name=\"twitter:card\" content=\"summary_large_image\">"), root + page);
                    Assert.That(html, Does.Match(picture == "headline.png" ? "og:image:width\" content=\"1200\"[^§]*og:image:height\" content=\"630\"" : "og:image:width\" content=\"1\"[^§]*og:image:height\" content=\"1\""), root + page);
                });
                Assert.That(picture == "headline.png" || html.Contains($"<a href=\"{root}/{picture}\" type=\"image/png\">", StringComparison.Ordinal), root + page);
                var answer = await visitor.GetAsync($"{root}/{picture}");
                Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.ToString().Contains("immutable", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, "image/png", (bool?)true)), picture);
                using var asked = new HttpRequestMessage(HttpMethod.Get, $"{root}/{picture}");
                asked.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
                Assert.That((await visitor.SendAsync(asked)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified), picture);
            }
        }

        Assert.That((await site.Visitor(followsRedirects: false).GetAsync("/reports/2017/ar/headline.png")).Headers.Location!.OriginalString, Is.EqualTo("/reports/2017/v1/ar/headline.png"));
        Assert.That(await visitor.GetStringAsync("/sitemap.xml"), Does.Not.Contain(".png"));
        await LeaveOutAsync(db, "2017");
    }

    [Test]
    public async Task Search_engines_find_every_page_of_the_newest_version_and_no_other()
    {
        Assert.That(await site.Visitor().GetStringAsync("/robots.txt"), Is.EqualTo("User-agent: *\nDisallow: /a/\nDisallow: /office\nSitemap: https://report.example.org/sitemap.xml\n"));
        XNamespace map = "http://www.sitemaps.org/schemas/sitemap/0.9";
        var places = XDocument.Parse(await site.Visitor().GetStringAsync("/sitemap.xml")).Descendants(map + "loc").Select(l => l.Value).ToList();
        Assert.That(places, Has.All.StartsWith("https://report.example.org/"));
        places = [.. places.Where(p => p.Contains("/reports/2026/", StringComparison.Ordinal))];
        Assert.That(places, Does.Contain("https://report.example.org/reports/2026/v2/ar/point-2").And.Contain("https://report.example.org/reports/2026/v2/en/figures/heatmap").And.None.Contain("/v1/").And.None.Contain("/es/"));
        foreach (var place in places.Select(p => p["https://report.example.org".Length..]).Where(p => p.Contains("/en", StringComparison.Ordinal)).Take(12))
        {
            Assert.That((await site.Visitor(followsRedirects: false).GetAsync(place)).StatusCode, Is.EqualTo(HttpStatusCode.OK), place);
        }
    }

    [Test]
    public async Task A_figure_can_be_taken_along_with_its_files_and_citation()
    {
        var page = await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v2/en/figures/point-1-change");
        Assert.That(page.Words, Does.Contain("Figure 4").And.Contain("The numbers behind it").And.Contain("CC BY 4.0").And.Contain("https://report.example.org/reports/2026/v2/en/figures/point-1-change"));
        foreach (var (file, type) in new[] { ("figures/point-1-change.svg", "image/svg+xml"), ("figures/point-1-change.csv", "text/csv"), ("figures/point-1-change.json", "application/json"), ("figures/heatmap.svg", "image/svg+xml") })
        {
            var answer = await site.Visitor().GetAsync($"/reports/2026/v2/en/{file}");
            Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, type)), file);
            Assert.That(answer.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
        }
    }

    [Test]
    public async Task A_made_page_is_kept_and_not_sent_again_to_who_has_it()
    {
        const string Address = "/reports/2026/v1/en/point-2";
        var visitor = site.Visitor();
        var first = await visitor.GetAsync(Address);
        var again = await visitor.GetAsync(Address);
        Assert.That(again.Headers.Age, Is.Not.Null, "The second is the kept one.");
        Assert.That((again.Headers.ETag, await again.Content.ReadAsStringAsync()), Is.EqualTo((first.Headers.ETag, await first.Content.ReadAsStringAsync())));
        Assert.That(again.Headers.GetValues("Content-Security-Policy").Single(), Is.EqualTo(first.Headers.GetValues("Content-Security-Policy").Single()));
        using var asked = new HttpRequestMessage(HttpMethod.Get, Address);
        asked.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.That((await visitor.SendAsync(asked)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That((await visitor.GetAsync("/reports/2026/v1/en/no-such-chapter")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await visitor.GetAsync("/reports/2026/v1/en/no-such-chapter")).Headers.Age, Is.Null, "A refusal is never kept.");
    }

    [Test]
    public async Task A_kept_page_of_a_version_that_is_withdrawn_is_gone_at_once()
    {
        await using var db = site.Open();
        var version = await StoredEdition.AddAsync(db, await SampleRound.AddAsync(db, "2020"), isPublished: true, number: 1, "en", "fr");
        var visitor = site.Visitor();
        string[] addresses = ["/reports/2020/v1/en", "/reports/2020/v1/en/point-1", "/reports/2020/v1/en/figures/heatmap"];
        var tags = new Dictionary<string, System.Net.Http.Headers.EntityTagHeaderValue>();
        foreach (var address in addresses)
        {
            await visitor.GetAsync(address);
            var kept = await visitor.GetAsync(address);
            Assert.That(kept.Headers.Age, Is.Not.Null, address);
            tags[address] = kept.Headers.ETag!;
        }

        // As an erasure does.
        await db.EditionVersions.Where(v => v.Id == version.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.WithdrawnAt, SiteHost.Start.UtcDateTime));
        await db.Artefacts.Where(a => a.EditionVersionId == version.Id && a.Name == Artefact.Content).ExecuteDeleteAsync();
        foreach (var address in addresses)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, address);
            asked.Headers.IfNoneMatch.Add(tags[address]);
            Assert.That((await visitor.SendAsync(asked)).StatusCode, Is.EqualTo(HttpStatusCode.Gone), address);
        }

        Assert.That((await visitor.GetAsync("/reports/2020/en/point-1")).StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(await visitor.GetStringAsync("/sitemap.xml"), Does.Not.Contain("/reports/2020/"));
        foreach (var never in new[] { "/reports/2020/es", "/reports/2020/v1/es", "/reports/2020/v1/data/nonsense.csv" })
        {
            Assert.That((await visitor.GetAsync(never)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), never);
        }
    }

    [Test]
    public async Task A_kept_page_tells_of_a_newer_version_and_of_a_correction_from_the_moment_it_is_out()
    {
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db, "2019");
        await StoredEdition.AddAsync(db, round);
        var visitor = site.Visitor();
        await visitor.GetAsync("/reports/2019/v1/en/point-1");
        Assert.That((await SeenPage.GetAsync(visitor, "/reports/2019/v1/en/point-1")).Words, Does.Not.Contain("there is a newer one"));
        var second = await StoredEdition.AddAsync(db, round, number: 2);
        Assert.That((await SeenPage.GetAsync(visitor, "/reports/2019/v1/en/point-1")).Html, Does.Contain("href=\"/reports/2019/en/point-1\""));
        await db.EditionVersions.Where(v => v.Id == second.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Erratum, "A wrong map."));
        foreach (var address in new[] { "/reports/2019/v1/en/point-1", "/reports/2019/v2/en/point-1", "/reports" })
        {
            Assert.That((await SeenPage.GetAsync(visitor, address)).Words, Does.Contain("A wrong map."), address);
        }

        await LeaveOutAsync(db, "2019");
    }

    [Test]
    public async Task The_site_as_files_gives_the_same_pages_from_a_plain_file_server_and_no_link_is_broken()
    {
        await using (var db = site.Open())
        {
            // Its pictures are not made yet.
            await StoredEdition.AddShortAsync(db, await SampleRound.AddAsync(db, "2016"), "es");
        }

        using var folder = new TestFolder();
        var into = folder.File("site");
        var run = await CommandRun.OfAsync(site.Clock, "site", "export", into + Path.DirectorySeparatorChar, "--url", "https://archive.example.org", "--database", site.Database.Connection);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Match("^Wrote [0-9]+ files and [0-9]+ redirects to "));
        Assert.That((await CommandRun.OfAsync(site.Clock, "site", "export", into, "--database", site.Database.Connection)).ExitCode, Is.EqualTo(2), "Never into a folder that holds something.");

        await using var server = await FileServerAsync(into);
        var address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var reader = new HttpClient { BaseAddress = address };
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal) { "/" }, new Queue<string>(["/", "/reports/2026/es/point-1", "/reports/2026/v1/fr/report.pdf", "/reports/2026/v1/data/ratings.csv", "/reports/2026/v1/ar"]));
        while (open.TryDequeue(out var at))
        {
            var answer = await reader.GetAsync(at);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), at);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            foreach (var link in Links().Matches(await answer.Content.ReadAsStringAsync()).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value).Split('#')[0]).Where(l => l.StartsWith('/')))
            {
                Assert.That(link, Does.Not.Contain("?").And.Not.StartWith("/office").And.Not.StartWith("/a/"), at);
                if (seen.Add(link))
                {
                    open.Enqueue(link);
                }
            }
        }

        Assert.That(seen, Has.Count.GreaterThan(80));
        var page = await reader.GetStringAsync("/reports/2026/v2/ar/point-1");
        Assert.That(page, Does.Contain("lang=\"ar\" dir=\"rtl\"").And.Contain("<link rel=\"canonical\" href=\"https://archive.example.org/reports/2026/v2/ar/point-1\">"));
        Assert.That(await reader.GetByteArrayAsync("/reports/2026/v1/fr/report.pdf"), Is.EqualTo(StoredEdition.Pdf));
        // Pictures are made before the site is written where they are missing.
        Assert.That(await reader.GetStringAsync("/reports/2016/v1/es"), Does.Contain("<meta property=\"og:image\" content=\"https://archive.example.org/reports/2016/v1/es/headline.png\">"));
        Assert.That((PngPicture.Of(await reader.GetByteArrayAsync("/reports/2016/v1/es/headline.png")).Width, PngPicture.Of(await reader.GetByteArrayAsync($"/reports/2016/v1/es/figures/{StoredEdition.ShortFigure}.png")).Width), Is.EqualTo((1200, 1600)));
        Assert.That(await reader.GetByteArrayAsync("/reports/2026/v2/ar/figures/heatmap.png"), Is.EqualTo(StoredEdition.Png));
        Assert.That(await reader.GetStringAsync("/reports/2026/es/headline.png/index.html"), Does.Contain("url=/reports/2026/v1/es/headline.png"));
    }

    [Test]
    public async Task The_site_as_files_never_holds_a_PDF_with_words_that_were_taken_back_before_and_after_the_next_version()
    {
        await using var own = await SiteHost.StartAsync(kind, publicUrl: "https://report.example.org");
        await using var db = own.Open();
        var round = await SampleRound.AddAsync(db, "2018");
        var first = await StoredEdition.AddAsync(db, round, isPublished: true, number: 1, "en", "fr");
        await StoredEdition.AddPicturesAsync(db, first, "en", "fr");
        // A mention that nothing allows any more, which the French version does not have.
        var french = await db.Artefacts.SingleAsync(a => a.EditionVersionId == first.Id && a.Language == "fr" && a.Name == Artefact.Content);
        var bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(french.Bytes).Replace("quarante", "trente", StringComparison.Ordinal));
        await db.Artefacts.Where(a => a.Id == french.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Bytes, bytes));
        db.EditionMentions.Add(new EditionMention { EditionVersionId = first.Id, OrganisationId = 1, QuoteId = 1, Kind = MentionKind.Quoted, TextHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StoredEdition.Quote))) });
        await db.SaveChangesAsync();
        using var folder = new TestFolder();
        foreach (var next in new[] { false, true })
        {
            if (next)
            {
                await StoredEdition.AddPicturesAsync(db, await StoredEdition.AddAsync(db, round, isPublished: true, number: 2, "en"), "en");
            }

            var into = folder.File($"site-{next}");
            var run = await CommandRun.OfAsync(own.Clock, "site", "export", into, "--database", own.Database.Connection);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            // The list names what the entry pages name.
            var list = await own.Visitor().GetStringAsync("/reports");
            Assert.That(Links().Matches(list).Select(m => m.Groups[1].Value).Where(l => l.EndsWith("report.pdf", StringComparison.Ordinal)), Is.EqualTo(next ? ["/reports/2018/v2/en/report.pdf"] : new[] { "/reports/2018/v1/fr/report.pdf" }));
            Assert.Multiple(() =>
            {
                Assert.That(File.Exists(Path.Combine(into, "reports/2018/v1/en/report.pdf")), Is.False);
                Assert.That(File.Exists(Path.Combine(into, "reports/2018/v1/en/content.json")), Is.False);
                Assert.That(File.Exists(Path.Combine(into, "reports/2018/v1/fr/report.pdf")));
                Assert.That(File.Exists(Path.Combine(into, "reports/2018/v1/en/figures/heatmap.csv")));
                Assert.That(File.ReadAllText(Path.Combine(into, "reports/2018/v1/en/point-1/index.html")), Does.Not.Contain("quarante"));
                Assert.That(File.Exists(Path.Combine(into, "reports/2018/v2/en/report.pdf")), Is.EqualTo(next));
            });
        }
    }

    /// <summary>Takes a round off the site again, so that the whole site as files has not more to write than its test looks at.</summary>
    private static async Task LeaveOutAsync(SurveyDb db, string round) => await db.Rounds.Where(r => r.Slug == round).ExecuteUpdateAsync(s => s.SetProperty(r => r.IsPilot, true));

    private static async Task<WebApplication> FileServerAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(folder), StaticFileOptions = { ServeUnknownFileTypes = true } });
        await app.StartAsync();
        return app;
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Links();
}
