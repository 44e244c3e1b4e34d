using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Reporting.Tallies;
using Survey.Testing;

namespace Survey.IntegrationTests.Tallies;

/// <summary>Counts made by hand from a population of seven over two rounds.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class TallyReaderTests(DatabaseKind kind)
{
    private static readonly DateTime Now = new(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc);
    private TestDatabase database = null!;
    private SurveyRound earlier = null!;
    private SurveyRound round = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();
        earlier = Round("2025");
        round = Round("2026");
        db.AddRange(earlier, round);
        var organisations = Enumerable.Range(1, 7).Select(n => new Organisation { Code = $"o{n}", Name = $"O {n}", NameFolded = $"o {n}", Country = "FR", CreatedAt = Now }).ToList();
        db.AddRange(organisations);
        await db.SaveChangesAsync();
        // region, state then, state now: "" did not answer
        (string Region, string Then, string Now)[] members =
        [
            ("africa", "partly", "largely"), ("africa", "partly", "largely"), ("africa", "", "partly"), ("europe", "fully", "partly"),
            ("europe", "partly", ""), ("europe", "partly", "draft"), ("europe", "partly", "aside"),
        ];
        for (var i = 0; i < members.Length; i++)
        {
            await AnswerAsync(db, earlier, organisations[i], members[i].Region, members[i].Then);
            await AnswerAsync(db, round, organisations[i], members[i].Region, members[i].Now);
        }

        await db.SaveChangesAsync();
    }

    [OneTimeTearDown]
    public async Task Drop() => await database.DisposeAsync();

    [Test]
    public async Task Counts_only_what_was_submitted_and_not_set_aside()
    {
        await using var db = database.Open();
        var tally = await TallyReader.ReadAsync(db, round, Now, CancellationToken.None);
        Assert.That(tally.Rows, Is.EquivalentTo(new[] { new TallyRow("africa", "p", "state", "largely", 2), new TallyRow("africa", "p", "state", "partly", 1), new TallyRow("europe", "p", "state", "partly", 1) }));
        Assert.That(tally.Regions, Is.EquivalentTo(new[] { new RegionCount("africa", 3, 3, 0, 0, 0), new RegionCount("europe", 4, 1, 1, 0, 1) }));
        Assert.That(tally.Languages, Is.EquivalentTo(new[] { new GroupCount("fr", 7, 4) }));
        Assert.That((tally.CountryCount, tally.SetAsideCount), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_pair_says_in_which_region_each_of_its_answers_counted()
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Answers.Where(a => a.RoundId == earlier.Id && a.Choice == "fully").ExecuteUpdateAsync(s => s.SetProperty(a => a.Region, "africa"));
        var pairs = await TallyReader.MatchedAsync(db, round.Id, earlier.Id, [("state", "state")], [("p", "p")], CancellationToken.None);
        Assert.That(pairs.Select(p => (p.EarlierRegion, p.Region, p.Count)), Is.EquivalentTo(new[] { ("africa", "africa", 2L), ("africa", "europe", 1L) }), "One has moved; nothing of it is kept.");
    }

    [Test]
    public async Task Pairs_the_answers_of_organisations_that_answered_in_both_rounds()
    {
        await using var db = database.Open();
        var pairs = await TallyReader.MatchedAsync(db, round.Id, earlier.Id, [("state", "state")], [("p", "p")], CancellationToken.None);
        Assert.That(pairs, Is.EquivalentTo(new[] { new MatchedPair("africa", "p", "state", "partly", "largely", 2), new MatchedPair("europe", "p", "state", "fully", "partly", 1) }));
    }

    private static SurveyRound Round(string slug) => new() { Slug = slug, PlanSlug = "plan", QuestionnaireName = "q", RegionsName = "r", CreatedAt = Now };

    private static async Task AnswerAsync(Survey.Domain.Storage.SurveyDb db, SurveyRound round, Organisation organisation, string region, string state)
    {
        var invitation = new Invitation { RoundId = round.Id, OrganisationId = organisation.Id, Name = organisation.Name, Country = "FR", Region = region, Language = "fr", InvitedAt = Now };
        db.Add(invitation);
        await db.SaveChangesAsync();
        if (state.Length == 0)
        {
            return;
        }

        var response = new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = Now, ChangedAt = Now, Version = state == "draft" ? 0 : 1, Review = state == "aside" ? ReviewState.SetAside : ReviewState.Unread };
        db.Add(response);
        await db.SaveChangesAsync();
        if (response.Counts)
        {
            db.Add(new Answer { ResponseId = response.Id, RoundId = round.Id, Region = region, Point = "p", Question = "state", Slot = "", Choice = state });
        }
    }
}
