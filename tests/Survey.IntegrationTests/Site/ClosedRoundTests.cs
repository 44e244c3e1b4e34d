using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;

namespace Survey.IntegrationTests.Site;

/// <summary>What a member finds before a round opens and after it has closed.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class ClosedRoundTests(DatabaseKind kind)
{
    [Test]
    public async Task After_the_close_a_page_loaded_before_may_save_for_fifteen_minutes_and_then_nobody()
    {
        await using var site = await SiteHost.StartAsync(kind);
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db, closesOn: new DateOnly(2026, 5, 4)));
        }

        // The round closes on 5 May at 12:00 UTC, the end of 4 May in UTC-12; a session idles out after 12 hours.
        site.Clock.Move(new TimeSpan(26, 55, 0));
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        site.Clock.Move(TimeSpan.FromMinutes(15));
        Assert.That((await page.SendAsync("answers", ("q-work", "directly"), ("then", "contents"))).Status, Is.EqualTo(HttpStatusCode.OK));

        var late = await SeenPage.GetAsync(member, $"{root}/q/points/governance");
        Assert.That(late.Path, Is.EqualTo($"{root}/check"), "A closed survey is read, not written.");
        Assert.That(late.Words, Does.Contain("You began but never sent your answers, so they do not count."));
        site.Clock.Move(TimeSpan.FromMinutes(6));
        var refused = await page.SendAsync("answers", ("q-work", "follow"), ("then", "contents"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(refused.Words, Does.Contain("The survey is closed"));
    }

    [Test]
    public async Task What_was_begun_before_the_close_is_saved_checked_and_sent_within_fifteen_minutes()
    {
        await using var site = await SiteHost.StartAsync(kind);
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db, closesOn: new DateOnly(2026, 5, 4)));
        }

        // As above: the round closes 27 hours after the clock's start.
        site.Clock.Move(new TimeSpan(26, 55, 0));
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/organisation");
        page = await page.SendAsync("answers", ("sure-country", "yes"), ("sure-type", "yes"), ("then", "next"));
        foreach (var point in Points)
        {
            Assert.That(page.Path, Is.EqualTo($"{root}/q/points/{point}"), page.Words);
            page = await page.SendAsync("answers", ("q-work", "no"), ("then", "next"));
        }

        site.Clock.Move(TimeSpan.FromMinutes(15));
        var refused = await page.SendAsync("answers", ("q-remark", new string('x', 4000)), ("then", "next"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var check = await refused.SendAsync("answers", ("q-remark", "Just in time"), ("then", "next"));
        Assert.That(check.Path, Does.StartWith($"{root}/check?"), check.Words);
        Assert.That(check.Words, Does.Contain("Just in time").And.Not.Contain("The survey is closed"));
        var receipt = await check.SendAsync("send");
        Assert.That(receipt.Words, Does.Contain("Your answers have arrived"));
        await using (var db = site.Open())
        {
            Assert.That(db.Responses.Single().Version, Is.EqualTo(1));
            Assert.That(db.Responses.Single().IsLate, Is.False, "Late is only what the office lets in after the close.");
        }

        Assert.That((await SeenPage.GetAsync(member, $"{root}/check")).Words, Does.Contain("The survey is closed"), "Who comes after the close comes too late.");
        site.Clock.Move(TimeSpan.FromMinutes(6));
        Assert.That((await check.SendAsync("send")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await refused.SendAsync("answers", ("q-remark", "Too late"), ("then", "next"))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await SeenPage.GetAsync(member, check.Path)).Words, Does.Contain("The survey is closed"));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/")).Words, Does.Contain("No survey is open at the moment"), "Nobody said that the round is closed; its time is over.");
    }

    private static readonly string[] Points = ["post2015", "diaspora", "protection", "women-children", "national-law", "governance", "recruitment", "labour-rights"];

    [Test]
    public async Task What_is_being_sent_when_the_office_freezes_the_round_does_not_count()
    {
        await using var site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db));
        await SampleAnswers.GiveAsync(site.Visitor(), token);
        // The request has looked at the round; then it is frozen; then the answers are stored.
        var held = (await new HeldResponses(TimeProvider.System).OfLinkAsync(db, await db.PersonalLinks.Select(l => l.Id).SingleAsync(), CancellationToken.None))!;
        var form = await new RoundForms().OfAsync(db, held.Round.Id, CancellationToken.None);
        await using (var office = site.Open())
        {
            var round = await office.Rounds.SingleAsync();
            round.Close(SiteHost.Start.UtcDateTime);
            round.Freeze(SiteHost.Start.UtcDateTime);
            await office.SaveChangesAsync();
        }

        var outcome = await SubmitAnswers.RunAsync(db, held, form, null!, null, SiteHost.Start.UtcDateTime, CancellationToken.None);
        Assert.That((outcome, await db.Submissions.CountAsync()), Is.EqualTo((SendOutcome.Closed, 0)));
    }

    [Test]
    public async Task Before_the_opening_a_link_says_so()
    {
        await using var site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db, opens: false));
        var page = await SeenPage.GetAsync(site.Visitor(), $"/a/{token}");
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(page.Words, Does.Contain("not open yet"));
    }

    [Test]
    public async Task Wrong_links_are_limited_and_right_ones_are_not()
    {
        await using var site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db));
        var visitor = site.Visitor();
        for (var i = 0; i < 10; i++)
        {
            Assert.That((await visitor.GetAsync($"/a/wrong{i}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }

        Assert.That((await visitor.GetAsync("/a/wrong")).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await visitor.GetAsync($"/a/{token}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        site.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.That((await visitor.GetAsync("/a/wrong")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
