using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>The report that was made by the whole line, as pages: the twin of its PDF in headings, words and numbers, and light.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed partial class ReportPagesTests(DatabaseKind kind)
{
    private const int Heaviest = 100_000;

    private NetworkRun run = null!;
    private SiteHost site = null!;

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        run = await NetworkRun.OnAsync(kind);
        site = await SiteHost.StartAsync(kind);
        await using var made = run.Database.Open();
        var cube = await made.EditionVersions.AsNoTracking().Where(v => made.Rounds.Any(r => r.Id == v.Edition!.RoundId && r.Slug == "2026")).OrderByDescending(v => v.Id).Select(v => v.Cube).FirstAsync();
        await using var db = site.Open();
        await StoreAsync(db, cube);
    }

    /// <summary>The files of the run, published on a site of their own, so that the run stays as others expect it.</summary>
    private async Task StoreAsync(SurveyDb db, string cube)
    {
        var round = await SampleRound.AddAsync(db);
        var at = SiteHost.Start.UtcDateTime;
        var edition = db.Editions.Add(new Edition { RoundId = round.Id, CreatedAt = at }).Entity;
        var job = db.Runs.Add(new ReportRun { RoundId = round.Id, Languages = "en fr es ar", State = RunState.Succeeded, RequestedAt = at }).Entity;
        await db.SaveChangesAsync();
        var version = new EditionVersion { EditionId = edition.Id, PlannedNumber = 1, RunId = job.Id, Cube = cube, CubeSha256 = new string('0', 64), DataAsOf = at, CreatedAt = at };
        foreach (var ((_, language, name), bytes) in run.Files.Where(f => f.Key.Round == "2026"))
        {
            version.Artefacts.Add(new Artefact { Language = language, Name = name, MediaType = name.EndsWith(".svg", StringComparison.Ordinal) ? "image/svg+xml" : "application/octet-stream", Bytes = bytes, Length = bytes.Length, Sha256 = new string('0', 64) });
        }

        version.Publish(at, "office:test");
        db.EditionVersions.Add(version);
        await db.SaveChangesAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    private EditionContent Content(string language) => JsonSerializer.Deserialize<EditionContent>(run.Files[("2026", language, "content.json")], EditionJson.Options)!;

    [TestCaseSource(typeof(NetworkRun), nameof(NetworkRun.Languages))]
    public async Task Headings_are_those_of_the_PDF_in_its_order(string language)
    {
        var content = Content(language);
        var printed = content.Blocks.SelectMany(EditionPages.Inner).SelectMany(TitlesOf).ToList();
        var report = await SeenReport.GetAsync(site.Visitor(), $"/reports/2026/v1/{language}");
        // Below the report's own part the entry page has headings of its own, on files, reading and citing.
        var shown = report.Pages.SelectMany((p, i) => Headings().Matches(i == 0 ? p.Html[p.Html.IndexOf("</header>", p.Html.IndexOf("class=\"report\"", StringComparison.Ordinal), StringComparison.Ordinal)..p.Html.IndexOf("apparatus", StringComparison.Ordinal)] : p.Html))
            .Select(m => WebUtility.HtmlDecode(Tags().Replace(m.Groups[1].Value, "")).Trim()).ToList();
        Assert.That(printed, Has.Count.GreaterThan(40));
        Assert.That(shown, Is.EqualTo(printed));

        // What the PDF itself holds: its bookmarks are its chapters and headings, but for imprint and contents.
        var bookmarks = PdfFile.Read(run.Pdf("2026", language)).Bookmarks.Select(Plain).ToList();
        Assert.That(shown.Skip(2).Select(Plain), Is.EqualTo(bookmarks));
    }

    private static IEnumerable<string> TitlesOf(EditionBlock block) => block switch
    {
        ImprintBlock imprint => [imprint.Title],
        ContentsBlock contents => [contents.Title],
        ChapterBlock chapter => [chapter.Title],
        HeadingBlock heading => [heading.Text],
        IndexBlock index => [index.Title],
        RichTextBlock rich => rich.Parts.Where(p => p.Kind is RichPartKind.Heading).Select(p => string.Concat(p.Lines[0].Spans.Select(s => s.Text))),
        _ => [],
    };

    [TestCaseSource(typeof(NetworkRun), nameof(NetworkRun.Languages))]
    public async Task Pages_print_every_number_of_every_table_as_the_PDF_does(string language)
    {
        var content = Content(language);
        var report = await SeenReport.GetAsync(site.Visitor(), $"/reports/2026/v1/{language}");
        var html = string.Join('\n', report.Chapters.Select(p => p.Html));
        var tables = content.Blocks.SelectMany(EditionPages.Inner).OfType<TableBlock>().ToList();
        Assert.That(tables, Has.Count.GreaterThan(30));
        Assert.Multiple(() =>
        {
            foreach (var table in tables)
            {
                var at = html.IndexOf($"<figure id=\"{table.Id}\"", StringComparison.Ordinal);
                var body = html[html.IndexOf("<tbody>", at, StringComparison.Ordinal)..html.IndexOf("</tbody>", at, StringComparison.Ordinal)];
                var cells = Cells().Matches(body).Select(m => WebUtility.HtmlDecode(Tags().Replace(m.Groups[1].Value, "")).Trim()).ToList();
                Assert.That(cells, Is.EqualTo(table.Rows.SelectMany(r => r.Cells).Select(c => c.Text.Trim())), table.Id);
            }

            var words = Plain(report.Words);
            foreach (var finding in content.Blocks.OfType<FindingBlock>())
            {
                Assert.That(words.Contains(Plain(finding.Text), StringComparison.Ordinal), finding.Text);
            }
        });
    }

    [Test]
    public async Task Every_page_is_light([Values("en", "ar")] string language)
    {
        using var packed = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = site.Address };
        packed.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        var report = await SeenReport.GetAsync(site.Visitor(), $"/reports/2026/v1/{language}");
        var shared = 0;
        foreach (var file in Styles().Matches(report.Pages[1].Html).Select(m => m.Groups[1].Value).Distinct())
        {
            shared += (await packed.GetByteArrayAsync(file)).Length;
        }

        Assert.That(shared, Is.GreaterThan(5_000));
        foreach (var page in report.Pages)
        {
            Assert.That((await packed.GetByteArrayAsync(page.Path)).Length + shared, Is.LessThanOrEqualTo(Heaviest), page.Path);
        }
    }

    [Test]
    public async Task Entry_page_lists_what_changed_as_the_data_pack_has_it()
    {
        var page = await SeenPage.GetAsync(site.Visitor(), "/reports/2026/v1/en");
        var trends = run.Data("2026", "trends").Where(r => r["region"] == "world" && r["question"] is "state" or "change").ToList();
        var changes = trends.Where(r => r["change"].Length > 0).ToList();
        Assert.That(changes, Is.Not.Empty);
        // Then, now, the difference and what is made of it.
        Assert.That(
            ChangedRows().Matches(page.Html).Select(m => string.Join(' ', Enumerable.Range(1, 3).Select(i => Whole(m.Groups[i].Value)).Append(m.Groups[4].Value))),
            Is.EquivalentTo(changes.Select(r => string.Join(' ',
                trends.Single(t => (t["point"], t["question"], t["round"]) == (r["point"], r["question"], r["change_since"]))["value"], r["value"], r["change"],
                r["change_is_clear"].Equals("true", StringComparison.OrdinalIgnoreCase) ? "clear change" : "no clear change"))));

        static string Whole(string printed) => string.Concat(WebUtility.HtmlDecode(printed).Replace('\u2212', '-').Where(c => char.IsAsciiDigit(c) || c == '-'));
    }

    /// <summary>The text without marks that steer reading and break lines, which the PDF's bookmarks do not have.</summary>
    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not (>= '\u200B' and <= '\u200F') and not (>= '\u2066' and <= '\u2069') and not '\u00AD'));

    [GeneratedRegex("<h[1-3][^>]*>(.*?)</h[1-3]>", RegexOptions.Singleline)]
    private static partial Regex Headings();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cells();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("(?:href|src)=\"(/[a-z.-]+\\?v=[0-9a-f]+)\"")]
    private static partial Regex Styles();

    [GeneratedRegex("<td class=\"end\"><bdi>([^<]*)</bdi></td>\\s*<td class=\"end\"><bdi>([^<]*)</bdi></td>\\s*<td class=\"end\"><bdi>([^<]*)</bdi></td>\\s*<td>((?:no )?clear change)</td>")]
    private static partial Regex ChangedRows();
}
