using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Rounds;
using Survey.Web.Templates;

namespace Survey.IntegrationTests.Site;

/// <summary>A round's life in the office: started, opened, its last day moved, closed, opened again and frozen, by people and by the clock.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class RoundPagesTests(DatabaseKind kind)
{
    private SiteHost site = null!;

    [SetUp]
    public async Task StartAsync() => site = await SiteHost.StartAsync(kind);

    [TearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}-{Guid.NewGuid():N}@office.example", role));
        return person;
    }

    private async Task MemberAsync(string country = "SN")
    {
        await using var db = site.Open();
        db.Organisations.Add(new Organisation { Code = $"org-{Guid.NewGuid():N}", Name = "Horizons solidaires", NameFolded = FoldedText.Of("Horizons solidaires"), Country = country, Type = "ngo", Language = "fr", CreatedAt = SiteHost.Start.UtcDateTime });
        await db.SaveChangesAsync();
    }

    private async Task<SurveyRound> RoundAsync(string slug = "2026")
    {
        await using var db = site.Open();
        return await db.Rounds.AsNoTracking().SingleAsync(r => r.Slug == slug);
    }

    private async Task<List<(string Actor, string Action, string? Details)>> AuditAsync()
    {
        await using var db = site.Open();
        var entries = await db.AuditEntries.Where(a => a.Subject == "round:2026").OrderBy(a => a.Id).Select(a => new { a.Actor, a.Action, Details = a.Detail == null ? null : a.Detail.Content }).ToListAsync();
        return entries.ConvertAll(e => (e.Actor.Split(':')[0], e.Action, e.Details));
    }

    private async Task AddAsync(string slug = "2026", bool opens = false, DateOnly? closesOn = null)
    {
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db, slug, opens, closesOn);
        // What a round has that was created as people create it; without its logos it does not open.
        foreach (var picture in TemplateFolder.Open(Repository.Templates).Bundle(slug, "made-8-point", "made-2026", "default", []).Value!.Templates.Where(t => t.Kind == TemplateKinds.Picture))
        {
            round.Templates.Add(picture);
        }

        await db.SaveChangesAsync();
    }

    [Test]
    public async Task A_planned_round_can_be_thrown_away_and_its_name_is_free_again()
    {
        await AddAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, "/office/rounds/2026/change/discard");
        Assert.That(page.Words, Does.Contain("Nobody was invited and no answer is lost."));
        await page.SendAsync("change", ("reason", "The wrong plan"));
        await using (var db = site.Open())
        {
            Assert.That((await db.Rounds.CountAsync(), await db.Rounds.SelectMany(r => r.Templates).CountAsync()), Is.EqualTo((0, 0)));
        }

        Assert.That(await AuditAsync(), Has.One.EqualTo(("office", "round.discard", "The wrong plan")));
        await AddAsync(opens: true);
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2026/change/discard")).Words, Does.Not.Contain("Throw it away"), "An open one has answers.");
        Assert.That((await page.SendAsync("change")).Status, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Only_who_may_edit_changes_a_round_and_only_a_publisher_freezes_it()
    {
        await AddAsync(opens: true);
        string[] pages = ["/office/rounds/2026/changes", "/office/rounds/new", "/office/rounds/2026/change/dates", "/office/rounds/2026/change/close", "/office/rounds/2026/change/freeze"];
        var expected = new Dictionary<string, int[]>
        {
            [OfficeRoles.Reader] = [200, 403, 403, 403, 403],
            [OfficeRoles.Editor] = [200, 200, 200, 200, 403],
            [OfficeRoles.Publisher] = [200, 200, 200, 200, 200],
            [OfficeRoles.Administrator] = [200, 200, 200, 200, 200],
        };
        foreach (var (role, answers) in expected)
        {
            var person = await PersonAsync(role);
            var token = (await SeenPage.GetAsync(person, "/office")).Fields("/office/sign-out");
            for (var i = 0; i < pages.Length; i++)
            {
                Assert.That((int)(await person.GetAsync(pages[i])).StatusCode, Is.EqualTo(answers[i]), $"{role} {pages[i]}");
                if (answers[i] == 403)
                {
                    using var form = new FormUrlEncodedContent([.. token, new("reason", "x"), new("day", "2026-06-30")]);
                    Assert.That((await person.PostAsync(pages[i], form)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), $"{role} {pages[i]}");
                }
            }
        }

        var reader = await PersonAsync(OfficeRoles.Reader);
        Assert.That((await SeenPage.GetAsync(reader, "/office/rounds/2026")).Html, Does.Not.Contain("/change/"));
        Assert.That((await SeenPage.GetAsync(reader, "/office")).Html, Does.Not.Contain("/office/rounds/new"));
        Assert.That((await RoundAsync()).State, Is.EqualTo(RoundState.Open));
    }

    [Test]
    public async Task A_new_office_is_led_to_its_first_round_and_creates_it_in_three_steps()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        var office = await SeenPage.GetAsync(editor, "/office");
        Assert.That(office.Html, Does.Contain("href=\"/office/rounds/new\""));
        Assert.That(office.Words, Does.Contain("Nothing is sent before the last one"));

        var first = await SeenPage.GetAsync(editor, "/office/rounds/new");
        Assert.That(first.Fields("what").First(f => f.Key == "round").Value, Is.EqualTo("2026"), "The year by the clock.");
        Assert.That(first.Words, Does.Contain("Annual member survey 2026: 17 questions").And.Contain("8-point Plan of Action (8 points)").And.Contain("Annual member survey 2025 ( made-2025 ): new or changed in 2025: Size"), "Titles, and what tells one from another.");
        var second = await first.FollowAsync("what", ("with", "xenophobia"), ("questionnaire", "made-2026"));
        Assert.That(second.Words, Does.Contain("Step 2 of 3"), second.Words);
        var third = await second.FollowAsync("when", ("opens", "2026-05-10"), ("closes", "2026-06-30"));
        // The day begins first in UTC+14 and ends last in UTC-12.
        Assert.That(third.Words, Does.Contain("9 May 2026, 10:00 UTC").And.Contain("1 July 2026, 12:00 UTC").And.Contain("everywhere on earth"));
        await using (var db = site.Open())
        {
            Assert.That(await db.Rounds.CountAsync(), Is.Zero, "Nothing is created before the last step.");
        }

        var created = await third.SendAsync("create");
        Assert.That(created.Path, Does.StartWith("/office/rounds/2026"), created.Words);
        var round = await RoundAsync();
        Assert.That((round.State, round.OptionalPoints, round.OpensOn, round.ClosesAt, round.IsPilot),
            Is.EqualTo((RoundState.Planned, "xenophobia", new DateOnly(2026, 5, 10), new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc), false)));
        var again = await third.SendAsync("create");
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(again.Words, Does.Contain("There is a round of this name already"));
        Assert.That((await AuditAsync()).Select(a => (a.Actor, a.Action)), Is.EqualTo(new[] { ("office", "round.create") }));
    }

    [Test]
    public async Task The_rounds_page_has_the_order_of_the_year()
    {
        await AddAsync();
        await MemberAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var planned = await SeenPage.GetAsync(editor, "/office/rounds/2026");
        Assert.That(planned.Words, Does.Contain("1 organisation will be in this round when it opens. 1 of them cannot be reached by mail.").And.Contain("Blank questionnaire").And.Not.Contain("Responses by region").And.Not.Contain("Make the report"));
        var open = await SeenPage.GetAsync(editor, "/office/rounds/2026/change/open");
        Assert.That(open.Words, Does.Contain("1 of them cannot be reached by mail."));
        var page = await open.SendAsync("change");
        var order = new[] { "Invite and remind members", "Responses by region", "Report versions", "Make the report" }.Select(w => page.Words.IndexOf(w, StringComparison.Ordinal)).ToList();
        Assert.That((order.All(o => o > 0), order), Is.EqualTo((true, order.Order().ToList())), page.Words);
        Assert.That(page.Words, Does.Match(@"All regions 0%"));
        await (await SeenPage.GetAsync(editor, "/office/rounds/2026/change/close")).SendAsync("change", ("reason", "Enough"));
        var closed = await SeenPage.GetAsync(editor, "/office/rounds/2026");
        Assert.That(closed.Words, Does.Not.Contain("Invite and remind members"));
    }

    [Test]
    public async Task The_next_round_begins_with_last_years_choices()
    {
        await using (var db = site.Open())
        {
            var last = await SampleRound.AddAsync(db, "2025", opens: true, closesOn: new DateOnly(2025, 6, 15));
            (last.OpensOn, last.OptionalPoints) = (new DateOnly(2025, 5, 1), "xenophobia");
            await db.SaveChangesAsync();
        }

        var first = await SeenPage.GetAsync(await PersonAsync(OfficeRoles.Editor), "/office/rounds/new");
        var fields = first.Fields("what").Where(f => f.Key is not "step").Select(f => $"{f.Key}={f.Value}");
        Assert.That(fields, Is.SupersetOf(new[] { "round=2026", "plan=made-8-point", "questionnaire=made-2026", "with=xenophobia", "pilot=false", "opens=2026-05-01", "closes=2026-06-15" }));
        var pilot = await (await first.FollowAsync("what", ("pilot", "true"))).FollowAsync("when", ("closes", ""), ("opens", ""));
        await pilot.SendAsync("create");
        Assert.That((await RoundAsync("2026-pilot")).IsPilot);
    }

    [TestCase("round", "Two Words", "This cannot be the name", 1)]
    [TestCase("round", "new", "This cannot be the name", 1)]
    [TestCase("round", "2025", "There is a round of this name already", 1)]
    [TestCase("plan", "none", "Choose one from the list", 1)]
    [TestCase("questionnaire", "../network", "Choose one from the list", 1)]
    [TestCase("opens", "1 May", "Give a day as year", 2)]
    [TestCase("closes", "2026-05-09", "The last day is before the first", 2)]
    [TestCase("closes", "2026-02-30", "Give a day as year", 2)]
    public async Task A_wrong_choice_leads_back_to_its_step_with_what_was_chosen(string field, string value, string words, int step)
    {
        await AddAsync("2025", opens: true);
        var editor = await PersonAsync(OfficeRoles.Editor);
        var chosen = new Dictionary<string, string> { ["round"] = "2026", ["plan"] = "made-8-point", ["questionnaire"] = "made-2026", ["regions"] = "default", ["opens"] = "2026-05-10", ["closes"] = "2026-06-30", ["step"] = "3", [field] = value };
        var page = await SeenPage.GetAsync(editor, "/office/rounds/new?" + string.Join('&', chosen.Select(c => $"{c.Key}={Uri.EscapeDataString(c.Value)}")));
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(page.Words, Does.Contain(words).And.Contain($"Step {step} of 3"));
        var kept = page.Fields(step == 1 ? "what" : "when").Select(f => $"{f.Key}={f.Value}").ToList();
        Assert.That(kept, Does.Contain(field is "plan" or "questionnaire" ? "round=2026" : $"{field}={value}").And.Contain(field == "closes" ? "opens=2026-05-10" : "closes=2026-06-30"));
    }

    [Test]
    public async Task The_first_day_of_a_planned_round_can_be_moved_and_taken_away()
    {
        await AddAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var days = await SeenPage.GetAsync(editor, "/office/rounds/2026/change/first-day");
        Assert.That((await days.SendAsync("change", ("day", "2026-06-01"))).Words, Does.Contain("The first day is after the last."));
        Assert.That((await days.SendAsync("change", ("day", "2026-05-02"))).Words, Does.Contain("The first day is over already."));
        var moved = await days.SendAsync("change", ("day", "2026-05-10"), ("reason", "Translation"));
        Assert.That(moved.Words, Does.Contain("The first day has been changed.").And.Contain("Opens by itself on 9 May 2026, 10:00 UTC"));
        Assert.That((await RoundAsync()).OpensOn, Is.EqualTo(new DateOnly(2026, 5, 10)));
        await using (var db = site.Open())
        {
            var opened = await RoundOpening.OpenAsync(db, (await RoundAsync()).Id, OpeningFor.Members, RoundClock.Actor, SiteHost.Start.UtcDateTime, CancellationToken.None);
            Assert.That(opened.Problems.Select(p => p.Code), Is.EqualTo(new[] { RoundSteps.LateCode }), "The clock, which read the day before it was moved.");
        }

        Assert.That((await (await SeenPage.GetAsync(editor, "/office/rounds/2026/change/first-day")).SendAsync("change", ("day", ""))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await RoundAsync()).OpensOn, Is.Null, "The office opens by hand.");
        Assert.That(await AuditAsync(), Is.EqualTo(new (string, string, string?)[] { ("office", "round.move-open", "2026-05-10: Translation"), ("office", "round.move-open", "no day") }));
    }

    [Test]
    public async Task The_first_day_of_a_round_that_is_open_is_not_moved_and_the_page_says_so()
    {
        await AddAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var form = await SeenPage.GetAsync(editor, "/office/rounds/2026/change/first-day");
        await using (var db = site.Open())
        {
            await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RoundState.Open).SetProperty(r => r.OpenedAt, SiteHost.Start.UtcDateTime).SetProperty(r => r.OpensOn, new DateOnly(2026, 5, 4)));
        }

        foreach (var late in new[] { await form.SendAsync("change", ("day", "2026-05-10")), await SeenPage.GetAsync(editor, "/office/rounds/2026/change/first-day") })
        {
            Assert.That(late.Words, Does.Contain("Nothing was changed: the round is open now. Somebody else, or the clock, was quicker."), late.Words);
        }

        Assert.That((await form.SendAsync("change", ("day", "2026-05-10"))).Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(((await RoundAsync()).OpensOn, (await AuditAsync()).Count), Is.EqualTo((new DateOnly(2026, 5, 4), 0)));
    }

    [Test]
    public async Task A_round_goes_through_its_life_with_each_step_audited()
    {
        await AddAsync();
        await MemberAsync();
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        var open = await SeenPage.GetAsync(publisher, "/office/rounds/2026/change/open");
        Assert.That(open.Words, Does.Contain("1 organisation becomes the population").And.Contain("1 June 2026, 12:00 UTC"));
        Assert.That((await open.SendAsync("change")).Words, Does.Contain("The round is open."));

        var dates = await SeenPage.GetAsync(publisher, "/office/rounds/2026/change/dates");
        Assert.That(dates.Fields("change").First(f => f.Key == "day").Value, Is.EqualTo("2026-05-31"));
        Assert.That((await dates.SendAsync("change", ("day", "2026-05-02"))).Words, Does.Contain("over already"));
        await dates.SendAsync("change", ("day", "2026-06-10"), ("reason", "Ramadan"));
        Assert.That((await RoundAsync()).ClosesAt, Is.EqualTo(new DateTime(2026, 6, 11, 12, 0, 0, DateTimeKind.Utc)));

        var close = await SeenPage.GetAsync(publisher, "/office/rounds/2026/change/close");
        var without = await close.SendAsync("change");
        Assert.That(without.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(without.Html, Does.Contain("href=\"#reason\""));
        await close.SendAsync("change", ("reason", "All have answered"));

        var reopen = await SeenPage.GetAsync(publisher, "/office/rounds/2026/change/reopen");
        Assert.That((await reopen.SendAsync("change", ("reason", "Storm"))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "Until when?");
        await reopen.SendAsync("change", ("reason", "Storm"), ("day", "2026-05-20"));
        var again = await RoundAsync();
        Assert.That((again.State, again.ClosedAt, again.ClosesOn), Is.EqualTo((RoundState.Open, (DateTime?)null, new DateOnly(2026, 5, 20))));
        Assert.That(again.IsOpenAt(SiteHost.Start.UtcDateTime));

        await (await SeenPage.GetAsync(publisher, "/office/rounds/2026/change/close")).SendAsync("change", ("reason", "Done"));
        await using (var db = site.Open())
        {
            await db.Invitations.OrderBy(i => i.Id).Take(1).ExecuteUpdateAsync(s => s.SetProperty(i => i.ReopenedUntil, SiteHost.Start.UtcDateTime.AddDays(2)));
        }

        var freeze = await SeenPage.GetAsync(publisher, "/office/rounds/2026/change/freeze");
        Assert.That(freeze.Words, Does.Match("[A-Z].* may still answer until 6 May 2026.*Freezing ends that at once"), "Who is cut off is named.");
        Assert.That(freeze.Words, Does.Contain("cannot be undone").And.Contain("may still save until"), "It was closed a moment ago.");
        Assert.That((await freeze.SendAsync("change")).Words, Does.Contain("Frozen: data as of").And.Not.Contain("Open again"));
        Assert.That((await RoundAsync()).FrozenAt, Is.Not.Null);
        Assert.That(await AuditAsync(), Is.EqualTo(new (string, string, string?)[]
        {
            ("office", "round.open", null), ("office", "round.move-close", "2026-06-10: Ramadan"), ("office", "round.close", "All have answered"),
            ("office", "round.reopen", "2026-05-20: Storm"), ("office", "round.close", "Done"), ("office", "round.freeze", null),
        }));
    }

    [Test]
    public async Task Of_many_clicks_at_once_one_opens_the_round_and_the_others_are_told()
    {
        await AddAsync();
        await MemberAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, "/office/rounds/2026/change/open");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => page.SendAsync("change")));
        Assert.That(answers.Count(a => a.Status == HttpStatusCode.OK), Is.EqualTo(1), string.Join('\n', answers.Select(a => a.Status)));
        var late = answers.Where(a => a.Status == HttpStatusCode.Conflict).ToList();
        Assert.That(late, Has.Count.EqualTo(4));
        Assert.That(late[0].Words, Does.Contain("Nothing was changed: the round is open now"));
        await using var db = site.Open();
        Assert.That(await db.Invitations.CountAsync(), Is.EqualTo(1));
        Assert.That((await AuditAsync()).Count(a => a.Action == "round.open"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_stands_in_the_way_of_opening_is_listed_and_nothing_opens()
    {
        await AddAsync("2025", opens: true);
        await using (var db = site.Open())
        {
            await db.Rounds.Where(r => r.Slug == "2025").ExecuteUpdateAsync(s => s.SetProperty(r => r.OpensOn, new DateOnly(2025, 5, 1)));
            var planned = await SampleRound.AddAsync(db, "2026", opens: false);
            var asked = planned.Templates.Single(t => t.Kind == TemplateKinds.Questionnaire);
            db.RoundTemplates.Remove(asked);
            await db.SaveChangesAsync();
            planned.Templates.Add(RoundTemplate.Of(TemplateKinds.Questionnaire, asked.Name, asked.Content.Replace("how has the situation on this point changed where you work?", "has anything become better on this point where you work?", StringComparison.Ordinal)));
            await db.SaveChangesAsync();
        }

        var editor = await PersonAsync(OfficeRoles.Editor);
        var token = (await SeenPage.GetAsync(editor, "/office")).Fields("/office/sign-out");
        var page = await SeenPage.GetAsync(editor, "/office/rounds/2026/change/open");
        Assert.That(page.Words, Does.Contain("It cannot open yet").And.Contain("The wording of 'change' differs"));
        Assert.That(page.Html, Does.Not.Contain("<form method=\"post\" action=\"/office/rounds/2026/change/open\""));
        using var form = new FormUrlEncodedContent(token);
        Assert.That((await editor.PostAsync("/office/rounds/2026/change/open", form)).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await RoundAsync()).State, Is.EqualTo(RoundState.Planned));

        var changes = await SeenPage.GetAsync(editor, "/office/rounds/2026/changes");
        Assert.That(changes.Words, Does.Contain("Compared with round 2025").And.Contain("change not declared (1)").And.Contain("as before"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2025/changes")).Words, Does.Contain("no earlier round"));
    }

    [Test]
    public async Task A_round_opens_and_closes_by_itself_at_its_moments()
    {
        await AddAsync();
        await MemberAsync();
        await using (var db = site.Open())
        {
            await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.OpensOn, new DateOnly(2026, 5, 6)));
        }

        // 4 May 9:00 is a day and an hour before 6 May begins in UTC+14.
        await site.LookAsync(RoundClock.TaskName);
        Assert.That((await RoundAsync()).State, Is.EqualTo(RoundState.Planned));
        site.Clock.Move(TimeSpan.FromHours(25));
        await site.LookAsync(RoundClock.TaskName);
        await site.LookAsync(RoundClock.TaskName);
        Assert.That((await RoundAsync()).State, Is.EqualTo(RoundState.Open));
        await using (var db = site.Open())
        {
            var stored = await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync();
            var definition = RoundDefinition.Of(stored);
            var now = site.Clock.GetUtcNow().UtcDateTime;
            var cube = await EditionSource.CubeAsync(db, stored, definition, now, CancellationToken.None);
            Assert.That((await EditionSource.InputOfAsync(db, stored, definition, cube, 1, [], now, CancellationToken.None)).Facts.OpenedOn, Is.EqualTo(new DateOnly(2026, 5, 6)), "The report prints the day that was set, which began at 10:00 UTC of the day before.");
        }

        site.Clock.Move(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero) - site.Clock.GetUtcNow());
        await site.LookAsync(RoundClock.TaskName);
        await site.LookAsync(RoundClock.TaskName);
        Assert.That((await RoundAsync()).State, Is.EqualTo(RoundState.Closed));
        Assert.That(await AuditAsync(), Is.EqualTo(new (string, string, string?)[] { ("job", "round.open", null), ("job", "round.close", null) }));
    }

    [Test]
    public async Task A_round_that_cannot_open_at_its_moment_says_so_until_it_can()
    {
        await AddAsync();
        await MemberAsync(country: "ZZ");
        await using (var db = site.Open())
        {
            await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.OpensOn, new DateOnly(2026, 5, 4)));
        }

        await site.LookAsync(RoundClock.TaskName);
        await site.LookAsync(RoundClock.TaskName);
        Assert.That((await RoundAsync()).State, Is.EqualTo(RoundState.Planned));
        Assert.That(await AuditAsync(), Is.EqualTo(new (string, string, string?)[] { ("job", "round.not-opened", "2026-05-04: round.no-region") }));
        var reader = await PersonAsync(OfficeRoles.Reader);
        Assert.That((await SeenPage.GetAsync(reader, "/office")).Words, Does.Contain("Round 2026 could not open on its day"));
        Assert.That((await SeenPage.GetAsync(reader, "/office/rounds/2026")).Words, Does.Contain("was to open on 3 May 2026, 10:00 UTC").And.Contain("(ZZ)"));

        await using (var db = site.Open())
        {
            await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.Country, "SN"));
        }

        await site.LookAsync(RoundClock.TaskName);
        Assert.That((await RoundAsync()).State, Is.EqualTo(RoundState.Open));
        Assert.That((await SeenPage.GetAsync(reader, "/office")).Words, Does.Not.Contain("could not open"));
    }

    [Test]
    public async Task A_step_from_the_wrong_state_and_an_unknown_one_change_nothing()
    {
        await AddAsync(opens: true);
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        Assert.That((await publisher.GetAsync("/office/rounds/2026/change/explode")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await publisher.GetAsync("/office/rounds/1999/change/open")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var token = (await SeenPage.GetAsync(publisher, "/office")).Fields("/office/sign-out");
        foreach (var step in new[] { "open", "reopen", "freeze" })
        {
            using var form = new FormUrlEncodedContent([.. token, new("day", "2026-06-30"), new("reason", "x")]);
            Assert.That((await publisher.PostAsync($"/office/rounds/2026/change/{step}", form)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict), step);
        }

        Assert.That((await RoundAsync()).State, Is.EqualTo(RoundState.Open));
        Assert.That(await AuditAsync(), Is.Empty);
    }
}
