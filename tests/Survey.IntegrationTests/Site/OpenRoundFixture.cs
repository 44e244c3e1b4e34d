using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>A site with an open round: one for all tests of a fixture, which keep apart by the names of their organisations.</summary>
internal abstract class OpenRoundFixture(DatabaseKind kind)
{
    protected DatabaseKind Kind { get; } = kind;

    protected SiteHost site = null!;
    protected SurveyRound round = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(Kind);
        await using var db = site.Open();
        round = await SampleRound.AddAsync(db);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();
}
