using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.IntegrationTests.Site;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Mail;

namespace Survey.IntegrationTests.Mail;

/// <summary>"Send me a new link": who is known gets one, and nobody learns who is known.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class NewLinkTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    [SetUp]
    public Task AddMemberAsync() => MemberAsync("Horizons solidaires", "Awa.Diop@Example.org");

    private async Task MemberAsync(string name, string email, SurveyRound? inRound = null)
    {
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, inRound ?? round, name);
        var organisation = await db.Organisations.SingleAsync(o => o.Name == name);
        organisation.Contacts.Add(new Contact { Name = "Awa", Email = email, EmailFolded = email.ToLowerInvariant(), CreatedAt = SiteHost.Start.UtcDateTime });
        await db.SaveChangesAsync();
    }

    private async Task<SeenPage> AskAsync(string email, string language = "en")
    {
        var page = await SeenPage.GetAsync(site.Visitor(), $"/a/new-link?lang={language}");
        return await page.SendAsync("ask", ("email", email));
    }

    private async Task<IReadOnlyList<SeenMail>> SentAsync()
    {
        await site.LookAsync(LinkRequestTask.TaskName);
        await site.LookAsync(OutboxTask.TaskName);
        return SeenMail.In(site.MailFolder);
    }

    private static string LinkIn(SeenMail mail) => System.Text.RegularExpressions.Regex.Match(mail.Text, SiteHost.LinkUrl + "(/a/[A-Za-z0-9_-]{22})\n").Groups[1].Value;

    [Test]
    public async Task A_contact_gets_a_link_that_opens_the_response_in_the_language_of_the_page()
    {
        Assert.That((await AskAsync(" awa.diop@EXAMPLE.org ", "fr")).Words, Does.Contain("Consultez votre messagerie"));
        var mail = (await SentAsync()).Single();
        Assert.That((mail.To, mail.Subject), Is.EqualTo(("Awa <Awa.Diop@Example.org>", "Réseau exemple : votre nouveau lien pour 2026")));
        var opened = await SeenPage.GetAsync(site.Visitor(), LinkIn(mail));
        Assert.That((opened.Status, opened.Path.StartsWith("/a/r/", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)));
        Assert.That(opened.Words, Does.Contain("Horizons solidaires"));
        await using var db = site.Open();
        Assert.That(await db.Outbox.Select(m => m.Body).SingleAsync(), Is.Empty, "The link is nowhere but in the mail.");
    }

    [Test]
    public async Task A_stranger_gets_the_same_answer_and_no_mail()
    {
        var (known, stranger) = (await AskAsync("awa.diop@example.org"), await AskAsync("stranger@example.org"));
        Assert.That((stranger.Status, stranger.Path, stranger.Words), Is.EqualTo((known.Status, known.Path, known.Words)));
        await using (var db = site.Open())
        {
            Assert.That(await db.LinkRequests.CountAsync(), Is.EqualTo(2), "Both are stored alike: the same work takes the same time.");
            Assert.That(await db.PersonalLinks.CountAsync(), Is.EqualTo(1), "Nothing is looked up while the visitor waits.");
        }

        Assert.That((await SentAsync()).Select(m => m.To), Is.EqualTo(new[] { "Awa <Awa.Diop@Example.org>" }));
    }

    [Test]
    public async Task A_link_made_while_its_person_was_being_removed_opens_nothing()
    {
        await AskAsync("awa.diop@example.org");
        var link = LinkIn((await SentAsync()).Single());
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, link)).Path;
        await using (var db = site.Open())
        {
            // Removed, and the link was made after the others had been revoked.
            await db.Contacts.ExecuteUpdateAsync(s => s.SetProperty(c => c.RemovedAt, SiteHost.Start.UtcDateTime));
        }

        Assert.That((await SeenPage.GetAsync(member, root)).Status, Is.EqualTo(HttpStatusCode.Forbidden), "In a session that is open.");
        Assert.That((await SeenPage.GetAsync(site.Visitor(), link)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_request_that_fails_does_not_hold_up_the_others_and_is_tried_for_ten_minutes()
    {
        await MemberAsync("Second", "binta@example.org");
        await AskAsync("awa.diop@example.org");
        await AskAsync("binta@example.org");
        await using var db = site.Open();
        var (contact, request) = (await db.Contacts.SingleAsync(c => c.EmailFolded == "awa.diop@example.org"), await db.LinkRequests.OrderBy(r => r.Id).FirstAsync());
        // A mail with the very Message-ID that the answer would have: storing it fails.
        db.Outbox.Add(new OutboxMessage { MessageId = $"new-link-{request.Id}-{contact.Id}-{await db.Invitations.Where(i => i.OrganisationId == contact.OrganisationId).Select(i => i.Id).SingleAsync()}@sample-network.example", Template = "new-link", Language = "en", ToAddress = "x@example.org", Subject = "", Body = "", State = OutboxState.Sent });
        await db.SaveChangesAsync();
        Assert.That((await SentAsync()).Select(m => m.To), Is.EqualTo(new[] { "Awa <binta@example.org>" }));
        Assert.That(await db.LinkRequests.CountAsync(r => r.DoneAt == null), Is.EqualTo(1));
        site.Clock.Move(TimeSpan.FromMinutes(10));
        Assert.That(await SentAsync(), Has.Count.EqualTo(1));
        Assert.That(await db.LinkRequests.CountAsync(r => r.DoneAt == null), Is.Zero);
    }

    [TestCase("removed", 0), TestCase("opted out", 1), TestCase("bounced", 1)]
    public async Task Who_was_removed_gets_nothing_and_who_wants_no_reminders_may_ask(string what, int mails)
    {
        await using (var db = site.Open())
        {
            var contact = await db.Contacts.SingleAsync();
            var at = SiteHost.Start.UtcDateTime;
            (contact.RemovedAt, contact.OptedOutAt, contact.BouncedAt) = (what == "removed" ? at : null, what == "opted out" ? at : null, what == "bounced" ? at : null);
            await db.SaveChangesAsync();
        }

        await AskAsync("awa.diop@example.org");
        Assert.That(await SentAsync(), Has.Count.EqualTo(mails));
    }

    [Test]
    public async Task A_person_of_two_organisations_gets_a_mail_for_each_and_none_for_a_round_that_is_over()
    {
        await MemberAsync("Second", "awa.diop@example.org");
        await using (var db = site.Open())
        {
            var earlier = await SampleRound.AddAsync(db, "2025");
            await db.Rounds.Where(r => r.Id == earlier.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.OpenedAt, SiteHost.Start.UtcDateTime.AddYears(-1)).SetProperty(r => r.State, RoundState.Closed).SetProperty(r => r.ClosedAt, SiteHost.Start.UtcDateTime.AddMonths(-11)));
            await SampleRound.AddAsync(db, "2027", opens: false);
            var first = await db.Invitations.FirstAsync();
            db.Invitations.Add(new Invitation { RoundId = earlier.Id, OrganisationId = first.OrganisationId, Name = first.Name, Country = first.Country, Region = first.Region, InvitedAt = first.InvitedAt });
            await db.SaveChangesAsync();
        }

        await AskAsync("awa.diop@example.org");
        var mails = await SentAsync();
        Assert.That(mails.Select(m => m.Subject), Is.EqualTo(new[] { "Sample Network: your new link for 2026", "Sample Network: your new link for 2026" }));
        Assert.That(mails.Count(m => m.Text.Contains("Second", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_round_that_was_reopened_for_the_organisation_is_reached_beside_the_open_one()
    {
        int reopened;
        await using (var db = site.Open())
        {
            var earlier = await SampleRound.AddAsync(db, "2025");
            earlier.Close(SiteHost.Start.UtcDateTime.AddDays(-1));
            var first = await db.Invitations.FirstAsync();
            var place = new Invitation { RoundId = earlier.Id, OrganisationId = first.OrganisationId, Name = first.Name, Country = first.Country, Region = first.Region, InvitedAt = first.InvitedAt, ReopenedUntil = SiteHost.Start.UtcDateTime.AddDays(2) };
            db.Invitations.Add(place);
            await db.SaveChangesAsync();
            reopened = place.Id;
        }

        await MemberAsync("Second", "awa.diop@example.org");
        await AskAsync("awa.diop@example.org");
        var mails = (await SentAsync()).ToList();
        Assert.That(mails.Select(m => m.Subject).Order(StringComparer.Ordinal), Is.EqualTo(new[] { "Sample Network: your new link for 2025", "Sample Network: your new link for 2026", "Sample Network: your new link for 2026" }));
        var member = site.Visitor();
        Assert.That((await SeenPage.GetAsync(member, LinkIn(mails.Single(m => m.Subject.Contains("2025", StringComparison.Ordinal))))).Words, Does.Contain("You may still answer, until 6 May"));

        // Its time is over: only what can be answered is left.
        site.Clock.Move(TimeSpan.FromDays(3));
        await AskAsync("awa.diop@example.org");
        Assert.That((await SentAsync()).Skip(mails.Count).Select(m => m.Subject), Is.EqualTo(new[] { "Sample Network: your new link for 2026", "Sample Network: your new link for 2026" }));
        await using var after = site.Open();
        Assert.That(await after.PersonalLinks.CountAsync(l => l.InvitationId == reopened), Is.EqualTo(1));
    }

    [Test]
    public async Task The_answers_of_a_closed_round_can_still_be_reached()
    {
        site.Clock.Move(TimeSpan.FromDays(60));
        await AskAsync("awa.diop@example.org");
        var opened = await SeenPage.GetAsync(site.Visitor(), LinkIn((await SentAsync()).Single()));
        Assert.That(opened.Words, Does.Contain("The survey is closed"));
    }

    [Test]
    public async Task Three_an_hour_are_sent_with_the_same_answer_and_an_hour_later_again()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await AskAsync("awa.diop@example.org")).Words, Does.Contain("Please look into your mail"));
        }

        Assert.That(await SentAsync(), Has.Count.EqualTo(3));
        site.Clock.Move(TimeSpan.FromMinutes(61));
        await AskAsync("awa.diop@example.org");
        Assert.That(await SentAsync(), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Ten_a_minute_from_one_place_then_a_kind_page()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.That((await AskAsync($"person-{i}@example.org")).Status, Is.EqualTo(HttpStatusCode.OK));
        }

        var refused = await AskAsync("awa.diop@example.org");
        Assert.That((refused.Status, refused.Words.Contains("wait a minute", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.TooManyRequests, true)));
        site.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.That((await AskAsync("awa.diop@example.org")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(""), TestCase("awa"), TestCase("awa@example"), TestCase("awa@example.org, b@example.org"), TestCase("awa@example.org\r\nBcc: b@example.org")]
    public async Task What_is_no_address_is_refused_beside_the_field_and_kept(string typed)
    {
        var page = await AskAsync(typed);
        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(page.Words, Does.Contain("This is not an e-mail address"));
        await using var db = site.Open();
        Assert.That(await db.LinkRequests.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Requests_are_forgotten_after_a_day()
    {
        await AskAsync("stranger@example.org");
        await SentAsync();
        site.Clock.Move(TimeSpan.FromHours(25));
        await SentAsync();
        await using var db = site.Open();
        Assert.That(await db.LinkRequests.CountAsync(), Is.Zero);
    }

    [Test]
    public async Task The_language_can_be_switched_without_losing_what_was_typed()
    {
        var page = await SeenPage.GetAsync(site.Visitor(), "/a/new-link?lang=en");
        var arabic = await page.SendAsync("ask", ("email", "awa.diop@ex"), ("then", "speak-ar"));
        Assert.That(arabic.Html, Does.Contain("dir=\"rtl\""));
        Assert.That(arabic.Fields("ask"), Does.Contain(KeyValuePair.Create("email", "awa.diop@ex")));
    }

    [Test]
    public async Task Pages_that_turn_a_member_away_lead_here()
    {
        var (wrong, none) = (await SeenPage.GetAsync(site.Visitor(), "/a/nosuchlink"), await SeenPage.GetAsync(site.Visitor(), $"/a/r/{Guid.NewGuid()}"));
        Assert.That(wrong.Html, Does.Contain("href=\"/a/new-link?lang=en\""));
        Assert.That(none.Html, Does.Contain("href=\"/a/new-link?lang=en\""));
    }

    [Test]
    public async Task A_discreet_organisation_gets_a_neutral_mail()
    {
        await using (var db = site.Open())
        {
            await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.WantsDiscretion, true));
        }

        await AskAsync("awa.diop@example.org");
        var mail = (await SentAsync()).Single();
        Assert.That((mail.From, mail.Subject), Is.EqualTo(("Online form <forms@post.example>", "Your new link")));
        Assert.That(mail.All, Does.Not.Contain("Network").And.Not.Contain("Horizons"));
    }
}
