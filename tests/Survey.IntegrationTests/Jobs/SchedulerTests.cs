using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Survey.Domain.Editions;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Web;
using Survey.Web.Hosting;

namespace Survey.IntegrationTests.Jobs;

/// <summary>
/// A report from the office's request to its files, worked by the real scheduler in real hosts: one on SQLite, two on one PostgreSQL database, where
/// the run is worked once all the same.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class SchedulerTests(DatabaseKind kind)
{
    private static readonly string[] Languages = ["en", "fr", "es", "ar"];

    [Test, CancelAfter(300_000)]
    public async Task A_request_becomes_a_draft_with_all_its_files(CancellationToken limit)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var clock = new SetClock(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero));
        var demo = await CommandRun.OfAsync(clock, "demo", "--organisations", "60", "--rounds", "1", "--database", database.Connection);
        Assert.That(demo.ExitCode, Is.Zero, demo.Error);
        var hosts = new List<WebApplication>();
        try
        {
            for (var i = 0; i < (kind is DatabaseKind.Postgres ? 2 : 1); i++)
            {
                var host = await SiteHost.BuildAsync(new Installation(Repository.Root, Repository.Templates, database.Connection), ServeRole.Worker, ["http://127.0.0.1:0"], clock,
                    services => services.AddLogging(l => l.ClearProviders()), limit);
                hosts.Add(host);
                await host.StartAsync(limit);
            }

            await using var db = database.Open();
            var round = await db.Rounds.SingleAsync(limit);
            var id = await ReportRuns.RequestAsync(db, new ReportWish(round.Id, Languages, "ada"), clock.GetUtcNow().UtcDateTime, limit);
            foreach (var host in hosts)
            {
                await host.Services.GetRequiredService<JobSignal>().LookAsync(ReportTask.TaskName, limit);
            }

            var seen = new List<int>();
            var run = await EndOfAsync(database, id, seen, limit);
            Assert.That((run.State, run.Attempt, run.Percent), Is.EqualTo((RunState.Succeeded, 1, 100)), run.Error);
            Assert.That(seen, Is.Ordered, "progress only grows");
            Assert.That(seen.Distinct().Count(), Is.GreaterThan(3), "progress is shown on the way");
            var version = await db.EditionVersions.AsNoTracking().Include(v => v.Artefacts).SingleAsync(limit);
            Assert.That((version.Id, version.Number), Is.EqualTo((run.EditionVersionId!.Value, (int?)null)), "a draft, made once");
            AssertFiles(version);
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.StopAsync(CancellationToken.None);
                await host.DisposeAsync();
            }
        }
    }

    private static void AssertFiles(EditionVersion version)
    {
        Assert.Multiple(() =>
        {
            foreach (var language in Languages)
            {
                var files = version.Artefacts.Where(a => a.Language == language).ToDictionary(a => a.Name);
                Assert.That(files.Keys, Is.SupersetOf(new[] { "report.pdf", "content.json" }), language);
                Assert.That(files["report.pdf"].Bytes.AsSpan().StartsWith("%PDF-"u8), Is.True, language);
                Assert.That(files.Keys.Count(n => n.StartsWith("figures/", StringComparison.Ordinal) && n.EndsWith(".svg", StringComparison.Ordinal) && files[n].MediaType == "image/svg+xml"), Is.GreaterThan(8), language);
            }

            Assert.That(version.Artefacts.Where(a => a.Language.Length == 0).Select(a => a.Name),
                Is.SupersetOf(new[] { "data/ratings.csv", "data/headlines.csv", "data/trends.csv", "data/several.csv", "data/participation.csv", "data/codebook.csv", "data/README.en.md" }));
            Assert.That(version.Artefacts, Has.All.Matches<Artefact>(a => a is not null && a.Length == a.Bytes.Length && a.Sha256.Length == 64));
        });
    }

    /// <summary>Watches a run to its end, as the office's page does, and notes the per cents on the way.</summary>
    private static async Task<ReportRun> EndOfAsync(TestDatabase database, long id, List<int> seen, CancellationToken limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (; ; )
        {
            await using var db = database.Open();
            var run = await db.Runs.AsNoTracking().SingleAsync(r => r.Id == id, limit);
            seen.Add(run.Percent);
            if (run.EndedAt is not null)
            {
                return run;
            }

            await timer.WaitForNextTickAsync(limit);
        }
    }
}
