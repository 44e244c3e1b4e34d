using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Invitations;
using Survey.Domain.Networks;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Mail;

namespace Survey.IntegrationTests.Mail;

/// <summary>Invitations and reminders from the office's click to the mailbox: to exactly those who should get one, once.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class MailingTests(DatabaseKind kind)
{
    private SiteHost site = null!;
    private SurveyRound round = null!;
    private HttpClient editor = null!;

    [SetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        round = await SampleRound.AddAsync(db);
        editor = site.Visitor();
        await OfficePeople.SetUpAsync(editor, await OfficePeople.AddAsync(db, "editor@office.example", OfficeRoles.Editor));
    }

    [TearDown]
    public async Task StopAsync()
    {
        editor.Dispose();
        await site.DisposeAsync();
    }

    /// <summary>An organisation with contacts named by their addresses' first words; with or without a link, and with a response as it is told.</summary>
    private async Task AddAsync(string name, string contacts, bool isInvited = false, Action<SurveyResponse>? response = null, string region = "africa", string language = "en", Action<Contact>? change = null, bool isRetired = false, bool isDiscreet = false)
    {
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, round, name, region: region, language: language);
        var invitation = await db.Invitations.Include(i => i.Organisation).SingleAsync(i => i.Name == name);
        if (!isInvited)
        {
            await db.PersonalLinks.Where(l => l.InvitationId == invitation.Id).ExecuteDeleteAsync();
        }

        invitation.Organisation!.WantsDiscretion = isDiscreet;
        invitation.Organisation.RetiredAt = isRetired ? SiteHost.Start.UtcDateTime : null;
        foreach (var person in contacts.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var contact = new Contact { OrganisationId = invitation.OrganisationId, Name = person, Email = $"{person}@m.example", EmailFolded = $"{person}@m.example", Language = language, CreatedAt = SiteHost.Start.UtcDateTime };
            change?.Invoke(contact);
            db.Contacts.Add(contact);
        }

        if (response is not null)
        {
            var made = new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = invitation.Id, RoundId = round.Id, StartedAt = SiteHost.Start.UtcDateTime, ChangedAt = SiteHost.Start.UtcDateTime };
            response(made);
            db.Responses.Add(made);
        }

        await db.SaveChangesAsync();
    }

    private async Task<SeenPage> SendAsync(string kindName, string query = "")
    {
        var page = await SeenPage.GetAsync(editor, $"/office/rounds/2026/mails/{kindName}{query}");
        return await page.SendAsync("send");
    }

    private async Task<List<string>> OutAsync()
    {
        await site.LookAsync(MailingTask.TaskName);
        await site.LookAsync(OutboxTask.TaskName);
        await using var db = site.Open();
        return await db.Outbox.Where(m => m.State == OutboxState.Sent).OrderBy(m => m.ToAddress).ThenBy(m => m.Id).Select(m => m.ToAddress.Replace("@m.example", "") + ":" + m.Template).ToListAsync();
    }

    [Test]
    public async Task Everybody_who_can_be_reached_is_invited_once_with_a_link_that_opens()
    {
        await AddAsync("One", "ana bea");
        await AddAsync("Two", "carl", language: "fr", isDiscreet: true);
        await AddAsync("Sent", "dora", response: r => (r.Version, r.Revision, r.SubmittedRevision) = (1, 1, 1));
        await AddAsync("Out", "emil", change: c => c.OptedOutAt = SiteHost.Start.UtcDateTime);
        await AddAsync("Nobody", "");
        await AddAsync("Gone", "fred", isRetired: true);
        var page = await SeenPage.GetAsync(editor, "/office/rounds/2026/mails/invitation");
        Assert.That(page.Html, Does.Contain("id=\"to-organisations\">2<").And.Contain("id=\"to-persons\">3<").And.Contain("id=\"unreachable-count\">2<"));
        Assert.That(page.Words, Does.Contain("Nobody").And.Contain("Out").And.Not.Contain("Gone"));

        var clicks = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => page.SendAsync("send")));
        Assert.That(clicks.Select(c => c.Path).Distinct().Count(), Is.EqualTo(1), "A second click leads to the first one's mailing.");
        Assert.That(clicks[0].Path, Does.StartWith("/office/mailings/"), clicks[0].Words);
        var looks = kind is DatabaseKind.Postgres ? 3 : 1;
        await Task.WhenAll(Enumerable.Range(0, looks).Select(_ => Task.Run(() => site.LookAsync(MailingTask.TaskName))));
        Assert.That(await OutAsync(), Is.EqualTo(new[] { "ana:invitation", "bea:invitation", "carl:discreet-invitation" }));
        Assert.That((await SendPageAsync("invitation")).Words, Does.Contain("There is nobody to invite"), "Who was invited is not invited again.");

        var mails = SeenMail.In(site.MailFolder);
        foreach (var mail in mails)
        {
            var link = System.Text.RegularExpressions.Regex.Match(mail.Text, $"{SiteHost.LinkUrl}(/a/[A-Za-z0-9_-]{{22}})\\s").Groups[1].Value;
            Assert.That((await SeenPage.GetAsync(site.Visitor(), link)).Path, Does.StartWith("/a/r/"), mail.To);
            Assert.That(mail.Header("List-Unsubscribe-Post"), Is.EqualTo("List-Unsubscribe=One-Click"));
        }

        await using var db = site.Open();
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "mailing.invitation"), Is.EqualTo(1));
        var done = await SeenPage.GetAsync(editor, clicks[0].Path);
        Assert.That(done.Words, Does.Contain("3 of 3 mails").And.Contain("done"));
    }

    private Task<SeenPage> SendPageAsync(string kindName) => SeenPage.GetAsync(editor, $"/office/rounds/2026/mails/{kindName}");

    [Test]
    public async Task Reminders_go_to_exactly_the_right_persons_each_with_the_words_for_how_far_they_are()
    {
        var at = SiteHost.Start.UtcDateTime;
        await AddAsync("Not started", "ana bea", isInvited: true);
        await AddAsync("Started", "carl", isInvited: true, response: r => r.Revision = 3);
        await AddAsync("Sent", "dora", isInvited: true, response: r => (r.Version, r.Revision, r.SubmittedRevision) = (1, 3, 3));
        await AddAsync("Changed", "emil", isInvited: true, response: r => (r.Version, r.Revision, r.SubmittedRevision) = (1, 4, 3));
        await AddAsync("Set aside", "fred", isInvited: true, response: r => (r.Version, r.Revision, r.SubmittedRevision, r.Review) = (1, 4, 3, ReviewState.SetAside));
        await AddAsync("Never invited", "gina");
        await AddAsync("Opted out", "hans", isInvited: true, change: c => c.OptedOutAt = at);
        await AddAsync("Bounced", "ines", isInvited: true, change: c => c.BouncedAt = at);
        await AddAsync("Removed", "jana", isInvited: true, change: c => c.RemovedAt = at);
        await AddAsync("Left", "karl", isInvited: true, isRetired: true);
        await AddAsync("Discreet", "lea", isInvited: true, isDiscreet: true);
        // One address for two members: one mail for each of them.
        await AddAsync("Shared", "ana", isInvited: true);
        await SendAsync("reminder");
        var first = new[] { "ana:reminder", "ana:reminder", "bea:reminder", "carl:reminder-started", "emil:unsent-changes", "lea:discreet-reminder" };
        Assert.That(await OutAsync(), Is.EqualTo(first));
        Assert.That(await OutAsync(), Is.EqualTo(first), "Looking again sends nothing.");

        await SendAsync("reminder");
        Assert.That(await OutAsync(), Has.Count.EqualTo(2 * first.Length), "A second wave is another mail.");
        await using var db = site.Open();
        Assert.That(await db.Mailings.Select(m => m.Wave).OrderBy(w => w).ToListAsync(), Is.EqualTo(new[] { 1, 2 }));
        var stored = await db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync();
        var definition = RoundDefinition.Of(stored);
        var cube = await EditionSource.CubeAsync(db, stored, definition, at, CancellationToken.None);
        var facts = (await EditionSource.InputOfAsync(db, stored, definition, cube, 1, [], at, CancellationToken.None)).Facts;
        Assert.That((facts.RemindersSent, facts.InvitationsSent), Is.EqualTo((2 * first.Length, (int?)null)), "The methods annex counts what was really sent.");
    }

    [Test]
    public async Task The_methods_annex_counts_the_same_after_mails_and_contacts_were_deleted()
    {
        await AddAsync("One", "ana bea");
        await AddAsync("Two", "carl");
        await AddAsync("Three", "dora");
        await SendAsync("invitation");
        await OutAsync();
        await SendAsync("reminder");
        await OutAsync();
        var closed = SiteHost.Start.UtcDateTime.AddMonths(1);
        await using (var db = site.Open())
        {
            Assert.That(await CountsAsync(), Is.EqualTo((3, 4)));
            var stored = await db.Rounds.SingleAsync();
            stored.Close(closed);
            stored.Freeze(closed);
            await db.SaveChangesAsync();
            await db.Contacts.Where(c => c.Name == "carl").ExecuteUpdateAsync(s => s.SetProperty(c => c.RemovedAt, closed));
            Assert.That((await DataRetention.ApplyAsync(db, RetentionTerms.Default, "job", closed.AddMonths(2), CancellationToken.None)).Select(d => (d.Kind, d.Count)), Is.EqualTo(new[] { (RetentionKind.Contacts, 1) }));
            Assert.That((await db.Contacts.AnyAsync(c => c.Name == "carl"), await CountsAsync()), Is.EqualTo((false, (3, 4))), "A person who left.");
            await Erasure.RunAsync(db, await db.Organisations.Where(o => o.Name == "Three").Select(o => o.Id).SingleAsync(), "office:1", "Asked", closed.AddMonths(2), CancellationToken.None);
            Assert.That(await CountsAsync(), Is.EqualTo((3, 4)), "A member that was erased after the freeze.");
            await DataRetention.ApplyAsync(db, RetentionTerms.Default, "job", closed.AddMonths(13), CancellationToken.None);
            Assert.That((await db.Outbox.AnyAsync(), await CountsAsync()), Is.EqualTo((false, (3, 4))), "All mails.");
        }

        async Task<(int, int)> CountsAsync()
        {
            await using var db = site.Open();
            return (await SentMails.InvitedAsync(db, round.Id, CancellationToken.None), await SentMails.RemindersAsync(db, round.Id, CancellationToken.None));
        }
    }

    [Test]
    public async Task Only_some_are_written_to_by_region_language_or_one_by_one()
    {
        await AddAsync("One", "ana", region: "africa", language: "fr");
        await AddAsync("Two", "bea", region: "africa");
        await AddAsync("Three", "carl", region: "europe-central-asia");
        foreach (var (query, expected) in new[] { ("?region=africa", 2), ("?language=fr", 1), ("?region=africa&language=en", 1), ("", 3) })
        {
            Assert.That((await SeenPage.GetAsync(editor, $"/office/rounds/2026/mails/invitation{query}")).Html, Does.Contain($"id=\"to-persons\">{expected}<"), query);
        }

        var some = await (await SendPageAsync("invitation")).SendAsync("limit", ("organisations", "Three\r\ntwo"));
        Assert.That((some.Html.Contains("id=\"to-persons\">2<", StringComparison.Ordinal), some.Fields("limit").Single(f => f.Key == "organisations").Value.Split('\n').Order().SequenceEqual(["Three", "Two"])), Is.EqualTo((true, true)), some.Words);
        var wrong = await (await SendPageAsync("invitation")).SendAsync("limit", ("organisations", "Nowhere"));
        Assert.That((wrong.Status, wrong.Html.Contains("Nowhere", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        await SendAsync("invitation", "?region=africa&language=fr");
        Assert.That(await OutAsync(), Is.EqualTo(new[] { "ana:invitation" }));
    }

    [Test]
    public async Task A_thousand_single_members_are_chosen_loaded_again_and_written_to_and_a_broken_choice_is_nobody()
    {
        await AddAsync("Not chosen", "zoe");
        var at = SiteHost.Start.UtcDateTime;
        await using (var db = site.Open())
        {
            for (var i = 1; i <= 1000; i++)
            {
                var name = $"Association for the rights of migrants number {i}";
                var organisation = new Organisation { Code = $"many-{i}", Name = name, NameFolded = FoldedText.Of(name), Country = "SN", Language = "en", CreatedAt = at };
                organisation.Contacts.Add(new Contact { Name = "p", Email = $"p{i}@m.example", EmailFolded = $"p{i}@m.example", CreatedAt = at });
                db.Invitations.Add(new Invitation { RoundId = round.Id, Organisation = organisation, Name = name, Country = "SN", Region = "africa", Language = "en", InvitedAt = at });
            }

            await db.SaveChangesAsync();
        }

        var names = string.Join("\r\n", Enumerable.Range(1, 1000).Select(i => $"Association for the rights of migrants number {i}"));
        var chosen = await (await SendPageAsync("invitation")).SendAsync("limit", ("organisations", names));
        Assert.That((chosen.Status, chosen.Html.Contains("id=\"to-persons\">1,000<", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)), chosen.Words[..Math.Min(800, chosen.Words.Length)]);
        Assert.That(chosen.Path, Has.Length.LessThan(4000), "The address holds it.");
        var again = await SeenPage.GetAsync(editor, chosen.Path);
        var mailing = await again.SendAsync("send");
        Assert.That(mailing.Path, Does.StartWith("/office/mailings/"), mailing.Words[..Math.Min(800, mailing.Words.Length)]);
        await using var after = site.Open();
        Assert.That((await after.Mailings.Select(m => m.Expected).SingleAsync(), (await after.Mailings.Select(m => m.Organisations).SingleAsync()).Split(' ').Length), Is.EqualTo((1000, 1000)));
        foreach (var broken in new[] { "nonsense", MemberChoice.Of([999_999]) })
        {
            Assert.That((await SeenPage.GetAsync(editor, $"/office/rounds/2026/mails/reminder?chosen={broken}")).Status, Is.EqualTo(HttpStatusCode.NotFound), "Nobody chosen must never mean all.");
        }
    }

    [Test]
    public async Task A_paused_mailing_sends_nothing_and_who_answered_meanwhile_gets_nothing()
    {
        await AddAsync("One", "ana", isInvited: true);
        await AddAsync("Two", "bea", isInvited: true);
        var page = await SendAsync("reminder");
        await site.LookAsync(MailingTask.TaskName);
        page = await page.SendAsync("handler=Pause");
        Assert.That(page.Words, Does.Contain("paused"));
        Assert.That(await OutAsync(), Is.Empty);

        await using (var db = site.Open())
        {
            var one = await db.Invitations.SingleAsync(i => i.Name == "One");
            db.Responses.Add(new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = one.Id, RoundId = round.Id, StartedAt = SiteHost.Start.UtcDateTime, ChangedAt = SiteHost.Start.UtcDateTime, Version = 1, Revision = 1, SubmittedRevision = 1 });
            await db.SaveChangesAsync();
        }

        page = await page.SendAsync("handler=GoOn");
        Assert.That(await OutAsync(), Is.EqualTo(new[] { "bea:reminder" }));
        await using var after = site.Open();
        var unneeded = await after.Outbox.SingleAsync(m => m.State == OutboxState.Unneeded);
        Assert.That((unneeded.ToAddress, unneeded.Body), Is.EqualTo(("ana@m.example", "")));
    }

    [Test]
    public async Task Opting_out_takes_a_click_on_the_page_and_looking_changes_nothing()
    {
        await AddAsync("One", "ana", isInvited: true);
        await SendAsync("reminder");
        await OutAsync();
        var mail = SeenMail.In(site.MailFolder).Single();
        var address = System.Text.RegularExpressions.Regex.Match(mail.Header("List-Unsubscribe")!, $"<{SiteHost.LinkUrl}(/a/opt-out/[^>]+)>").Groups[1].Value;
        Assert.That(mail.Text, Does.Contain("/a/opt-out/"));
        await using var db = site.Open();
        var page = await SeenPage.GetAsync(site.Visitor(), address);
        Assert.That(page.Words, Does.Contain("ana@m.example"));
        Assert.That(await db.Contacts.CountAsync(c => c.OptedOutAt != null), Is.Zero);
        Assert.That((await SeenPage.GetAsync(site.Visitor(), address + "x")).Status, Is.EqualTo(HttpStatusCode.NotFound));

        // As a mail program does it (RFC 8058): no page, no cookie.
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.That((await site.Visitor(followsRedirects: false).PostAsync(address, oneClick)).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await db.Contacts.CountAsync(c => c.OptedOutAt != null), Is.EqualTo(1));
        Assert.That((await SendPageAsync("reminder")).Words, Does.Contain("There is nobody to remind"));

        page = await (await SeenPage.GetAsync(site.Visitor(), address)).SendAsync("opt-in");
        Assert.That(await db.Contacts.CountAsync(c => c.OptedOutAt != null), Is.Zero);
        page = await page.SendAsync("opt-out");
        Assert.That(page.Words, Does.Contain("no more invitations"));
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "contact.opt-out"), Is.EqualTo(2));
    }

    [Test]
    public async Task Two_editors_who_write_to_different_members_at_once_do_not_take_each_others_mailing_for_their_own()
    {
        await AddAsync("One", "ana", region: "africa");
        await AddAsync("Two", "bea", region: "mena");
        using var colleague = site.Visitor();
        await using (var db = site.Open())
        {
            await OfficePeople.SetUpAsync(colleague, await OfficePeople.AddAsync(db, "colleague@office.example", OfficeRoles.Editor));
        }

        var theirs = await SeenPage.GetAsync(colleague, "/office/rounds/2026/mails/invitation?region=mena");
        await SendAsync("invitation", "?region=africa");
        var told = await theirs.SendAsync("send");
        Assert.That((told.Status, told.Words.Contains("Nothing of yours was sent.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true)), told.Words);
        Assert.That(await OutAsync(), Is.EqualTo(new[] { "ana:invitation" }));
        await told.SendAsync("send");
        Assert.That(await OutAsync(), Is.EqualTo(new[] { "ana:invitation", "bea:invitation" }));
    }

    [Test]
    public async Task What_failed_goes_to_the_corrected_address_or_is_invited_anew_but_never_both()
    {
        await AddAsync("One", "ana bea");
        await SendAsync("invitation");
        await site.LookAsync(MailingTask.TaskName);
        await using var db = site.Open();
        await db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Failed));
        await db.Contacts.Where(c => c.Name == "ana").ExecuteUpdateAsync(s => s.SetProperty(c => c.Email, "anna@m.example").SetProperty(c => c.EmailFolded, "anna@m.example"));
        var failed = await db.Outbox.AsNoTracking().OrderBy(m => m.Id).ToListAsync();
        var page = await SeenPage.GetAsync(editor, "/office/mails?state=Failed");
        await page.SendAsync($"mail-{failed[0].Id}", ("decision", "again"));
        Assert.That(await OutAsync(), Is.EqualTo(new[] { "anna:invitation" }), "Never again to the address that failed.");

        await SendAsync("invitation");
        Assert.That(await OutAsync(), Is.EqualTo(new[] { "anna:invitation", "bea:invitation" }), "A failed invitation is none.");
        Assert.That((await page.SendAsync($"mail-{failed[1].Id}", ("decision", "again"))).Status, Is.EqualTo(HttpStatusCode.Conflict), "Bea has the new one.");
    }

    [Test]
    public async Task A_test_mail_keeps_the_choice_of_whom_to_write_to()
    {
        await AddAsync("One", "ana", region: "africa");
        await AddAsync("Two", "bea", region: "mena");
        var page = await SeenPage.GetAsync(editor, "/office/rounds/2026/mails/invitation?region=africa");
        page = await page.SendAsync("handler=Test");
        await page.SendAsync("send");
        Assert.That((await OutAsync()).Where(m => m.EndsWith(":invitation", StringComparison.Ordinal)), Is.EqualTo(new[] { "ana:invitation", "editor@office.example:invitation" }), "Bea was not chosen.");
    }

    [Test]
    public async Task A_test_mail_goes_to_who_asks_and_to_nobody_else()
    {
        await AddAsync("One", "ana");
        var page = await (await SendPageAsync("invitation")).SendAsync("handler=Test");
        Assert.That(page.Words, Does.Contain("on its way to your own address"));
        await OutAsync();
        Assert.That(SeenMail.In(site.MailFolder).Single().To, Does.Contain("editor@office.example"));
        await using var db = site.Open();
        Assert.That(await db.Mailings.AnyAsync(), Is.False);
    }

    [Test]
    public async Task An_uncertain_mail_is_sent_again_with_the_same_number_and_a_fresh_link_or_said_to_have_arrived()
    {
        await AddAsync("One", "ana bea");
        await SendAsync("invitation");
        await site.LookAsync(MailingTask.TaskName);
        await using var db = site.Open();
        // A process died while it was sending both.
        await db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Sending).SetProperty(m => m.Attempts, 1));
        await site.LookAsync(OutboxTask.TaskName);
        var page = await SeenPage.GetAsync(editor, "/office/mails?state=Uncertain&address=ANA");
        Assert.That(page.Words, Does.Contain("ana@m.example").And.Not.Contain("bea@m.example"));
        var ana = await db.Outbox.AsNoTracking().SingleAsync(m => m.ToAddress == "ana@m.example");
        Assert.That((await page.SendAsync($"mail-{ana.Id}", ("decision", "again"))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await page.SendAsync($"mail-{ana.Id}", ("decision", "again"))).Status, Is.EqualTo(HttpStatusCode.Conflict), "A second click does nothing.");
        await site.LookAsync(OutboxTask.TaskName);
        var mail = SeenMail.In(site.MailFolder).Single();
        Assert.That(mail.MessageId, Is.EqualTo($"<{ana.MessageId}>"));
        var link = System.Text.RegularExpressions.Regex.Match(mail.Text, $"{SiteHost.LinkUrl}(/a/[A-Za-z0-9_-]{{22}})\\s").Groups[1].Value;
        Assert.That((await SeenPage.GetAsync(site.Visitor(), link)).Path, Does.StartWith("/a/r/"));
        Assert.That(await db.PersonalLinks.CountAsync(l => l.ContactId == ana.ContactId && l.RevokedAt == null), Is.EqualTo(2), "The first mail may have arrived: its link works too.");

        var bea = await db.Outbox.AsNoTracking().SingleAsync(m => m.ToAddress == "bea@m.example");
        page = await SeenPage.GetAsync(editor, "/office/mails?state=Uncertain");
        await page.SendAsync($"mail-{bea.Id}", ("decision", "arrived"));
        var stored = await db.Outbox.AsNoTracking().SingleAsync(m => m.Id == bea.Id);
        Assert.That((stored.State, stored.Body), Is.EqualTo((OutboxState.Sent, "")));
        Assert.That(await db.AuditEntries.Where(a => a.Action.StartsWith("mail.")).Select(a => a.Action).ToListAsync(), Is.EquivalentTo(new[] { "mail.send-again", "mail.arrived" }));
    }

    [Test]
    public async Task What_came_back_is_marked_by_hand_or_from_a_list_that_is_shown_first()
    {
        await AddAsync("One", "ana bea");
        await AddAsync("Two", "carl");
        await using var db = site.Open();
        var page = await SeenPage.GetAsync(editor, "/office/mails/bounces");
        var wrong = await page.SendAsync("mark", ("address", "nobody@m.example"));
        Assert.That((wrong.Status, wrong.Words.Contains("No contact has this address", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        page = await page.SendAsync("mark", ("address", " Ana@M.example "), ("reason", "mailbox full"));
        Assert.That(page.Words, Does.Contain("1 contact was marked"));

        var shown = await page.SendAsync("list", ("rows", "Address,Reason\nbea@m.example,unknown user\nwho@m.example,x\nana@m.example,again\nno address,y\n"), ("file", null));
        Assert.That(shown.Words, Does.Contain("bea@m.example").And.Contain("unknown user").And.Contain("who@m.example"));
        Assert.That(await db.Contacts.CountAsync(c => c.BouncedAt != null), Is.EqualTo(1), "Nothing is marked before it is confirmed.");
        var done = await shown.SendAsync("confirm");
        Assert.That(done.Words, Does.Contain("1 contact was marked"));
        Assert.That(await db.Contacts.Where(c => c.BouncedAt != null).OrderBy(c => c.Id).Select(c => c.Name).ToListAsync(), Is.EqualTo(new[] { "ana", "bea" }));
        Assert.That((await page.SendAsync("list", ("rows", "nothing"), ("file", null))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await SendPageAsync("invitation")).Html, Does.Contain("id=\"to-persons\">1<"));

        var ana = await db.Contacts.AsNoTracking().SingleAsync(c => c.Name == "ana");
        await done.SendAsync($"works-{ana.Id}");
        Assert.That(await db.Contacts.CountAsync(c => c.BouncedAt != null), Is.EqualTo(1));
        Assert.That(await db.AuditDetails.Select(d => d.Content).ToListAsync(), Is.EquivalentTo(new[] { "mailbox full", "unknown user" }));
    }

    [Test]
    public async Task The_office_says_where_mails_go_and_a_reader_sees_none_of_it()
    {
        await AddAsync("One", "ana");
        foreach (var page in new[] { "/office/mails", "/office/rounds/2026/mails", "/office/rounds/2026/mails/invitation" })
        {
            Assert.That((await SeenPage.GetAsync(editor, page)).Words, Does.Contain(site.MailFolder), page);
        }

        await using var db = site.Open();
        var reader = site.Visitor();
        await OfficePeople.SetUpAsync(reader, await OfficePeople.AddAsync(db, "reader@office.example", OfficeRoles.Reader));
        foreach (var page in new[] { "/office/mails", "/office/mails/bounces", "/office/rounds/2026/mails", "/office/rounds/2026/mails/invitation", "/office/mailings/1" })
        {
            Assert.That((await reader.GetAsync(page)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), page);
        }
    }
}
