using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>A member answers the survey with a plain HTTP client: no script at all.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class SurveyJourneyTests(DatabaseKind kind) : OpenRoundFixture(kind)
{
    private async Task<string> InviteAsync(string name = "Horizons solidaires")
    {
        await using var db = site.Open();
        return await SampleRound.InviteAsync(db, round, name);
    }

    private static readonly string[] Points = ["post2015", "diaspora", "protection", "women-children", "national-law", "governance", "recruitment", "labour-rights"];

    /// <summary>Answers every part with as little as must be answered, and comes to the check page.</summary>
    private static async Task<SeenPage> AnswerAllAsync(HttpClient member, string token)
    {
        var contents = await SeenPage.GetAsync(member, $"/a/{token}");
        Assert.That(contents.Status, Is.EqualTo(HttpStatusCode.OK), contents.Words);
        var root = contents.Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/organisation");
        Assert.That(page.Html, Does.Contain("id=\"q-other-countries-KE\"").And.Not.Contain("id=\"q-other-countries-SN\""), "The main country is no other one.");
        page = await page.SendAsync("answers", ("sure-country", "yes"), ("sure-type", "yes"), ("then", "next"));
        foreach (var point in Points)
        {
            Assert.That(page.Path, Is.EqualTo($"{root}/q/points/{point}"), page.Words);
            page = await page.SendAsync("answers", ("q-work", point == "protection" ? "directly" : "no"), ("q-change", point == "protection" ? "advanced" : null), ("then", "next"));
        }

        page = await page.SendAsync("answers", ("q-remark", "Thank you.\r\nشكرا"), ("then", "next"));
        Assert.That(page.Path, Is.EqualTo($"{root}/check"), page.Words);
        return page;
    }

    [Test]
    public async Task A_member_answers_sends_corrects_and_sends_again()
    {
        var member = site.Visitor();
        var check = await AnswerAllAsync(member, await InviteAsync());
        var receipt = await check.SendAsync("send");
        Assert.That(receipt.Path, Does.EndWith("/receipt"));
        Assert.That(receipt.Words, Does.Contain("Your answers have arrived").And.Contain("Horizons solidaires"));
        Assert.That(receipt.Words, Does.Not.Contain("Thank you. شكرا"), "A receipt holds no answers.");

        var root = receipt.Path[..^"/receipt".Length];
        var part = await SeenPage.GetAsync(member, $"{root}/q/points/protection");
        await part.SendAsync("answers", ("q-change", "back"), ("then", "contents"));
        var contents = await SeenPage.GetAsync(member, root);
        Assert.That(contents.Words, Does.Contain("Please send again"));
        var again = await SeenPage.GetAsync(member, $"{root}/check");
        Assert.That(again.Words, Does.Match("What you changed since version 1 .*Change since last year.* Gone back Sent before: Advanced "));
        await again.SendAsync("send");

        await using var db = site.Open();
        var id = Guid.Parse(root["/a/r/".Length..]);
        var response = await db.Responses.SingleAsync(r => r.PublicId == id);
        var changes = await db.Answers.Where(a => a.ResponseId == response.Id && a.Question == "change").Select(a => a.Point + "=" + a.Choice).ToListAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.Version, Is.EqualTo(2));
            Assert.That(response.Mode, Is.EqualTo(ResponseMode.Web));
            Assert.That(changes, Is.EqualTo(new[] { "protection=back" }));
        });
    }

    [Test]
    public async Task Opening_a_link_stores_nothing_and_fifty_first_saves_at_once_make_one_response()
    {
        var token = await InviteAsync("Fifty at once");
        var opened = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ => await SeenPage.GetAsync(site.Visitor(), $"/a/{token}")));
        Assert.That(opened.Select(p => p.Path).Distinct().Count(), Is.EqualTo(1));
        await using var db = site.Open();
        Assert.That(await db.Responses.CountAsync(r => r.Invitation!.Name == "Fifty at once"), Is.Zero, "A GET changes nothing.");

        var pages = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            var member = site.Visitor();
            await member.GetAsync($"/a/{token}");
            return await SeenPage.GetAsync(member, $"{opened[0].Path}/q/points/diaspora");
        }));
        var saved = await Task.WhenAll(pages.Select(p => p.SendAsync("answers", ("q-work", "directly"), ("then", "next"))));
        Assert.That(saved.Select(p => p.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(await db.Responses.CountAsync(r => r.Invitation!.Name == "Fifty at once"), Is.EqualTo(1));
    }

    [Test]
    public async Task Fifty_submissions_at_once_make_one_version_and_fifty_receipts()
    {
        var token = await InviteAsync("Fifty sends");
        var member = site.Visitor();
        var check = await AnswerAllAsync(member, token);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => check.SendAsync("send")));
        Assert.That(receipts.Select(r => r.Words), Is.All.Contains("Your answers have arrived"));
        await using var db = site.Open();
        var response = await db.Responses.SingleAsync(r => r.Invitation!.Name == "Fifty sends");
        Assert.That(response.Version, Is.EqualTo(1));
        Assert.That(await db.Submissions.CountAsync(s => s.ResponseId == response.Id), Is.EqualTo(1));
    }

    [Test]
    public async Task Fifty_opens_saves_and_submissions_at_once_make_one_response_and_one_submission()
    {
        var token = await InviteAsync("Everything at once");
        var member = site.Visitor();
        var check = await AnswerAllAsync(member, token);
        var part = await SeenPage.GetAsync(member, check.Path.Replace("/check", "/q/points/protection", StringComparison.Ordinal));
        var opens = Enumerable.Range(0, 50).Select(_ => SeenPage.GetAsync(site.Visitor(), $"/a/{token}")).ToList();
        var replays = Enumerable.Range(0, 50).Select(_ => Autosave.SendAsync(member, part, null)).ToList();
        var sends = Enumerable.Range(0, 50).Select(_ => check.SendAsync("send")).ToList();
        Assert.That((await Task.WhenAll(opens)).Select(p => p.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That((await Task.WhenAll(replays)).Select(s => (s.Status, s.Answer.State)), Is.All.EqualTo((HttpStatusCode.OK, "Started")));
        Assert.That((await Task.WhenAll(sends)).Select(r => r.Words), Is.All.Contains("Your answers have arrived"));
        await using var db = site.Open();
        var response = await db.Responses.SingleAsync(r => r.Invitation!.Name == "Everything at once");
        Assert.That((response.Version, response.HasUnsentChanges), Is.EqualTo((1, false)));
        Assert.That(await db.Submissions.CountAsync(s => s.ResponseId == response.Id), Is.EqualTo(1));
    }

    [Test]
    public async Task Switching_the_language_in_the_middle_keeps_what_was_typed()
    {
        var member = site.Visitor();
        var contents = await SeenPage.GetAsync(member, $"/a/{await InviteAsync("Switcher")}");
        var page = await SeenPage.GetAsync(member, $"{contents.Path}/q/points/diaspora");
        var other = SiteHost.Texts()[^1];
        var switched = await page.SendAsync("answers", ("q-work", "follow"), ("q-example", "Half a sentence"), ("then", $"speak-{other.Language}"));
        Assert.That(switched.Html, Does.Contain($"<html lang=\"{other.Language}\""));
        Assert.That(switched.Fields("answers"), Does.Contain(new KeyValuePair<string, string>("q-example", "Half a sentence")));
    }

    [Test]
    public async Task A_corrected_page_is_still_based_on_what_it_showed()
    {
        var token = await InviteAsync("Correcting");
        var (dakar, geneva) = (site.Visitor(), site.Visitor());
        var root = (await SeenPage.GetAsync(dakar, $"/a/{token}")).Path;
        await geneva.GetAsync($"/a/{token}");
        var one = await SeenPage.GetAsync(dakar, $"{root}/q/points/diaspora");
        var two = await SeenPage.GetAsync(geneva, $"{root}/q/points/diaspora");
        await two.SendAsync("answers", ("q-work", "directly"), ("q-example", "From Geneva"), ("then", "stay"));
        var wrong = await one.SendAsync("answers", ("q-work", "directly"), ("q-example", new string('x', 1501)), ("then", "stay"));
        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var corrected = await wrong.SendAsync("answers", ("q-example", "From Dakar"), ("then", "stay"));
        Assert.That(corrected.Status, Is.EqualTo(HttpStatusCode.Conflict), "Geneva's words were never shown.");
        Assert.That(corrected.Words, Does.Contain("From Dakar").And.Contain("From Geneva"));
    }

    [Test]
    public async Task A_save_based_on_an_older_version_is_refused_and_shows_both_texts()
    {
        var token = await InviteAsync("Two colleagues");
        var (dakar, geneva) = (site.Visitor(), site.Visitor());
        var root = (await SeenPage.GetAsync(dakar, $"/a/{token}")).Path;
        await geneva.GetAsync($"/a/{token}");
        var one = await SeenPage.GetAsync(dakar, $"{root}/q/points/diaspora");
        var two = await SeenPage.GetAsync(geneva, $"{root}/q/points/diaspora");
        await one.SendAsync("answers", ("q-work", "directly"), ("q-example", "From Dakar"), ("then", "stay"));
        var refused = await two.SendAsync("answers", ("q-work", "directly"), ("q-example", "From Geneva"), ("then", "stay"));
        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(refused.Words, Does.Contain("From Dakar").And.Contain("From Geneva"));
        });
        var settled = await refused.SendAsync("answers", ("q-example", "From Dakar and Geneva"), ("then", "stay"));
        Assert.That(settled.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(settled.Html, Does.Contain("From Dakar and Geneva"));
        var replayed = await refused.SendAsync("answers", ("q-example", "From Dakar and Geneva"), ("then", "stay"));
        Assert.That(replayed.Status, Is.EqualTo(HttpStatusCode.OK), "The same form sent twice is no conflict.");
    }

    private static readonly (string Field, string Value)[] BadAnswers =
    [
        ("q-work", "sometimes"), ("q-barriers", "no-such-barrier"), ("q-example", new string('x', 1501)),
    ];

    [TestCaseSource(nameof(BadAnswers))]
    public async Task What_the_questionnaire_does_not_allow_is_refused_with_a_message_and_kept_in_the_form((string Field, string Value) bad)
    {
        var name = "Bad " + bad.Field;
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{await InviteAsync(name)}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        var refused = await page.SendAsync("answers", ("q-state", "partly"), bad!, ("then", "next"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Html, Does.Contain($"href=\"#{bad.Field}\""));
        Assert.That(refused.Fields("answers"), Does.Contain(new KeyValuePair<string, string>("q-state", "partly")));
        await using var db = site.Open();
        Assert.That(await db.DraftAnswers.CountAsync(a => db.Responses.Any(r => r.Id == a.ResponseId && r.Invitation!.Name == name)), Is.Zero);
    }

    [Test]
    public async Task A_page_without_an_answer_begins_nothing()
    {
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{await InviteAsync("Only looking")}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        Assert.That((await page.SendAsync("answers", ("then", "next"))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await page.SendAsync("answers", ("then", "speak-fr"))).Html, Does.Contain("<html lang=\"fr\""));
        await using var db = site.Open();
        Assert.That(await db.Responses.AnyAsync(r => r.Invitation!.Name == "Only looking"), Is.False);
    }

    [Test]
    public async Task More_choices_than_allowed_are_refused()
    {
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{await InviteAsync("Many")}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/looking-ahead");
        var fields = page.Fields("answers");
        fields.AddRange(Points.Take(4).Select(p => new KeyValuePair<string, string>("q-priorities", p)));
        using var content = new FormUrlEncodedContent(fields);
        var refused = await SeenPage.ReadAsync(member, await member.PostAsync(page.Path, content));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Words, Does.Contain("at most 3"));
    }

    [Test]
    public async Task A_stranger_and_another_member_are_refused_the_same_way()
    {
        var token = await InviteAsync("Mine");
        var root = (await SeenPage.GetAsync(site.Visitor(), $"/a/{token}")).Path;
        var stranger = site.Visitor();
        var other = site.Visitor();
        await other.GetAsync($"/a/{await InviteAsync("Another")}");
        foreach (var address in new[] { root, $"{root}/check", $"{root}/q/organisation", $"{root}/receipt", $"/a/r/{Guid.NewGuid()}" })
        {
            foreach (var client in new[] { stranger, other })
            {
                var page = await SeenPage.GetAsync(client, address);
                Assert.That(page.Status, Is.EqualTo(HttpStatusCode.Forbidden), address);
                Assert.That(page.Words, Does.Contain("open your link again"));
            }
        }
    }

    [Test]
    public async Task Several_responses_are_open_in_one_browser_and_each_page_names_its_organisation()
    {
        var member = site.Visitor();
        var one = (await SeenPage.GetAsync(member, $"/a/{await InviteAsync("First of two")}")).Path;
        var two = (await SeenPage.GetAsync(member, $"/a/{await InviteAsync("Second of two")}")).Path;
        Assert.That((await SeenPage.GetAsync(member, one)).Words, Does.Contain("First of two").And.Not.Contain("Second of two"));
        Assert.That((await SeenPage.GetAsync(member, two)).Words, Does.Contain("Second of two"));
    }

    [Test]
    public async Task Finishing_ends_the_session_and_clears_the_browser()
    {
        var member = site.Visitor(followsRedirects: false);
        var token = await InviteAsync("Shared computer");
        var root = (await member.GetAsync($"/a/{token}")).Headers.Location!.OriginalString;
        var page = await SeenPage.GetAsync(member, root);
        var finished = await page.SendAsync("/a/finish");
        Assert.That(finished.Response.Headers.GetValues("Clear-Site-Data").Single(), Does.Contain("storage"));
        Assert.That((await member.GetAsync(root)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        foreach (var (address, words) in new[] { (finished.Response.Headers.Location!.OriginalString, "انتهى"), (root + "/check?loaded=x", "يرجى فتح الرابط من جديد") })
        {
            var there = await SeenPage.GetAsync(member, address);
            var arabic = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(there.Html, "<a href=\"([^\"]*)\" hreflang=\"ar\"").Groups[1].Value);
            Assert.That((await SeenPage.GetAsync(member, arabic)).Html, Does.Contain("lang=\"ar\" dir=\"rtl\""), $"{address} → {arabic} {words}");
        }
    }

    [Test]
    public async Task A_revoked_link_opens_nothing_and_its_session_ends()
    {
        var token = await InviteAsync("Revoked");
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        await using (var db = site.Open())
        {
            var hash = PersonalLink.Hash(token);
            await db.PersonalLinks.Where(l => l.TokenHash == hash).ExecuteUpdateAsync(s => s.SetProperty(l => l.RevokedAt, SiteHost.Start.UtcDateTime));
        }

        Assert.That((await member.GetAsync(root)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await SeenPage.GetAsync(member, $"/a/{token}")).Words, Does.Contain("This link does not work"));
    }

    [Test]
    public async Task Ten_megabytes_of_text_are_refused_with_a_page_and_change_nothing()
    {
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{await InviteAsync("Flood")}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        using var request = new HttpRequestMessage(HttpMethod.Post, page.Path);
        request.Content = new FormUrlEncodedContent([.. page.Fields("answers"), new("q-example", new string('x', 10_000_000))]);
        request.Headers.ExpectContinue = true; // as a browser that learns of the refusal before it has sent everything
        var refused = await SeenPage.ReadAsync(member, await member.SendAsync(request));
        Assert.That((int)refused.Status, Is.AnyOf(400, 413));
        Assert.That(refused.Words, Does.Contain("go back"));
        Assert.That((await SeenPage.GetAsync(member, page.Path)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_form_without_its_token_is_refused()
    {
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{await InviteAsync("Forged")}")).Path;
        using var forged = new FormUrlEncodedContent([new("on", "work"), new("q-work", "directly")]);
        Assert.That((await member.PostAsync($"{root}/q/points/diaspora", forged)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }
}
