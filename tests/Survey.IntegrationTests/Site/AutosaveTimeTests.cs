using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>Saving as they type when time has run out: for the round or for the session.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class AutosaveTimeTests(DatabaseKind kind)
{
    [Test]
    public async Task After_the_close_a_page_of_this_response_loaded_before_saves_for_fifteen_minutes_and_no_other()
    {
        await using var site = await SiteHost.StartAsync(kind);
        var tokens = new List<string>();
        await using (var db = site.Open())
        {
            var round = await SampleRound.AddAsync(db, closesOn: new DateOnly(2026, 5, 4));
            tokens.Add(await SampleRound.InviteAsync(db, round, "One"));
            tokens.Add(await SampleRound.InviteAsync(db, round, "Two"));
        }

        // The round closes on 5 May at 12:00 UTC, 27 hours after the clock's start.
        site.Clock.Move(new TimeSpan(26, 55, 0));
        var member = site.Visitor();
        var pages = new List<SeenPage>();
        foreach (var token in tokens)
        {
            var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
            pages.Add(await SeenPage.GetAsync(member, $"{root}/q/points/diaspora"));
        }

        site.Clock.Move(TimeSpan.FromMinutes(15));
        Assert.That((await Autosave.SendAsync(member, pages[0], null, ("q-work", "directly"))).Status, Is.EqualTo(HttpStatusCode.OK));
        var mark = pages[1].Fields("answers").Single(f => f.Key == "loaded").Value;
        foreach (var loaded in new[] { mark, "", "forged", null })
        {
            var refused = await Autosave.SendAsync(member, pages[0], null, ("q-work", "no"), ("loaded", loaded));
            Assert.That((refused.Status, refused.Answer.Code), Is.EqualTo((HttpStatusCode.Forbidden, "closed")), $"'{(loaded == mark ? "another response's" : loaded)}'");
        }

        site.Clock.Move(TimeSpan.FromMinutes(6));
        var late = await Autosave.SendAsync(member, pages[0], null, ("q-work", "no"));
        Assert.That((late.Status, late.Answer.Code), Is.EqualTo((HttpStatusCode.Forbidden, "closed")));
        await using var stored = site.Open();
        Assert.That(await stored.DraftAnswers.Select(a => a.Choice).ToListAsync(), Is.EqualTo(new[] { "directly" }));
    }

    [Test]
    public async Task A_session_that_idled_out_is_refused_and_goes_on_once_the_link_is_opened_again()
    {
        await using var site = await SiteHost.StartAsync(kind);
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db));
        }

        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        // 12 hours idle (the issue's own number); the form's token still names the same browser.
        site.Clock.Move(TimeSpan.FromHours(12.5));
        var refused = await Autosave.SendAsync(member, page, null, ("q-work", "directly"));
        Assert.That((refused.Status, refused.Answer.Code), Is.EqualTo((HttpStatusCode.Forbidden, "session")));
        await member.GetAsync($"/a/{token}");
        Assert.That((await Autosave.SendAsync(member, page, null, ("q-work", "directly"))).Status, Is.EqualTo(HttpStatusCode.OK), "What was typed is sent after.");
    }
}
