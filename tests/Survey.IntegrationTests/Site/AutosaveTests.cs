using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>Saving as they type: what the page's script is answered, and what is stored then.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class AutosaveTests(DatabaseKind kind) : OpenRoundFixture(kind)
{
    /// <summary>A part's page, opened by a member of a new organisation of this name.</summary>
    private async Task<(HttpClient Member, SeenPage Page)> OpenAsync(string name, string part = "points/diaspora")
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, round, name);
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        return (member, await SeenPage.GetAsync(member, $"{root}/q/{part}"));
    }

    /// <summary>What is stored of an organisation's draft, in order: point/question=choice or text.</summary>
    private async Task<IReadOnlyList<string>> StoredAsync(string name)
    {
        await using var db = site.Open();
        var rows = await db.DraftAnswers.Where(a => db.Responses.Any(r => r.Id == a.ResponseId && r.Invitation!.Name == name)).ToListAsync();
        return [.. rows.Select(a => $"{a.Point}/{a.Question}={a.Choice}{a.Text}").Order(StringComparer.Ordinal)];
    }

    [Test]
    public async Task What_is_typed_is_stored_and_the_next_save_builds_on_the_answer()
    {
        var (member, page) = await OpenAsync("Typing");
        var first = await Autosave.SendAsync(member, page, null, ("q-work", "directly"), ("q-example", "Nous avons"));
        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(first.Answer.Saved, Is.True);
        Assert.That(first.Answer.State, Is.EqualTo("Started"), "The ratings wait.");
        // The clock of the site begins on 4 May 2026, 9:00 UTC: 1777885200 s after 1970 (date -u -d 2026-05-04T09:00 +%s).
        Assert.That(first.Answer.At, Is.InRange(1_777_885_200_000, 1_777_885_200_000 + (10 * 60 * 1000)));
        Assert.That(first.Response.Headers.CacheControl!.NoStore, Is.True);
        var second = await Autosave.SendAsync(member, page, first.Answer.BasedOn, ("q-work", "directly"), ("q-example", "Nous avons formé"), ("q-state", "partly"), ("q-change", "advanced"));
        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(second.Answer.State, Is.EqualTo("Done"));
        Assert.That(await StoredAsync("Typing"), Is.EqualTo(new[] { "diaspora/change=advanced", "diaspora/example=Nous avons formé", "diaspora/state=partly", "diaspora/work=directly" }));
        var again = await SeenPage.GetAsync(member, page.Path);
        Assert.That(again.Fields("answers"), Does.Contain(new KeyValuePair<string, string>("based-on", second.Answer.BasedOn!)), "The page and the script agree on what is stored.");
    }

    [Test]
    public async Task The_first_save_makes_the_response_as_every_page_expects_it()
    {
        var (member, page) = await OpenAsync("Made once");
        await Autosave.SendAsync(member, page, null, ("q-work", "directly"));
        await using var db = site.Open();
        var response = await db.Responses.SingleAsync(r => r.Invitation!.Name == "Made once");
        Assert.Multiple(() =>
        {
            Assert.That(page.Path, Does.StartWith($"/a/r/{response.PublicId:D}/"));
            Assert.That((response.RoundId, response.Language, response.Mode, response.Review), Is.EqualTo((round.Id, "en", ResponseMode.Web, ReviewState.Unread)));
            Assert.That((response.Version, response.Revision, response.SubmittedRevision, response.IsLate), Is.EqualTo((0, 1L, 0L, false)));
            Assert.That(response.StartedAt, Is.EqualTo(response.ChangedAt).And.InRange(SiteHost.Start.UtcDateTime, SiteHost.Start.UtcDateTime.AddMinutes(10)));
            Assert.That(response.HasUnsentChanges);
        });
    }

    [Test]
    public async Task A_save_whose_answer_was_lost_is_sent_again_and_newer_text_follows_without_a_conflict()
    {
        var (member, page) = await OpenAsync("Lost answer");
        var first = Autosave.Fields(page, null, ("q-work", "directly"), ("q-example", "Premier"));
        var one = await Autosave.SendAsync(member, Autosave.AddressOf(page.Path), new FormUrlEncodedContent(first));
        var again = await Autosave.SendAsync(member, Autosave.AddressOf(page.Path), new FormUrlEncodedContent(first));
        Assert.That((again.Status, again.Answer.BasedOn), Is.EqualTo((HttpStatusCode.OK, one.Answer.BasedOn)));
        var newer = await Autosave.SendAsync(member, page, again.Answer.BasedOn, ("q-work", "directly"), ("q-example", "Premier et second"));
        Assert.That(newer.Status, Is.EqualTo(HttpStatusCode.OK));
        await using var db = site.Open();
        Assert.That(await db.Responses.Where(r => r.Invitation!.Name == "Lost answer").Select(r => r.Revision).SingleAsync(), Is.EqualTo(2), "Two changes; the repeated one is none.");
    }

    [Test]
    public async Task A_save_based_on_other_answers_is_refused_and_stores_nothing()
    {
        var (dakar, page) = await OpenAsync("Two write");
        var geneva = await Autosave.SendAsync(dakar, page, null, ("q-work", "directly"), ("q-example", "From Geneva"));
        var refused = await Autosave.SendAsync(dakar, page, null, ("q-work", "follow"), ("q-example", "From Dakar"));
        Assert.That((refused.Status, refused.Answer.Code), Is.EqualTo((HttpStatusCode.Conflict, "stale")));
        Assert.That(await StoredAsync("Two write"), Is.EqualTo(new[] { "diaspora/example=From Geneva", "diaspora/work=directly" }));
        var merged = await Autosave.SendAsync(dakar, page, geneva.Answer.BasedOn, ("q-work", "follow"), ("q-example", "From both"));
        Assert.That(merged.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_save_of_one_part_leaves_every_other_part_alone()
    {
        var (member, diaspora) = await OpenAsync("Parts");
        var root = diaspora.Path[..diaspora.Path.IndexOf("/q/", StringComparison.Ordinal)];
        var governance = await SeenPage.GetAsync(member, $"{root}/q/points/governance");
        var ahead = await SeenPage.GetAsync(member, $"{root}/q/looking-ahead");
        await Autosave.SendAsync(member, diaspora, null, ("q-work", "directly"), ("q-actions", "advocacy"), ("q-actions", "training"));
        Assert.That((await Autosave.SendAsync(member, governance, null, ("q-work", "no"))).Status, Is.EqualTo(HttpStatusCode.OK), "Each part is based on itself.");
        Assert.That((await Autosave.SendAsync(member, ahead, null, ("q-priorities", "diaspora"), ("q-remark", "Merci"))).Status, Is.EqualTo(HttpStatusCode.OK));
        await Autosave.SendAsync(member, await SeenPage.GetAsync(member, diaspora.Path), null, ("q-work", "directly"), ("q-actions", "training"));
        Assert.That(await StoredAsync("Parts"), Is.EqualTo(new[] { "/priorities=diaspora", "/remark=Merci", "diaspora/actions=training", "diaspora/work=directly", "governance/work=no" }));
    }

    [Test]
    public async Task A_field_that_the_questionnaire_does_not_allow_is_named_and_left_out_and_the_others_are_stored()
    {
        var (member, page) = await OpenAsync("Wrong field");
        var good = await Autosave.SendAsync(member, page, null, ("q-work", "directly"), ("q-example", "Court"));
        var partly = await Autosave.SendAsync(member, page, good.Answer.BasedOn, ("q-work", "sometimes"), ("q-example", new string('x', 1501)), ("q-state", "partly"));
        Assert.That(partly.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(partly.Answer.Problems!.Select(p => p.Field), Is.EquivalentTo(new[] { "q-work", "q-example" }));
        // 1,500 characters: templates/questionnaires/made-2026.yaml.
        Assert.That(partly.Answer.Problems!.Single(p => p.Field == "q-example").Message, Does.Contain("1,500").Or.Contain("1500"));
        Assert.That(await StoredAsync("Wrong field"), Is.EqualTo(new[] { "diaspora/example=Court", "diaspora/state=partly", "diaspora/work=directly" }), "What was stored of the wrong fields stays.");
        var right = await Autosave.SendAsync(member, page, partly.Answer.BasedOn, ("q-work", "follow"), ("q-example", "Court"), ("q-state", "partly"));
        Assert.That((right.Status, right.Answer.Problems!.Count), Is.EqualTo((HttpStatusCode.OK, 0)));
    }

    [Test]
    public async Task What_is_wrong_is_said_in_the_language_of_the_page()
    {
        var (member, page) = await OpenAsync("En français");
        page = await page.SendAsync("answers", ("then", "speak-fr"));
        var partly = await Autosave.SendAsync(member, page, null, ("q-work", "sometimes"));
        var english = await Autosave.SendAsync(await VisitorAsync("En français"), page, null, ("q-work", "sometimes"));
        Assert.That(english.Answer.Code, Is.EqualTo("session"), "A form belongs to its browser.");
        // problem.unknown of templates/ui/fr.yaml, with the French short title of the question.
        Assert.That(partly.Answer.Problems!.Single().Message, Is.EqualTo("Travail sur le point : cette réponse ne fait pas partie des choix. Merci de choisir de nouveau."));
    }

    /// <summary>Another browser that opened a link of the same organisation.</summary>
    private async Task<HttpClient> VisitorAsync(string name)
    {
        await using var db = site.Open();
        var invitation = await db.Invitations.SingleAsync(i => i.Name == name);
        var token = PersonalLink.NewToken();
        db.PersonalLinks.Add(new PersonalLink { InvitationId = invitation.Id, TokenHash = PersonalLink.Hash(token), CreatedAt = round.CreatedAt });
        await db.SaveChangesAsync();
        var visitor = site.Visitor();
        await visitor.GetAsync($"/a/{token}");
        return visitor;
    }

    [Test]
    public async Task Only_a_browser_whose_session_holds_the_response_saves()
    {
        var (member, page) = await OpenAsync("Held");
        var (other, theirs) = await OpenAsync("Not held");
        using var own = new FormUrlEncodedContent(Autosave.Fields(theirs, null, ("q-work", "directly")));
        using var none = new FormUrlEncodedContent([new("on", "work"), new("q-work", "directly")]);
        using var stranger = new FormUrlEncodedContent(Autosave.Fields(page, null, ("q-work", "directly")));
        var address = Autosave.AddressOf(page.Path);
        foreach (var (client, content, why) in new[] { (other, own, "another response's session"), (member, none, "no token"), (site.Visitor(), stranger, "no session") })
        {
            var refused = await Autosave.SendAsync(client, address, content);
            Assert.That((refused.Status, refused.Answer.Code), Is.EqualTo((HttpStatusCode.Forbidden, "session")), why);
        }

        Assert.That(await StoredAsync("Held"), Is.Empty);
    }

    [Test]
    public async Task A_link_revoked_meanwhile_is_refused_at_the_next_save()
    {
        var (member, page) = await OpenAsync("Revoked meanwhile");
        var saved = await Autosave.SendAsync(member, page, null, ("q-work", "directly"));
        await using (var db = site.Open())
        {
            await db.PersonalLinks.Where(l => l.Invitation!.Name == "Revoked meanwhile").ExecuteUpdateAsync(s => s.SetProperty(l => l.RevokedAt, SiteHost.Start.UtcDateTime));
        }

        var refused = await Autosave.SendAsync(member, page, saved.Answer.BasedOn, ("q-work", "no"));
        Assert.That((refused.Status, refused.Answer.Code), Is.EqualTo((HttpStatusCode.Forbidden, "session")));
        Assert.That(await StoredAsync("Revoked meanwhile"), Is.EqualTo(new[] { "diaspora/work=directly" }));
    }

    [TestCase("nowhere"), TestCase("points/nowhere"), TestCase("points"), TestCase("organisation/diaspora")]
    public async Task A_part_that_does_not_exist_is_unknown(string part)
    {
        var (member, page) = await OpenAsync("Parts of " + part);
        var root = page.Path[..page.Path.IndexOf("/q/", StringComparison.Ordinal)];
        using var content = new FormUrlEncodedContent(Autosave.Fields(page, null, ("q-work", "directly")));
        var refused = await Autosave.SendAsync(member, $"{root}/save/{part}", content);
        Assert.That((refused.Status, refused.Answer.Code), Is.EqualTo((HttpStatusCode.NotFound, "unknown")));
    }

    [Test]
    public async Task Forged_fields_store_nothing_that_the_part_does_not_ask()
    {
        var (member, page) = await OpenAsync("Forger");
        var fields = Autosave.Fields(page, null, ("q-work", "directly"));
        fields.AddRange([new("on", "remark"), new("q-remark", "of another part"), new("on", "no-such"), new("q-no-such", "x"), new("q-listing", "yes"), new("ResponseId", "1"), new("q-work", "follow")]);
        var saved = await Autosave.SendAsync(member, Autosave.AddressOf(page.Path), new FormUrlEncodedContent(fields));
        Assert.That(saved.Answer.Problems!.Select(p => p.Field), Is.EqualTo(new[] { "q-work" }), "Two choices where one is allowed.");
        Assert.That(await StoredAsync("Forger"), Is.Empty);
        await using var db = site.Open();
        Assert.That(await db.Responses.AnyAsync(r => r.Invitation!.Name == "Forger"), Is.False, "Nothing was left to store, so nothing was begun.");
    }

    private static IEnumerable<TestCaseData> Broken()
    {
        const string Form = "application/x-www-form-urlencoded";
        yield return new TestCaseData("&q-example=%FF%FE"u8.ToArray(), Form).SetArgDisplayNames("escaped bytes that are not UTF-8");
        yield return new TestCaseData((byte[])[.. "&q-example="u8, 0xC3, 0x28], Form).SetArgDisplayNames("raw bytes that are not UTF-8");
        yield return new TestCaseData("&q-example=%ED%A0%80"u8.ToArray(), Form).SetArgDisplayNames("half a surrogate pair");
        yield return new TestCaseData("&q-example=100%"u8.ToArray(), Form).SetArgDisplayNames("broken escape");
        yield return new TestCaseData(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("&q-actions=x", 2001))), Form).SetArgDisplayNames("too many fields");
        yield return new TestCaseData("&q-example=x"u8.ToArray(), "application/json").SetArgDisplayNames("no form");
    }

    [TestCaseSource(nameof(Broken))]
    public async Task What_is_no_whole_form_is_refused_and_stores_nothing(byte[] extra, string type)
    {
        var (member, page) = await OpenAsync("Broken");
        using var whole = new FormUrlEncodedContent(Autosave.Fields(page, null, ("q-work", "directly"), ("q-example", null)));
        using var content = new ByteArrayContent([.. await whole.ReadAsByteArrayAsync(), .. extra]);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        var refused = await Autosave.SendAsync(member, Autosave.AddressOf(page.Path), content);
        Assert.That((refused.Status, refused.Answer.Code), Is.EqualTo((HttpStatusCode.BadRequest, "bad")));
        Assert.That(await StoredAsync("Broken"), Is.Empty);
    }

    [Test]
    public async Task Ten_megabytes_are_refused_in_the_words_of_the_script_and_store_nothing()
    {
        var (member, page) = await OpenAsync("Ten megabytes");
        using var content = new FormUrlEncodedContent(Autosave.Fields(page, null, ("q-work", "directly"), ("q-example", new string('x', 10_000_000))));
        var refused = await Autosave.SendAsync(member, Autosave.AddressOf(page.Path), content);
        Assert.That((refused.Status, refused.Answer.Code), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "bad")));
        Assert.That(await StoredAsync("Ten megabytes"), Is.Empty);
        Assert.That((await Autosave.SendAsync(member, page, null, ("q-work", "directly"))).Status, Is.EqualTo(HttpStatusCode.OK), "The page goes on.");
    }

    [Test]
    public async Task Text_is_cleaned_at_the_door_whatever_bytes_it_came_in()
    {
        var (member, page) = await OpenAsync("Clean");
        // e + combining acute is é in NFC; CR LF becomes LF; NUL goes; an emoji and Arabic stay.
        await Autosave.SendAsync(member, page, null, ("q-example", " e\u0301te\u0301\r\n\0deux 🙂 شكرا "));
        Assert.That(await StoredAsync("Clean"), Is.EqualTo(new[] { "diaspora/example=été\ndeux 🙂 شكرا" }));
    }

    [Test]
    public async Task Fifty_first_saves_at_once_make_one_response_whether_they_say_the_same_or_not()
    {
        var (member, page) = await OpenAsync("Fifty the same");
        var same = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Autosave.SendAsync(member, page, null, ("q-work", "directly"), ("q-example", "Nous"))));
        Assert.That(same.Select(s => s.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(same.Select(s => s.Answer.BasedOn).Distinct().Count(), Is.EqualTo(1));

        var (other, fresh) = await OpenAsync("Fifty others");
        var others = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Autosave.SendAsync(other, fresh, null, ("q-work", "directly"), ("q-example", $"Text {i}"))));
        Assert.That(others.Count(s => s.Status is HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(others.Where(s => s.Status is not HttpStatusCode.OK).Select(s => (s.Status, s.Answer.Code)), Is.All.EqualTo((HttpStatusCode.Conflict, "stale")));
        await using var db = site.Open();
        Assert.That(await db.Responses.Where(r => r.Invitation!.Name.StartsWith("Fifty")).Select(r => r.Revision).ToListAsync(), Is.EqualTo(new[] { 1L, 1L }), "One change each.");
        var stored = (await StoredAsync("Fifty others"))[0];
        var winner = others.Single(s => s.Status is HttpStatusCode.OK);
        var words = stored[(stored.IndexOf('=', StringComparison.Ordinal) + 1)..];
        Assert.That((await Autosave.SendAsync(other, fresh, null, ("q-work", "directly"), ("q-example", words))).Answer.BasedOn, Is.EqualTo(winner.Answer.BasedOn), "The one that was told so is stored.");
    }

    [Test]
    public async Task Fifty_saves_at_once_of_all_parts_lose_none()
    {
        string[] points = ["post2015", "diaspora", "protection", "women-children", "national-law", "governance", "recruitment", "labour-rights"];
        var (member, first) = await OpenAsync("All parts");
        var root = first.Path[..first.Path.IndexOf("/q/", StringComparison.Ordinal)];
        var pages = await Task.WhenAll(points.Select(p => SeenPage.GetAsync(member, $"{root}/q/points/{p}")));
        var saves = await Task.WhenAll(Enumerable.Range(0, 48).Select(i => Autosave.SendAsync(member, pages[i % 8], null, ("q-work", "directly"), ("q-example", $"On {points[i % 8]}"))));
        Assert.That(saves.Select(s => s.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(await StoredAsync("All parts"), Is.EqualTo(points.SelectMany(p => new[] { $"{p}/example=On {p}", $"{p}/work=directly" }).Order(StringComparer.Ordinal)));
        await using var db = site.Open();
        Assert.That(await db.Responses.Where(r => r.Invitation!.Name == "All parts").Select(r => r.Revision).SingleAsync(), Is.EqualTo(8));
    }

    [Test]
    public async Task A_command_that_holds_the_database_delays_a_save_and_loses_none()
    {
        var (member, page) = await OpenAsync("Patient");
        var first = await Autosave.SendAsync(member, page, null, ("q-work", "directly"));
        Task<Autosave> save;
        await using (var command = site.Open())
        {
            await using var transaction = await command.Database.BeginTransactionAsync();
            // SQLite lets nobody else write until the end of this, PostgreSQL nobody who changes the same row.
            await command.Responses.Where(r => r.Invitation!.Name == "Patient").ExecuteUpdateAsync(s => s.SetProperty(r => r.ReviewReason, "Being looked at"));
            save = Autosave.SendAsync(member, page, first.Answer.BasedOn, ("q-work", "follow"));
            Assert.That(await StoredAsync("Patient"), Is.EqualTo(new[] { "diaspora/work=directly" }));
            await transaction.CommitAsync();
        }

        Assert.That((await save).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StoredAsync("Patient"), Is.EqualTo(new[] { "diaspora/work=follow" }));
    }
}
