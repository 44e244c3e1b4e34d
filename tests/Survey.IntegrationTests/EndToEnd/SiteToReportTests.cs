using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>
/// Answers of both ways in, the site and a file, end in the same report. The made-up network of tests/data/end-to-end without its earlier years; the expected
/// figures are R's for its answers.csv (expected.csv), one organisation of Africa more.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed partial class SiteToReportTests(DatabaseKind kind)
{
    // Of Senegal and of the population of 2026: the one is in answers.csv, the other is not.
    private const string InTheFile = "m001", OnTheSite = "m009";
    private static readonly string[] Points = ["post2015", "diaspora", "protection", "women-children", "national-law", "governance", "recruitment", "labour-rights"];

    [Test]
    public async Task An_answer_given_on_the_site_stands_in_the_next_report_beside_those_of_a_file()
    {
        await using var site = await SiteHost.StartAsync(kind);
        using var folder = new TestFolder();
        await RunAsync("members", "import", Source("members.csv"));
        await RunAsync("members", "import", Source("members-2025.csv"));
        await RunAsync("round", "create", "2026", "--plan", "made-8-point", "--questionnaire", "made-2026", "--opens", "2026-05-01", "--closes", "2026-05-31");
        await RunAsync("round", "open", "2026");

        // One member has its page open while its answers come in by a file: the page stays where it is.
        var waiting = site.Visitor();
        var open = (await SeenPage.GetAsync(waiting, await LinkAsync(InTheFile))).Path;
        File.WriteAllLines(folder.File("answers.csv"), File.ReadLines(Source("answers.csv")).Where(l => l.StartsWith("round,", StringComparison.Ordinal) || l.StartsWith("2026,", StringComparison.Ordinal)));
        await RunAsync("answers", "import", folder.File("answers.csv"), "--mapping", Source("mapping.yaml"));
        var reloaded = await SeenPage.GetAsync(waiting, $"{open}/receipt");
        Assert.That((reloaded.Status, reloaded.Path), Is.EqualTo((HttpStatusCode.OK, $"{open}/receipt")), "An import does not move a page that a member has open.");
        Assert.That(reloaded.Words, Does.Contain("Organisation 001"));

        var receipt = await AnswerAsync(site.Visitor(), await LinkAsync(OnTheSite));
        Assert.That(receipt.Path, Does.EndWith("/receipt"), receipt.Words);

        await RunAsync("round", "close", "2026");
        await RunAsync("report", "build", "2026", "--languages", "en", "--out", folder.Path);
        await using var db = site.Open();
        var files = await db.Artefacts.AsNoTracking().Where(a => a.Name.StartsWith("data/")).ToDictionaryAsync(a => a.Name, a => Encoding.UTF8.GetString(a.Bytes));
        var headlines = files["data/headlines.csv"].Split('\n');
        var participation = files["data/participation.csv"].Split('\n');
        Assert.Multiple(() =>
        {
            // R: 81 and 26 organisations answered `change` of `protection`; 102 of 124 and 31 of 36 took part.
            Assert.That(headlines, Has.Some.StartsWith("2026,protection,change,world,net-balance,").And.Matches<string>(l => l!.Split(',')[6] == "82"));
            Assert.That(headlines, Has.Some.StartsWith("2026,protection,change,africa,net-balance,").And.Matches<string>(l => l!.Split(',')[6] == "27"));
            Assert.That(participation, Has.Some.StartsWith("2026,world,world,,124,103,"));
            Assert.That(participation, Has.Some.StartsWith("2026,region,africa,").And.Contains(",36,32,"));
            Assert.That(PdfFile.Read(folder.File("report-2026.en.pdf")).Text(), Does.Contain("103"));
        });

        async Task<string> RunAsync(params string[] arguments)
        {
            var run = await CommandRun.OfAsync(site.Clock, [.. arguments, "--database", site.Database.Connection]);
            Assert.That(run.ExitCode, Is.Zero, run.Error + run.Output);
            return run.Output;
        }

        async Task<string> LinkAsync(string code) => Link().Match(await RunAsync("link", code, "2026")).Value;
    }

    /// <summary>Answers as little as must be answered, `protection` in full, and sends.</summary>
    private static async Task<SeenPage> AnswerAsync(HttpClient member, string link)
    {
        var root = (await SeenPage.GetAsync(member, link)).Path;
        await (await SeenPage.GetAsync(member, $"{root}/q/organisation")).SendAsync("answers", ("sure-country", "yes"), ("sure-type", "yes"), ("then", "contents"));
        foreach (var point in Points)
        {
            var isProtection = point == "protection";
            await (await SeenPage.GetAsync(member, $"{root}/q/points/{point}")).SendAsync("answers",
                ("q-work", isProtection ? "directly" : "no"), ("q-state", isProtection ? "partly" : null), ("q-change", isProtection ? "advanced" : null), ("then", "contents"));
        }

        return await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
    }

    private static string Source(string name) => Repository.File("tests", "data", "end-to-end", name);

    [GeneratedRegex("/a/[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
