using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>What the pages of the survey say and keep, for a plain HTTP client.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class AnsweringPagesTests(DatabaseKind kind) : OpenRoundFixture(kind)
{
    private async Task<string> OpenAsync(HttpClient member, string name)
    {
        await using var db = site.Open();
        return (await SeenPage.GetAsync(member, $"/a/{await SampleRound.InviteAsync(db, round, name)}")).Path;
    }

    private async Task<List<DraftAnswer>> DraftAsync(string name)
    {
        await using var db = site.Open();
        return await db.DraftAnswers.AsNoTracking().Where(a => db.Responses.Any(r => r.Id == a.ResponseId && r.Invitation!.Name == name)).OrderBy(a => a.Question).ToListAsync();
    }

    [Test]
    public async Task The_contents_page_says_what_why_until_when_who_sees_it_and_whom_to_write_to()
    {
        var member = site.Visitor();
        var page = await SeenPage.GetAsync(member, await OpenAsync(member, "What and why"));
        Assert.That(page.Words, Does.Contain("What and why").And.Contain("Once a year we ask every member").And.Contain("about 20 minutes")
            .And.Contain("Your organisation, Point by point and Looking ahead").And.Contain("until 1 June 2026, 12:00 UTC").And.Contain("31 May 2026 ends in the last place on earth")
            .And.Contain("Only the coordinating office sees your answers").And.Contain("office@sample-network.example"));
        // The end of 31 May in UTC-12.
        Assert.That(page.Html, Does.Contain("datetime=\"2026-06-01T12:00:00Z\""));
        // Whoever reads what happens to the answers finds the way back to them, in whatever language.
        var notice = await SeenPage.GetAsync(member, $"/privacy?lang=en&response={page.Path[^36..]}");
        Assert.That(page.Html, Does.Contain($"href=\"/privacy?lang=en&amp;response={page.Path[^36..]}\""));
        Assert.That(notice.Html, Does.Contain($"<a href=\"{page.Path}\">Back to the survey</a>").And.Contain($"/privacy?lang=ar&amp;response={page.Path[^36..]}"));
    }

    [Test]
    public async Task A_link_speaks_the_language_that_is_asked_for_or_its_persons_and_keeps_what_was_chosen()
    {
        await using var db = site.Open();
        var (french, arabic) = (await SampleRound.InviteAsync(db, round, "Speaks French", language: "fr"), await SampleRound.InviteAsync(db, round, "Speaks Arabic", language: "ar"));
        var shared = site.Visitor();
        Assert.That(await SpokenAsync(french), Is.EqualTo("fr"));
        Assert.That(await SpokenAsync($"{french}?lang=es"), Is.EqualTo("es"), "Asked for.");
        Assert.That(await SpokenAsync(french), Is.EqualTo("es"), "Chosen before.");
        Assert.That(await SpokenAsync(arabic), Is.EqualTo("ar"), "The next member at this computer.");

        async Task<string> SpokenAsync(string token) => System.Text.RegularExpressions.Regex.Match((await SeenPage.GetAsync(shared, $"/a/{token}")).Html, "<html lang=\"(..)\"").Groups[1].Value;
    }

    [Test]
    public async Task Facts_that_are_filled_in_are_hard_to_leave_unconfirmed_by_accident_and_may_be_left_on_purpose()
    {
        var member = site.Visitor();
        var root = await OpenAsync(member, "Unsure");
        Assert.That((await SeenPage.GetAsync(member, root)).Words, Does.Contain("2 facts filled in, not confirmed yet"));
        var page = await SeenPage.GetAsync(member, $"{root}/q/organisation");
        var back = await page.SendAsync("answers", ("q-umbrella", "yes"), ("sure-country", "yes"), ("then", "next"));
        Assert.Multiple(() =>
        {
            Assert.That(back.Path, Does.StartWith($"{root}/q/organisation?"));
            Assert.That(back.Words, Does.Contain("Is this fact still right?"));
            Assert.That(back.Html, Does.Contain("href=\"#sure-type\"").And.Contain("id=\"sure-type\"").And.Not.Contain("href=\"#sure-country\""));
        });
        Assert.That((await DraftAsync("Unsure")).Select(a => a.Question + "=" + a.Choice), Is.EqualTo(new[] { "country=SN", "umbrella=yes" }), "Everything else is saved.");
        var on = await back.SendAsync("answers", ("then", "next"));
        Assert.That(on.Path, Is.EqualTo($"{root}/q/points/post2015"), "The second time it is meant.");
        Assert.That((await SeenPage.GetAsync(member, root)).Words, Does.Contain("1 fact filled in, not confirmed yet"));
        Assert.That((await SeenPage.GetAsync(member, $"{root}/check")).Html, Does.Contain($"{root}/q/organisation#q-type"));
    }

    [TestCase(ReviewState.Accepted, true)]
    [TestCase(ReviewState.SetAside, false)]
    public async Task Last_years_words_stand_beside_an_answer_only_after_this_years_was_given_and_only_if_they_counted(ReviewState review, bool isShown)
    {
        var name = $"Last year {review}";
        var member = site.Visitor();
        var root = await OpenAsync(member, name);
        await using (var db = site.Open())
        {
            var before = await db.Rounds.SingleOrDefaultAsync(r => r.Slug == "2025") ?? await SampleRound.AddAsync(db, "2025", closesOn: new DateOnly(2025, 5, 31));
            var now = await db.Invitations.SingleAsync(i => i.Name == name);
            var then = new Invitation { RoundId = before.Id, OrganisationId = now.OrganisationId, Name = name, Country = "SN", Region = "africa", Type = "ngo", InvitedAt = before.CreatedAt };
            db.Invitations.Add(then);
            await db.SaveChangesAsync();
            var response = new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = then.Id, RoundId = before.Id, Version = 1, SubmittedAt = before.CreatedAt, StartedAt = before.CreatedAt, ChangedAt = before.CreatedAt, Review = review };
            db.Responses.Add(response);
            await db.SaveChangesAsync();
            db.Answers.AddRange(
                Said("", "umbrella", "yes"), Said("diaspora", "work", "follow"), Said("diaspora", "change", "back-a-lot"),
                Said("diaspora", "example", "", "Nobody listened."));
            await db.SaveChangesAsync();

            Answer Said(string point, string question, string choice, string? text = null) =>
                new() { ResponseId = response.Id, RoundId = before.Id, Region = "africa", Point = point, Question = question, Slot = "", Choice = choice, Text = text };
        }

        var organisation = await SeenPage.GetAsync(member, $"{root}/q/organisation");
        Assert.That(organisation.Fields("answers").Any(f => f.Key == "offered-umbrella"), Is.EqualTo(isShown), "A fact is offered, if it counted.");
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        Assert.That(page.Words, Does.Not.Contain("What you said in 2025").And.Not.Contain("Nobody listened"));
        Assert.That(page.Fields("answers").Select(f => f.Key), Has.None.StartsWith("offered-").And.None.EqualTo("q-work"), "No rating is filled in.");
        page = await page.SendAsync("answers", ("q-work", "directly"), ("q-change", "advanced"), ("then", "stay"));
        Assert.That(page.Words.Contains("What you said in 2025 Gone back a lot", StringComparison.Ordinal), Is.EqualTo(isShown));
        Assert.That(page.Words, Does.Not.Contain("Nobody listened"), "This question has no answer yet.");
    }

    [Test]
    public async Task Finish_saves_what_is_typed_first_and_says_what_is_left_to_do()
    {
        var member = site.Visitor();
        var root = await OpenAsync(member, "Off home");
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        var finished = await page.SendAsync("answers", ("q-work", "directly"), ("q-example", "Typed at last"), ("then", "finish"));
        Assert.Multiple(() =>
        {
            Assert.That(finished.Path, Does.StartWith("/a/finish?"));
            Assert.That(finished.Words, Does.Contain("saved but not sent yet").And.Not.Contain("Off home"));
        });
        Assert.That((await DraftAsync("Off home")).Select(a => a.Text), Does.Contain("Typed at last"));
        Assert.That((await SeenPage.GetAsync(member, root)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Finish_waits_when_what_is_typed_cannot_be_saved()
    {
        var member = site.Visitor();
        var root = await OpenAsync(member, "Too long to leave");
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        var refused = await page.SendAsync("answers", ("q-example", new string('x', 1501)), ("then", "finish"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Words, Does.Contain("This computer is not cleared yet"));
        var finished = await refused.SendAsync("/a/finish");
        Assert.That(finished.Words, Does.Contain("Your session on this computer is closed"));
        Assert.That((await SeenPage.GetAsync(member, root)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_form_of_another_site_does_not_clear_the_browser()
    {
        var member = site.Visitor(followsRedirects: false);
        using var forged = new FormUrlEncodedContent([]);
        var asked = await SeenPage.ReadAsync(member, await member.PostAsync("/a/finish", forged));
        Assert.That(asked.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(asked.Response.Headers.Contains("Clear-Site-Data"), Is.False);
        Assert.That((await asked.SendAsync("/a/finish")).Response.Headers.Contains("Clear-Site-Data"), Is.True, "Pressed on our own page it does.");
    }

    [Test]
    public async Task A_session_ends_with_the_browser_unless_the_member_says_that_the_device_is_theirs()
    {
        await using var other = await SiteHost.StartAsync(Kind);
        string token;
        await using (var db = other.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db, closesOn: new DateOnly(2026, 12, 31)));
        }

        var shared = other.Visitor();
        using var own = new HttpClient(new LastingCookies()) { BaseAddress = other.Address };
        var opened = await other.Visitor(followsRedirects: false).GetAsync($"/a/{token}");
        Assert.That(opened.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("survey-session", StringComparison.Ordinal)), Does.Not.Contain("expires").And.Contain("httponly").And.Contain("samesite=lax"));
        var root = (await SeenPage.GetAsync(shared, $"/a/{token}")).Path;
        var contents = await SeenPage.GetAsync(own, $"/a/{token}");
        contents = await contents.SendAsync("speak", ("then", "own"));
        Assert.That(contents.Words, Does.Contain("90 days"));
        await contents.SendAsync("speak", ("then", "speak-fr"));
        other.Clock.Move(TimeSpan.FromHours(13));
        Assert.That((await shared.GetAsync(root)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        other.Clock.Move(TimeSpan.FromDays(80));
        Assert.That((await own.GetAsync(root)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        other.Clock.Move(TimeSpan.FromDays(80));
        var still = await SeenPage.GetAsync(own, root);
        Assert.That(still.Status, Is.EqualTo(HttpStatusCode.OK), "Each visit begins the 90 days anew, and another language does not end them.");
        await still.SendAsync("speak", ("then", "not-own"));
        other.Clock.Move(TimeSpan.FromHours(13));
        Assert.That((await own.GetAsync(root)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_session_lasts_twelve_hours_after_the_last_page_and_saves_while_typing_do_not_bring_it_back()
    {
        await using var other = await SiteHost.StartAsync(Kind);
        string token;
        await using (var db = other.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db));
        }

        var (busy, idle) = (other.Visitor(), other.Visitor());
        var root = (await SeenPage.GetAsync(busy, $"/a/{token}")).Path;
        await SeenPage.GetAsync(idle, $"/a/{token}");
        other.Clock.Move(TimeSpan.FromHours(5));
        var page = await SeenPage.GetAsync(busy, $"{root}/q/points/diaspora");
        other.Clock.Move(TimeSpan.FromHours(1));
        var saved = await Autosave.SendAsync(busy, page, null, ("q-work", "directly"));
        Assert.That((saved.Status, saved.Response.Headers.Contains("Set-Cookie")), Is.EqualTo((HttpStatusCode.OK, false)), "A late answer after Finish would bring the session back.");
        other.Clock.Move(TimeSpan.FromHours(6.5));
        Assert.That((await idle.GetAsync(root)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "Idle for twelve and a half hours.");
        other.Clock.Move(TimeSpan.FromHours(0.5));
        Assert.That((await busy.GetAsync(root)).StatusCode, Is.EqualTo(HttpStatusCode.OK), "Its last page was eight hours ago.");
    }

    [Test]
    public async Task Another_language_does_not_decide_between_two_texts()
    {
        var (one, two) = (site.Visitor(), site.Visitor());
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, round, "Two texts");
        }

        var root = (await SeenPage.GetAsync(one, $"/a/{token}")).Path;
        await SeenPage.GetAsync(two, $"/a/{token}");
        var (first, second) = (await SeenPage.GetAsync(one, $"{root}/q/points/diaspora"), await SeenPage.GetAsync(two, $"{root}/q/points/diaspora"));
        await first.SendAsync("answers", ("q-example", "The first text"), ("then", "stay"));
        var both = await second.SendAsync("answers", ("q-example", "The second text"), ("then", "stay"));
        Assert.That(both.Status, Is.EqualTo(HttpStatusCode.Conflict));
        var french = await both.SendAsync("answers", ("then", "speak-fr"));
        Assert.That(french.Html, Does.Contain("lang=\"fr\"").And.Contain("The first text").And.Contain("The second text"));
        Assert.That((await DraftAsync("Two texts")).Single(a => a.Question == "example").Text, Is.EqualTo("The first text"));
        await french.SendAsync("answers", ("then", "stay"));
        Assert.That((await DraftAsync("Two texts")).Single(a => a.Question == "example").Text, Is.EqualTo("The second text"), "Saving does.");
    }

    [Test]
    public async Task A_computer_can_be_cleared_where_the_session_is_over()
    {
        var member = site.Visitor(followsRedirects: false);
        foreach (var address in new[] { $"/a/r/{Guid.NewGuid()}", "/a/no-such-link", "/a/new-link?lang=fr" })
        {
            var page = await SeenPage.GetAsync(member, address);
            var cleared = await page.SendAsync("clear");
            Assert.That(cleared.Response.Headers.GetValues("Clear-Site-Data"), Is.EqualTo(new[] { "\"cache\", \"storage\"" }), address);
        }
    }

    [Test]
    public async Task The_receipt_gives_the_moment_of_the_version_that_it_names()
    {
        var member = site.Visitor();
        string token;
        await using var db = site.Open();
        token = await SampleRound.InviteAsync(db, round, "Withdrawn");
        await (await SampleAnswers.GiveAsync(member, token)).SendAsync("send");
        var response = await db.Responses.AsNoTracking().SingleAsync(r => r.Invitation!.Name == "Withdrawn");
        var sent = await db.Submissions.AsNoTracking().SingleAsync(s => s.ResponseId == response.Id);
        // As a consent withdrawn a day later leaves it: a version of its own, while the answers were sent when they were.
        db.Submissions.Add(new Submission { ResponseId = response.Id, Version = 2, Mode = sent.Mode, SubmittedAt = sent.SubmittedAt.AddDays(1), Content = sent.Content, ContentHash = "other" });
        await db.SaveChangesAsync();
        await db.Responses.Where(r => r.Id == response.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Version, 2));
        foreach (var page in new[] { "receipt", "copy", "print" })
        {
            Assert.That((await SeenPage.GetAsync(member, $"/a/r/{response.PublicId}/{page}")).Words, Does.Contain("5 May 2026, 09:"), page);
        }
    }

    [Test]
    public async Task The_print_page_shows_all_answers_and_whether_they_were_sent()
    {
        var member = site.Visitor();
        var root = await OpenAsync(member, "For the file");
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        await page.SendAsync("answers", ("q-work", "follow"), ("q-change", "advanced"), ("q-example", "شبكة FIDH نجحت"), ("then", "next"));
        var print = await SeenPage.GetAsync(member, $"{root}/print");
        Assert.That(print.Words, Does.Contain("For the file").And.Contain("have not been sent yet").And.Contain("Since last year, how has the situation on this point changed where you work?")
            .And.Contain("شبكة FIDH نجحت").And.Contain("Advanced").And.Contain("2026"));
        await using var db = site.Open();
        await db.Responses.Where(r => r.Invitation!.Name == "For the file").ExecuteUpdateAsync(s => s.SetProperty(r => r.Version, 2).SetProperty(r => r.SubmittedAt, SiteHost.Start.UtcDateTime).SetProperty(r => r.SubmittedRevision, r => r.Revision - 1));
        Assert.That((await SeenPage.GetAsync(member, $"{root}/print")).Words, Does.Contain("Version 2, sent on 4 May 2026, 09:00 UTC").And.Contain("changed after that and have not been sent"));
        foreach (var address in new[] { $"{root}/q/organisation", $"{root}/receipt", $"{root}/check", root })
        {
            Assert.That((await SeenPage.GetAsync(member, address)).Words, Does.Contain("You changed something since"), address);
        }
    }

    [Test]
    public async Task A_point_without_work_is_done_with_one_answer_and_what_it_skips_is_kept_but_not_sent()
    {
        var member = site.Visitor();
        var root = await OpenAsync(member, "Skipping");
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        page = await page.SendAsync("answers", ("q-work", "directly"), ("q-example", "Kept for later"), ("then", "stay"));
        await page.SendAsync("answers", ("q-work", "no"), ("then", "next"));
        var check = await SeenPage.GetAsync(member, $"{root}/check");
        Assert.That(check.Words, Does.Contain("1 answer is saved but will not be sent").And.Not.Contain("Kept for later"));
        Assert.That((await DraftAsync("Skipping")).Select(a => a.Text), Does.Contain("Kept for later"));
        Assert.That((await SeenPage.GetAsync(member, root)).Words, Does.Contain("1 of 10 parts done"));
    }

    private static readonly TestCaseData[] BadForms =
    [
        new TestCaseData("several answers where one is allowed", new[] { ("q-work", "directly"), ("q-work", "no") }, "choose only one") { TestName = "Several_answers_where_one_is_allowed" },
        new TestCaseData("choices of a scale that does not have them", new[] { ("q-change", "advanced' OR 1=1") }, "not one of those that can be chosen") { TestName = "An_unknown_step_of_a_scale" },
        new TestCaseData("too many", new[] { ("q-barriers", "funding"), ("q-barriers", "data"), ("q-barriers", "law"), ("q-barriers", "other") }, "choose at most 3") { TestName = "Too_many_choices" },
        new TestCaseData("a consent of another kind", new[] { ("q-consent", "always") }, "not one of those that can be chosen") { TestName = "An_unknown_consent" },
        // 1501 code points, of two UTF-16 units each.
        new TestCaseData("too long", new[] { ("q-example", string.Concat(Enumerable.Repeat("😀", 1501))) }, "at most 1,500 characters fit; this has 1,501") { TestName = "A_text_too_long_by_one_code_point" },
    ];

    [TestCaseSource(nameof(BadForms))]
    public async Task Bad_input(string name, (string, string)[] typed, string words)
    {
        var member = site.Visitor();
        var root = await OpenAsync(member, name);
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        var refused = await PostAsync(member, page, typed);
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Words, Does.Contain(words).And.Contain("Nothing you typed is lost"));
        Assert.That(await DraftAsync(name), Is.Empty);
    }

    [Test]
    public async Task Forged_fields_and_odd_bytes_store_nothing_that_the_questionnaire_does_not_allow()
    {
        var member = site.Visitor();
        var root = await OpenAsync(member, "Forger");
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        // Questions of other pages and unknown ones are passed over; a text of 1500 code points just fits.
        var saved = await PostAsync(member, page, ("on", "country"), ("q-country", "FR"), ("on", "nothing"), ("q-nothing", "x"), ("ResponseId", "1"), ("q-example", string.Concat(Enumerable.Repeat("😀", 1500))));
        Assert.That(saved.Status, Is.EqualTo(HttpStatusCode.OK), saved.Words);
        var draft = await DraftAsync("Forger");
        Assert.That(draft.Select(a => a.Question), Is.EqualTo(new[] { "example" }));
        Assert.That(draft[0].Text, Does.StartWith("😀"));

        // No browser sends NUL; it goes, as it does in a save while typing.
        page = await SeenPage.GetAsync(member, page.Path);
        Assert.That((await PostAsync(member, page, ("q-example", "a\0b"))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await DraftAsync("Forger"))[0].Text, Is.EqualTo("ab"));

        // Bytes that are no UTF-8 would be stored as other characters: the form is refused whole, and what can be read of it is shown again.
        var fields = string.Join('&', page.Fields("answers").Where(f => f.Key is not ("q-example" or "based-on")).Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
        using var odd = new ByteArrayContent([.. Encoding.ASCII.GetBytes(fields + "&then=stay&q-example=before%FF%C0"), 0xFF, .. "after"u8]);
        odd.Headers.ContentType = new("application/x-www-form-urlencoded");
        var answered = await SeenPage.ReadAsync(member, await member.PostAsync(page.Path, odd));
        Assert.That(answered.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answered.Words, Does.Contain("This could not be read").And.Contain("before").And.Contain("after").And.Not.Contain("Save what I typed"));
        Assert.That((await DraftAsync("Forger"))[0].Text, Is.EqualTo("ab"), "Nothing is changed.");
        Assert.That((await SeenPage.GetAsync(member, $"{root}/q/points/nowhere")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_link_can_be_looked_at_any_number_of_times_and_nothing_of_it_is_passed_on()
    {
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, round, "Scanned");
        }

        var scanner = site.Visitor(followsRedirects: false);
        for (var i = 0; i < 3; i++)
        {
            foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get })
            {
                using var request = new HttpRequestMessage(method, $"/a/{token}");
                var answer = await scanner.SendAsync(request);
                Assert.Multiple(() =>
                {
                    Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
                    Assert.That(answer.Headers.Location!.OriginalString, Does.StartWith("/a/r/").And.Not.Contain(token));
                    Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
                    Assert.That(answer.Headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("no-referrer"));
                });
            }
        }

        await using var after = site.Open();
        Assert.That(await after.Responses.AnyAsync(r => r.Invitation!.Name == "Scanned"), Is.False);
    }

    /// <summary>A browser by the site's clock: it keeps cookies whatever their date says, because their dates are those of the test, and follows redirects.</summary>
    private sealed class LastingCookies() : DelegatingHandler(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        private readonly Dictionary<string, string> cookies = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
            {
                var pair = set.Split(';')[0].Split('=', 2);
                cookies[pair[0]] = pair[1];
            }

            return answer.StatusCode is HttpStatusCode.Redirect ? await SendAsync(new(HttpMethod.Get, new Uri(request.RequestUri!, answer.Headers.Location!)), cancellationToken) : answer;
        }
    }

    private static async Task<SeenPage> PostAsync(HttpClient member, SeenPage page, params (string Name, string Value)[] typed)
    {
        var fields = page.Fields("answers").Where(f => typed.All(t => t.Name != f.Key || f.Key == "on")).Concat(typed.Select(t => KeyValuePair.Create(t.Name, t.Value)));
        using var content = new FormUrlEncodedContent(fields);
        return await SeenPage.ReadAsync(member, await member.PostAsync(page.Path, content));
    }
}
