using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;
using Survey.Domain.Editions;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Editions;

/// <summary>A version comes out only as long as all that it says still holds.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class EditionPublishingTests(DatabaseKind kind)
{
    private static readonly DateTime Now = new(2026, 6, 10, 9, 0, 0, DateTimeKind.Utc);

    // SHA-256 of the UTF-8 bytes, by sha256sum.
    private const string Words = "We trained forty women.";
    private const string WordsHash = "d752b7f9c64224456cf34c7da94460f1db89def66bc2e6b92624fb4a7b1afc8b";

    private TestDatabase database = null!;
    private SurveyDb db = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        database = await TestDatabase.CreateAsync(kind);
        db = database.Open();
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await db.DisposeAsync();
        await database.DisposeAsync();
    }

    [Test]
    public async Task Publishing_freezes_a_closed_round_and_is_written_down()
    {
        var version = await DraftAsync(await RoundAsync());
        var published = await EditionPublishing.PublishAsync(db, version.Id, "office:1", Now, Unreviewed.Accepted);
        Assert.That(published.Problems, Is.Empty);
        await using var seen = database.Open();
        var round = await seen.Rounds.SingleAsync();
        Assert.That((published.Value!.Number, round.State, round.FrozenAt), Is.EqualTo(((int?)1, RoundState.Frozen, (DateTime?)Now)));
        Assert.That(await seen.AuditEntries.OrderBy(a => a.Id).Select(a => a.Actor + " " + a.Action + " " + a.Subject).ToListAsync(), Is.EqualTo(new[] { "office:1 edition.publish edition:2026/v1", "office:1 edition.publish-unreviewed edition:2026/v1/ar+es+fr" }));
        Assert.That(await CodesAsync(version), Is.EqualTo(new[] { "publish.done" }));
    }

    [Test]
    public async Task A_published_version_proves_the_audit_log_up_to_then()
    {
        var version = await DraftAsync(await RoundAsync());
        await EditionPublishing.PublishAsync(db, version.Id, "office:1", Now, Unreviewed.Accepted);
        await using var seen = database.Open();
        Assert.That(await seen.EditionVersions.Select(v => v.AuditHead).SingleAsync(), Does.Match("^2:[0-9a-f]{64}$"));
        Assert.That((await AuditReader.VerifyAsync(seen, [], null)).Findings, Is.Empty);
        await seen.AuditEntries.ExecuteDeleteAsync();
        await seen.AuditHeads.ExecuteUpdateAsync(s => s.SetProperty(h => h.Number, 0).SetProperty(h => h.Link, ""));
        Assert.That((await AuditReader.VerifyAsync(seen, [], null)).Findings, Is.EqualTo(new[] { new AuditFinding(AuditFault.NotAsNoted, 2, null) }), "Cut off together with its head.");
        await seen.EditionVersions.ExecuteUpdateAsync(s => s.SetProperty(v => v.AuditHead, "gone"));
        Assert.That((await AuditReader.VerifyAsync(seen, [], null)).Findings.Select(f => f.Fault), Is.EqualTo(new[] { AuditFault.HeadLost }));
    }

    [Test]
    public async Task Translations_that_nobody_reviewed_come_out_only_where_it_was_said()
    {
        var version = await DraftAsync(await RoundAsync());
        var refused = await EditionPublishing.PublishAsync(db, version.Id, "office:1", Now, Unreviewed.Refused);
        Assert.That(refused.Problems.Select(p => (p.Code, p.Message)), Is.EqualTo(new[] { ("publish.unreviewed", "Nobody has reviewed these translations: ar, es, fr.") }));
        await using var seen = database.Open();
        Assert.That((await seen.EditionVersions.Select(v => v.Number).SingleAsync(), await seen.Rounds.Select(r => r.State).SingleAsync(), await seen.AuditEntries.AnyAsync()), Is.EqualTo(((int?)null, RoundState.Closed, false)));
    }

    [Test]
    public async Task An_open_round_is_not_published_nor_one_counted_before_its_end()
    {
        var round = await RoundAsync(closes: false);
        var version = await DraftAsync(round, Now.AddDays(-20));
        Assert.That(await CodesAsync(version, Now.AddDays(-15)), Is.EqualTo(new[] { "publish.open" }));
        Assert.That(await CodesAsync(version), Is.EqualTo(new[] { "publish.early" }), "its last day is over");
        Assert.That(await db.EditionVersions.AsNoTracking().Select(v => v.Number).SingleAsync(), Is.Null);
    }

    [Test]
    public async Task A_sample_round_is_published_while_open_and_stays_open()
    {
        var version = await DraftAsync(await RoundAsync(closes: false, isSample: true), Now.AddDays(-20));
        Assert.That(await CodesAsync(version, Now.AddDays(-15)), Is.Empty);
        Assert.That(await db.Rounds.AsNoTracking().Select(r => r.State).SingleAsync(), Is.EqualTo(RoundState.Open));
    }

    [Test]
    public async Task Pilots_and_overtaken_drafts_are_refused()
    {
        var pilot = await DraftAsync(await RoundAsync("2026-pilot"));
        Assert.That(await CodesAsync(pilot), Is.EqualTo(new[] { "publish.pilot" }));
        var round = await RoundAsync("2027");
        var (one, other) = (await DraftAsync(round), await DraftAsync(round));
        Assert.That(await CodesAsync(one), Is.Empty);
        Assert.That(await CodesAsync(other), Is.EqualTo(new[] { "publish.outdated" }));
    }

    [TestCase("nothing", true)]
    [TestCase("wider", true)]
    [TestCase("rejected", false)]
    [TestCase("removed", false)]
    [TestCase("changed", false)]
    [TestCase("aside", false)]
    [TestCase("discreet", false)]
    [TestCase("wants discretion", false)]
    [TestCase("unlisted", false)]
    public async Task What_it_prints_of_members_must_still_be_allowed(string change, bool mayAppear)
    {
        var round = await RoundAsync();
        await SampleRound.InviteAsync(db, round);
        var invitation = await db.Invitations.SingleAsync();
        var response = new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = Now, ChangedAt = Now, Version = 1 };
        db.Add(response);
        await db.SaveChangesAsync();
        var quote = new Quote { ResponseId = response.Id, RoundId = round.Id, Point = "diaspora", Question = "example", Text = Words, Language = "en", Consent = QuoteConsent.WithoutName, Review = QuoteReview.Approved };
        var listing = RoundDefinition.Of(round).Questionnaire.WithRole(QuestionRole.Listing)!.Key;
        db.AddRange(quote, new Answer { ResponseId = response.Id, RoundId = round.Id, Region = "africa", Point = "", Question = listing, Slot = "", Choice = ListingCodes.Yes });
        await db.SaveChangesAsync();
        var version = await DraftAsync(round, mentions:
        [
            new EditionMention { Kind = MentionKind.Quoted, OrganisationId = invitation.OrganisationId, QuoteId = quote.Id, TextHash = WordsHash },
            new EditionMention { Kind = MentionKind.Listed, OrganisationId = invitation.OrganisationId },
        ]);
        _ = change switch
        {
            "wider" => await db.Quotes.ExecuteUpdateAsync(s => s.SetProperty(q => q.Consent, QuoteConsent.WithName)),
            "rejected" => await db.Quotes.ExecuteUpdateAsync(s => s.SetProperty(q => q.Review, QuoteReview.Rejected)),
            "removed" => await db.Quotes.ExecuteDeleteAsync(),
            "changed" => await db.Quotes.ExecuteUpdateAsync(s => s.SetProperty(q => q.Text, "We trained fifty women.")),
            "aside" => await db.Responses.ExecuteUpdateAsync(s => s.SetProperty(r => r.Review, ReviewState.SetAside)),
            "discreet" => await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.IsDiscreet, true)),
            "wants discretion" => await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.WantsDiscretion, true)),
            "unlisted" => await db.Answers.ExecuteUpdateAsync(s => s.SetProperty(a => a.Choice, "no")),
            _ => 0,
        };
        Assert.That(await CodesAsync(version), Is.EqualTo(mayAppear ? [] : new[] { "publish.mentions" }));
    }

    [Test]
    public async Task Modes_reach_the_cube_and_days_are_those_of_the_answers()
    {
        var round = await RoundAsync(closes: false);
        for (var i = 0; i < 6; i++)
        {
            await SampleRound.InviteAsync(db, round, $"Member {i}");
        }

        foreach (var (invitation, i) in (await db.Invitations.ToListAsync()).Select((invitation, i) => (invitation, i)))
        {
            db.Add(new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = Now, ChangedAt = Now, Version = 1, Mode = i == 0 ? ResponseMode.Paper : ResponseMode.Web });
        }

        await db.SaveChangesAsync();
        var before = await EditionSource.ReadAsync(db, round, RoundDefinition.Of(round), null, 1, [], Now.AddDays(-15), CancellationToken.None);
        var after = await EditionSource.ReadAsync(db, round, RoundDefinition.Of(round), null, 1, [], Now, CancellationToken.None);
        // One on paper and five on the pages: neither number is said, for the rest would be the other.
        Assert.That(after.Cube.Participation.Modes.Select(m => (string.Join(' ', m.Members), m.Responses)), Is.EqualTo(new[] { ("paper web", 6) }));
        Assert.That((before.Facts.ClosedOn, after.Facts.ClosedOn), Is.EqualTo(((DateOnly?)null, (DateOnly?)new DateOnly(2026, 5, 31))));
    }

    [Test]
    public async Task Earlier_rounds_go_by_their_first_day()
    {
        // Entered last, and so with the highest id: a round of years ago.
        var now = await RoundAsync("2026", opensOn: new DateOnly(2026, 3, 1));
        await RoundAsync("2025", opensOn: new DateOnly(2025, 3, 1));
        await RoundAsync("2027", opensOn: new DateOnly(2027, 3, 1));
        await RoundAsync("2025-pilot", opensOn: new DateOnly(2025, 2, 1));
        await RoundAsync("2024-sample", isSample: true, opensOn: new DateOnly(2024, 3, 1));
        await RoundAsync("2019", opensOn: new DateOnly(2019, 3, 1));
        var earlier = await EarlierRounds.OfAsync(db, now, RoundDefinition.Of(now).Plan, CancellationToken.None);
        Assert.That(earlier.Select(r => r.Slug), Is.EqualTo(new[] { "2019", "2025" }));
    }

    private async Task<IReadOnlyList<string>> CodesAsync(EditionVersion version, DateTime? now = null) =>
        [.. (await EditionPublishing.PublishAsync(db, version.Id, "command", now ?? Now, Unreviewed.Accepted)).Problems.Select(p => p.Code)];

    private async Task<SurveyRound> RoundAsync(string slug = "2026", bool closes = true, bool isSample = false, DateOnly? opensOn = null)
    {
        var of = await SampleRound.AddAsync(db, slug + "-as-shipped");
        var round = new SurveyRound
        {
            Slug = slug,
            PlanSlug = of.PlanSlug,
            QuestionnaireName = of.QuestionnaireName,
            RegionsName = of.RegionsName,
            OpensOn = opensOn,
            ClosesOn = of.ClosesOn,
            ClosesAt = of.ClosesAt,
            CreatedAt = of.CreatedAt,
            IsPilot = slug.EndsWith("-pilot", StringComparison.Ordinal),
            IsSample = isSample,
        };
        foreach (var template in of.Templates)
        {
            round.Templates.Add(new RoundTemplate { Kind = template.Kind, Name = template.Name, Content = template.Content, Sha256 = template.Sha256 });
        }

        db.Rounds.Remove(of);
        round.Open(of.OpenedAt!.Value);
        if (closes)
        {
            round.Close(Now.AddDays(-1));
        }

        db.Rounds.Add(round);
        await db.SaveChangesAsync();
        return round;
    }

    private async Task<EditionVersion> DraftAsync(SurveyRound round, DateTime? countedAt = null, params EditionMention[] mentions)
    {
        var version = await StoredEdition.AddAsync(db, round, isPublished: false);
        await db.EditionVersions.Where(v => v.Id == version.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.DataAsOf, countedAt ?? Now));
        foreach (var mention in mentions)
        {
            version.Mentions.Add(mention);
        }

        await db.SaveChangesAsync();
        return version;
    }
}
