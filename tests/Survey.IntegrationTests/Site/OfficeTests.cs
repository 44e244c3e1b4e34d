using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Offices;
using Survey.Domain.Responses;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The office behind its log-in.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class OfficeTests(DatabaseKind kind)
{
    private SiteHost site = null!;
    private EditionVersion draft = null!;
    private long run;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind, isDemo: true);
        await using var db = site.Open();
        var round = await SampleRound.AddAsync(db);
        await SampleRound.InviteAsync(db, round);
        draft = await StoredEdition.AddAsync(db, round, isPublished: false);
        run = draft.RunId;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}-{Guid.NewGuid():N}@office.example", role));
        return person;
    }

    [Test]
    public async Task A_set_up_link_works_once_and_signing_in_asks_for_both_steps()
    {
        string token;
        await using (var db = site.Open())
        {
            token = await OfficePeople.AddAsync(db, "new@office.example", OfficeRoles.Editor);
        }

        var (key, codes) = await OfficePeople.SetUpAsync(site.Visitor(), token);
        Assert.That(codes, Has.Count.EqualTo(10));
        Assert.That((await site.Visitor().GetAsync($"/office/set-up/{token}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        var person = site.Visitor();
        var page = await SeenPage.GetAsync(person, "/office/rounds/2026");
        Assert.That(page.Path, Does.StartWith("/office/sign-in"));
        page = await page.SendAsync("/office/sign-in?lang=en", ("Email", "new@office.example"), ("Password", OfficePeople.Password));
        Assert.That(page.Path, Does.StartWith("/office/sign-in/code"), page.Words);
        Assert.That((await SeenPage.GetAsync(person, "/office")).Path, Does.StartWith("/office/sign-in"), "The password alone opens nothing.");
        page = await page.SendAsync("/office/sign-in/code?lang=en", ("Code", OfficePeople.Code(key)));
        Assert.That(page.Path, Is.EqualTo("/office/rounds/2026"), page.Words);

        var later = site.Visitor();
        page = await (await SeenPage.GetAsync(later, "/office/sign-in")).SendAsync("/office/sign-in?lang=en", ("Email", "new@office.example"), ("Password", OfficePeople.Password));
        page = await page.SendAsync("/office/sign-in/code?lang=en", ("Code", codes[0]));
        Assert.That(page.Path, Is.EqualTo("/office"), "A recovery code opens too.");
    }

    [Test]
    public async Task A_wrong_password_says_the_same_as_an_unknown_address()
    {
        var visitor = site.Visitor();
        var unknown = await (await SeenPage.GetAsync(visitor, "/office/sign-in")).SendAsync("/office/sign-in?lang=en", ("Email", "nobody@office.example"), ("Password", "x"));
        Assert.That(unknown.Words, Does.Contain("do not fit"));
        Assert.That(unknown.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));

        string unfinished;
        await using (var db = site.Open())
        {
            await OfficePeople.SetUpAsync(site.Visitor(), await OfficePeople.AddAsync(db, "known@office.example", OfficeRoles.Editor));
            unfinished = await OfficePeople.AddAsync(db, "unfinished@office.example", OfficeRoles.Editor);
        }

        Assert.That(unfinished, Is.Not.Empty);
        foreach (var (email, password) in new[] { ("known@office.example", "not the four words"), ("unfinished@office.example", OfficePeople.Password) })
        {
            var wrong = await (await SeenPage.GetAsync(visitor, "/office/sign-in")).SendAsync("/office/sign-in?lang=en", ("Email", email), ("Password", password));
            Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), email);
            Assert.That(wrong.Words, Is.EqualTo(unknown.Words), email);
        }

        var right = await (await SeenPage.GetAsync(visitor, "/office/sign-in")).SendAsync("/office/sign-in?lang=en", ("Email", "known@office.example"), ("Password", OfficePeople.Password));
        Assert.That(right.Path, Does.StartWith("/office/sign-in/code"), "Only the password was wrong.");
    }

    [Test]
    public async Task An_editor_starts_a_run_once_and_stops_it()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        var round = await SeenPage.GetAsync(editor, "/office/rounds/2026");
        var started = await round.SendAsync("/office/rounds/2026");
        Assert.That(started.Path, Does.StartWith("/office/runs/"), started.Words);
        Assert.That(started.Words, Does.Contain("waiting"));
        Assert.That((await round.SendAsync("/office/rounds/2026")).Path, Is.EqualTo(started.Path), "A second click starts nothing.");
        var stopped = await started.SendAsync(started.Path);
        Assert.That(stopped.Words, Does.Contain("is being stopped"));
        await using var db = site.Open();
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "run.cancel"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_reader_can_neither_start_a_run_nor_decide_on_quotes()
    {
        var reader = await PersonAsync(OfficeRoles.Reader);
        Assert.That((await SeenPage.GetAsync(reader, "/office/rounds/2026")).Html, Does.Not.Contain("name=\"languages\"").And.Not.Contain("/office/quotes"));
        var form = (await SeenPage.GetAsync(reader, "/office")).Fields("/office/sign-out");
        foreach (var (address, field) in new[] { ("/office/rounds/2026", "languages"), ("/office/quotes", "id"), ($"/office/runs/{run}", "x"), ($"/office/editions/{draft.Id}/publish", "x") })
        {
            using var content = new FormUrlEncodedContent([.. form, new(field, field == "id" ? "1" : "en")]);
            Assert.That((await reader.PostAsync(address, content)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), address);
        }
    }

    [Test]
    public async Task A_publisher_is_told_what_will_happen_and_publishes_once()
    {
        await using var db = site.Open();
        var other = await SampleRound.AddAsync(db, "2024");
        var version = await StoredEdition.AddAsync(db, other, isPublished: false);
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        Assert.That((await site.Visitor().GetAsync("/reports/2024/v1/en")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var confirm = await SeenPage.GetAsync(publisher, $"/office/editions/{version.Id}/publish");
        Assert.That(confirm.Words, Does.Contain("never change"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => confirm.SendAsync($"/office/editions/{version.Id}/publish", ("unreviewed", "true"))));
        Assert.That(answers.Count(a => a.Status == HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(answers.Count(a => a.Status == HttpStatusCode.Conflict), Is.EqualTo(4));
        Assert.That((await site.Visitor().GetAsync("/reports/2024/v1/en")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "edition.publish" && a.Subject == "edition:2024/v1"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_version_after_the_first_says_what_it_corrects_and_so_do_the_pages_of_all_versions()
    {
        await using var db = site.Open();
        var other = await SampleRound.AddAsync(db, "2023");
        await StoredEdition.AddAsync(db, other);
        var second = await StoredEdition.AddAsync(db, other, isPublished: false, number: 2);
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        var confirm = await SeenPage.GetAsync(publisher, $"/office/editions/{second.Id}/publish");
        var refused = await confirm.SendAsync("publish", ("unreviewed", "true"), ("erratum", "  "));
        Assert.That((refused.Status, refused.Html.Contains("id=\"erratum-problem\"", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        Assert.That((await refused.SendAsync("publish", ("unreviewed", "true"), ("erratum", new string('x', 2001)))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await db.EditionVersions.AsNoTracking().Where(v => v.Id == second.Id).Select(v => v.Number).SingleAsync(), Is.Null);
        await refused.SendAsync("publish", ("unreviewed", "true"), ("erratum", "The map showed <Kosovo> in the wrong colour."));
        foreach (var address in new[] { "/reports/2023/v1/en", "/reports/2023/v2/en" })
        {
            Assert.That((await SeenPage.GetAsync(site.Visitor(), address)).Words, Does.Contain("The map showed <Kosovo> in the wrong colour."), address);
        }

        // A first version corrects nothing and is not asked.
        Assert.That((await SeenPage.GetAsync(publisher, $"/office/editions/{(await StoredEdition.AddAsync(db, await SampleRound.AddAsync(db, "2022"), isPublished: false)).Id}/publish")).Html, Does.Not.Contain("id=\"erratum\""));
    }

    [Test]
    public async Task The_office_sees_that_a_version_was_withdrawn()
    {
        await using var db = site.Open();
        var other = await SampleRound.AddAsync(db, "2021");
        var version = await StoredEdition.AddAsync(db, other);
        await db.EditionVersions.Where(v => v.Id == version.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.WithdrawnAt, SiteHost.Start.UtcDateTime));
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, $"/office/editions/{version.Id}");
        Assert.That(page.Words, Does.Contain("withdrawn").And.Contain("Its reports are deleted"));
        Assert.That(page.Html, Does.Not.Contain("href=\"/reports/2021/v1"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/rounds/2021")).Words, Does.Contain("withdrawn"));
    }

    [Test]
    public async Task An_editor_approves_a_quote()
    {
        await using var db = site.Open();
        var round = await db.Rounds.SingleAsync(r => r.Slug == "2026");
        await SampleRound.InviteAsync(db, round, "Quoted");
        var invitation = await db.Invitations.SingleAsync(i => i.Name == "Quoted");
        var response = new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = SiteHost.Start.UtcDateTime, ChangedAt = SiteHost.Start.UtcDateTime, Version = 1 };
        db.Responses.Add(response);
        await db.SaveChangesAsync();
        db.Quotes.Add(new Quote { ResponseId = response.Id, RoundId = round.Id, Point = "diaspora", Question = "example", Text = "We trained <i>forty</i> women.", Language = "en", Consent = QuoteConsent.WithoutName });
        await db.SaveChangesAsync();
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, "/office/quotes");
        Assert.That(page.Html, Does.Contain("We trained &lt;i&gt;forty"));

        // The member writes something else while the editor reads.
        await db.Quotes.ExecuteUpdateAsync(s => s.SetProperty(q => q.Text, "We trained Awa of Dakar."));
        var refused = await page.SendAsync("/office/quotes", ("review", nameof(QuoteReview.Approved)));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(refused.Words, Does.Contain("We trained Awa of Dakar.").And.Contain("Nothing was decided"));
        await db.Quotes.ExecuteUpdateAsync(s => s.SetProperty(q => q.Consent, QuoteConsent.WithName));
        var narrower = await refused.SendAsync("/office/quotes", ("review", nameof(QuoteReview.Approved)));
        Assert.That(narrower.Status, Is.EqualTo(HttpStatusCode.Conflict), "The consent is part of what is decided on.");
        Assert.That(await db.Quotes.AsNoTracking().Select(q => q.Review).SingleAsync(), Is.EqualTo(QuoteReview.Pending));
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "quote.approved"), Is.Zero);

        await narrower.SendAsync("/office/quotes", ("review", nameof(QuoteReview.Approved)));
        Assert.That(await db.Quotes.AsNoTracking().Select(q => q.Review).SingleAsync(), Is.EqualTo(QuoteReview.Approved));
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "quote.approved"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_demo_link_signs_in_once_on_this_machine_only()
    {
        string token;
        await using (var db = site.Open())
        {
            token = await OfficePeople.AddAsync(db, "demo@office.example", OfficeRoles.Publisher, "demo:");
        }

        var far = site.Visitor();
        far.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Assert.That((await far.GetAsync($"/office/demo/{token}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var person = site.Visitor();
        var page = await SeenPage.GetAsync(person, $"/office/demo/{token}");
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK), page.Words);
        using var content = new FormUrlEncodedContent([new("form", System.Text.RegularExpressions.Regex.Match(page.Html, "name=\"form\"[^>]*value=\"([^\"]+)\"").Groups[1].Value)]);
        var signedIn = await SeenPage.ReadAsync(person, await person.PostAsync($"/office/demo/{token}", content));
        Assert.That(signedIn.Path, Is.EqualTo("/office"), signedIn.Words);
        Assert.That((await site.Visitor().GetAsync($"/office/demo/{token}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_link_for_one_purpose_does_not_serve_the_other()
    {
        string setUp, demo;
        await using (var db = site.Open())
        {
            setUp = await OfficePeople.AddAsync(db, "purpose-1@office.example", OfficeRoles.Administrator);
            demo = await OfficePeople.AddAsync(db, "purpose-2@office.example", OfficeRoles.Publisher, "demo:");
        }

        foreach (var address in new[] { $"/office/demo/{setUp}", $"/office/set-up/{demo}", $"/office/set-up/demo:{demo}" })
        {
            Assert.That((await site.Visitor().GetAsync(address)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), address);
        }
    }

    [Test]
    public async Task A_demo_link_does_nothing_where_there_is_no_sample_data()
    {
        await using var real = await SiteHost.StartAsync(kind);
        await using var db = real.Open();
        var token = await OfficePeople.AddAsync(db, "demo@office.example", OfficeRoles.Publisher, "demo:");
        Assert.That((await real.Visitor().GetAsync($"/office/demo/{token}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await db.Users.Select(u => u.SetUpTokenHash).SingleAsync(), Is.Not.Null);
    }
}
