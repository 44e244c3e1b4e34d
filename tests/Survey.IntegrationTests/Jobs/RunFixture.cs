using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Reporting.Typesetting;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Jobs;

/// <summary>A database with one open round, and report runs on it under a clock that the test moves.</summary>
internal abstract class RunFixture(DatabaseKind kind)
{
    private ServiceProvider services = null!;

    protected TestDatabase Database { get; private set; } = null!;

    protected StandingClock Clock { get; private set; } = null!;

    protected SurveyRound Round { get; private set; } = null!;

    protected IDbContextFactory<SurveyDb> Contexts => services.GetRequiredService<IDbContextFactory<SurveyDb>>();

    protected ReportBuild Build => services.GetRequiredService<ReportBuild>();

    [SetUp]
    public async Task MakeAsync()
    {
        Database = await TestDatabase.CreateAsync(kind);
        Clock = new StandingClock(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero));
        services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock).AddStorage(Database.Connection).AddReports(Repository.Root, Repository.Templates)
            .AddSingleton(new TypesettingOptions { Root = "/nowhere/progress", Templates = Repository.Templates, NodePath = "/nowhere/node" }).BuildServiceProvider();
        await using var db = Database.Open();
        // The sample round carries no words of the report: what needs them takes them in itself.
        Round = await SampleRound.AddAsync(db);
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await services.DisposeAsync();
        await Database.DisposeAsync();
    }

    protected async Task<long> RequestAsync(params string[] languages)
    {
        await using var db = Database.Open();
        return await ReportRuns.RequestAsync(db, new ReportWish(Round.Id, languages.Length > 0 ? languages : ["en"], "ada"), Clock.GetUtcNow().UtcDateTime);
    }

    protected Task<ReportAttempt?> TakeAsync() => ReportRuns.TakeAsync(Contexts, Clock, CancellationToken.None);

    /// <summary>Takes the run that must be there.</summary>
    protected async Task<ReportAttempt> TakenAsync() => await TakeAsync() ?? throw new InvalidOperationException("There was no run to take.");

    protected async Task<ReportRun> RunAsync(long id)
    {
        await using var db = Database.Open();
        return await db.Runs.AsNoTracking().SingleAsync(r => r.Id == id);
    }

    protected async Task<int> VersionsAsync()
    {
        await using var db = Database.Open();
        return await db.EditionVersions.CountAsync();
    }

    /// <summary>What a run stores at its end, without the work before it.</summary>
    protected async Task<EditionVersion> StoreAsync(SurveyDb db, long runId)
    {
        var edition = await db.Editions.FirstOrDefaultAsync(e => e.RoundId == Round.Id);
        if (edition is null)
        {
            db.Editions.Add(edition = new Edition { RoundId = Round.Id, CreatedAt = Clock.GetUtcNow().UtcDateTime });
        }

        var version = new EditionVersion { RunId = runId, PlannedNumber = 1, Cube = "{}", CubeSha256 = new string('0', 64), CreatedAt = Clock.GetUtcNow().UtcDateTime, DataAsOf = Clock.GetUtcNow().UtcDateTime };
        edition.Versions.Add(version);
        await db.SaveChangesAsync();
        return version;
    }
}
