using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>Nothing typed is lost when the session, the link or the form's token is gone, without any script; and a stranger's words are never shown.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class KeptWordsTests(DatabaseKind kind) : OpenRoundFixture(kind)
{
    private const string Words = "The law was passed <in May>.";

    private async Task<(string Token, SeenPage Page)> OpenAsync(HttpClient member, string name)
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, round, name);
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        return (token, await SeenPage.GetAsync(member, $"{root}/q/points/diaspora"));
    }

    private async Task<string?> ExampleAsync(string name)
    {
        await using var db = site.Open();
        return await db.DraftAnswers.Where(a => a.Question == "example" && db.Responses.Any(r => r.Id == a.ResponseId && r.Invitation!.Name == name)).Select(a => a.Text).SingleOrDefaultAsync();
    }

    /// <summary>Sends the form of a page from another browser, which has neither its session nor its cookies.</summary>
    private static async Task<SeenPage> SendFromAsync(HttpClient other, SeenPage page, params (string Name, string Value)[] set)
    {
        var fields = page.Fields("answers").Where(f => set.All(s => s.Name != f.Key)).Concat(set.Select(s => KeyValuePair.Create(s.Name, s.Value))).ToList();
        using var content = new FormUrlEncodedContent(fields);
        return await SeenPage.ReadAsync(other, await other.PostAsync(new Uri(page.Path, UriKind.Relative), content));
    }

    [Test]
    public async Task When_the_session_is_gone_what_was_typed_is_shown_and_sent_after_the_link_was_opened_again()
    {
        var (token, page) = await OpenAsync(site.Visitor(), "Session gone");
        var later = site.Visitor();
        var kept = await SendFromAsync(later, page, ("q-work", "directly"), ("q-example", Words), ("then", "next"));
        Assert.Multiple(() =>
        {
            Assert.That(kept.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(kept.Words, Does.Contain("open your link again").And.Contain(Words).And.Contain("Yes, directly").And.Contain("Have a new link sent"));
            Assert.That(kept.Html, Does.Contain("<title>Please open your link again").And.Not.Contain("<in May>"), "Words are never markup.");
            Assert.That(kept.Words, Does.Not.Contain("Session gone"), "Who has no session is told nothing of the organisation.");
        });

        // Pressed too early it comes back just so.
        var again = await kept.SendAsync("kept");
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(again.Words, Does.Contain(Words));

        await later.GetAsync($"/a/{token}");
        var saved = await again.SendAsync("kept");
        Assert.That(saved.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(saved.Path, Does.EndWith("/q/points/protection"), "It goes on as if nothing had happened.");
        Assert.That(await ExampleAsync("Session gone"), Is.EqualTo(Words));
    }

    [Test]
    public async Task When_the_forms_token_is_not_valid_any_more_one_press_saves_it()
    {
        var member = site.Visitor();
        var (_, page) = await OpenAsync(member, "Old token");
        var kept = await page.SendAsync("answers", ("form", "outdated"), ("q-example", Words), ("then", "contents"));
        Assert.That(kept.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(kept.Words, Does.Contain("Please press once more").And.Contain(Words));
        var saved = await kept.SendAsync("kept");
        Assert.That(saved.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ExampleAsync("Old token"), Is.EqualTo(Words));
    }

    [Test]
    public async Task When_the_link_was_revoked_a_new_one_saves_it()
    {
        var member = site.Visitor();
        var (token, page) = await OpenAsync(member, "Revoked meanwhile");
        var fresh = PersonalLink.NewToken();
        await using (var db = site.Open())
        {
            var hash = PersonalLink.Hash(token);
            var old = await db.PersonalLinks.SingleAsync(l => l.TokenHash == hash);
            old.RevokedAt = SiteHost.Start.UtcDateTime;
            db.PersonalLinks.Add(new PersonalLink { InvitationId = old.InvitationId, TokenHash = PersonalLink.Hash(fresh), CreatedAt = SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
        }

        var kept = await page.SendAsync("answers", ("q-example", Words), ("then", "next"));
        Assert.That(kept.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        await member.GetAsync($"/a/{fresh}");
        Assert.That((await kept.SendAsync("kept")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ExampleAsync("Revoked meanwhile"), Is.EqualTo(Words));
    }

    [Test]
    public async Task The_words_are_shown_in_the_language_in_which_they_were_typed()
    {
        var member = site.Visitor();
        var (_, page) = await OpenAsync(member, "En français");
        var french = await page.SendAsync("answers", ("then", "speak-fr"));
        var kept = await SendFromAsync(site.Visitor(), french, ("q-example", Words), ("then", "next"));
        Assert.That(kept.Html, Does.Contain("<html lang=\"fr\""));
        Assert.That(kept.Words, Does.Contain("Ce que vous avez écrit"));
    }

    [Test]
    public async Task A_strangers_form_is_never_shown()
    {
        var member = site.Visitor();
        var (_, mine) = await OpenAsync(member, "Mine alone");
        var (_, theirs) = await OpenAsync(site.Visitor(), "Not mine");
        var foreignMark = theirs.Fields("answers").Single(f => f.Key == "loaded").Value;
        foreach (var mark in new[] { "", "made-up", foreignMark })
        {
            var refused = await SendFromAsync(site.Visitor(), mine, ("loaded", mark), ("q-example", "Call this number"), ("then", "next"));
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden), mark);
            Assert.That(refused.Words, Does.Not.Contain("Call this number"), mark);
        }
    }

    [Test]
    public async Task After_the_close_what_was_typed_can_still_be_copied_and_answers_be_read()
    {
        await using var other = await SiteHost.StartAsync(Kind);
        string token;
        await using (var db = other.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db, closesOn: new DateOnly(2026, 5, 3)));
        }

        // The end of 3 May in UTC-12 is 4 May 12:00 UTC, three hours after the clock's start.
        var member = other.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        await page.SendAsync("answers", ("q-work", "directly"), ("then", "next"));
        other.Clock.Move(new TimeSpan(3, 16, 0));
        var late = await page.SendAsync("answers", ("q-work", "directly"), ("q-example", Words), ("then", "next"));
        Assert.Multiple(() =>
        {
            Assert.That(late.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(late.Words, Does.Contain("The survey is closed").And.Contain(Words).And.Contain("copy it from here"));
            Assert.That(late.Html, Does.Not.Contain("id=\"kept\""), "There is nothing to send any more.");
        });
        foreach (var address in new[] { root, $"{root}/check", $"{root}/print" })
        {
            Assert.That((await SeenPage.GetAsync(member, address)).Status, Is.EqualTo(HttpStatusCode.OK), address);
        }

        await using var check = other.Open();
        Assert.That(await check.DraftAnswers.AnyAsync(a => a.Question == "example"), Is.False);
    }
}
