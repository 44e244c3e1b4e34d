using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>A site with an open round: a new one for each test, for those that look at all that is stored.</summary>
internal abstract class FreshRoundFixture(DatabaseKind kind)
{
    protected DatabaseKind Kind { get; } = kind;

    protected SiteHost site = null!;
    protected SurveyRound round = null!;

    [SetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(Kind);
        await using var db = site.Open();
        round = await SampleRound.AddAsync(db);
    }

    [TearDown]
    public async Task StopAsync() => await site.DisposeAsync();
}
