using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Networks;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>What the privacy notice promises: after their time links, unsent words, answers and former contacts are gone, and nothing else is.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class DataRetentionTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    // Closed on a last day of a month: half a year later there is no 31st.
    private static readonly DateTime Closed = new(2026, 8, 31, 9, 0, 0, DateTimeKind.Utc);

    private string sentLink = "", root = "";

    /// <summary>One organisation that sent and then went on typing, one that never sent, a contact of each, and a mail that went out; then the round closes.</summary>
    [SetUp]
    public async Task AnswerAndCloseAsync()
    {
        await using var db = site.Open();
        sentLink = await SampleRound.InviteAsync(db, round, "Sent");
        var unsentLink = await SampleRound.InviteAsync(db, round, "Never sent");
        var member = site.Visitor();
        var check = await SampleAnswers.GiveAsync(member, sentLink, "What was sent");
        root = check.Path[..check.Path.LastIndexOf('/')];
        await check.SendAsync("send");
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-example", "What was not"), ("then", "next"));
        var other = site.Visitor();
        var unsent = (await SeenPage.GetAsync(other, $"/a/{unsentLink}")).Path;
        await (await SeenPage.GetAsync(other, $"{unsent}/q/points/protection")).SendAsync("answers", ("q-work", "directly"), ("q-example", "Nobody's"), ("then", "next"));

        db.ChangeTracker.Clear();
        foreach (var organisation in await db.Organisations.ToListAsync())
        {
            db.Contacts.Add(new Contact { OrganisationId = organisation.Id, Email = $"{organisation.Id}@a.example", EmailFolded = $"{organisation.Id}@a.example", CreatedAt = SiteHost.Start.UtcDateTime });
        }

        db.Outbox.Add(new OutboxMessage { MessageId = "sent@a.example", Template = "invitation", Language = "en", RoundId = round.Id, ToAddress = "1@a.example", Subject = "S", Body = "", State = OutboxState.Sent, CreatedAt = SiteHost.Start.UtcDateTime });
        (await db.Rounds.SingleAsync()).Close(Closed);
        await db.SaveChangesAsync();
    }

    private async Task<IReadOnlyList<RetentionDue>> ApplyAsync(DateTime now)
    {
        await using var db = site.Open();
        return await DataRetention.ApplyAsync(db, RetentionTerms.Default, "job", now, CancellationToken.None);
    }

    private async Task<IReadOnlyList<string>> ExamplesAsync(string organisation)
    {
        await using var db = site.Open();
        return await db.DraftAnswers.Where(d => d.Question == "example" && db.Responses.Any(r => r.Id == d.ResponseId && r.Invitation!.Name == organisation)).Select(d => d.Text!).ToListAsync();
    }

    [Test]
    public async Task Unsent_words_go_after_half_a_year_and_what_was_sent_stays()
    {
        // 31 August and six months: the last day of February.
        Assert.That(await ApplyAsync(new DateTime(2027, 2, 28, 8, 59, 59, DateTimeKind.Utc)), Is.Empty);
        Assert.That(await ExamplesAsync("Sent"), Is.EqualTo(new[] { "What was not" }));
        var done = await ApplyAsync(new DateTime(2027, 2, 28, 9, 0, 0, DateTimeKind.Utc));
        Assert.That(done, Is.EqualTo(new[] { new RetentionDue(RetentionKind.Drafts, "2026", new DateTime(2027, 2, 28, 9, 0, 0, DateTimeKind.Utc), 2) }));
        Assert.That(await ExamplesAsync("Sent"), Is.EqualTo(new[] { "What was sent" }));
        Assert.That(await ExamplesAsync("Never sent"), Is.Empty);
        await using var db = site.Open();
        Assert.That(await db.Responses.CountAsync(), Is.EqualTo(2), "Who started is still counted as started.");
        Assert.That(await db.Responses.CountAsync(r => r.Version > 0 && r.Revision > r.SubmittedRevision), Is.Zero);
        Assert.That(await db.Answers.AnyAsync(), Is.True);
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == DataRetention.Deleted && a.Actor == "job" && a.Subject == "round:2026/drafts"), Is.EqualTo(1));
        Assert.That(await ApplyAsync(new DateTime(2027, 3, 1, 0, 0, 0, DateTimeKind.Utc)), Is.Empty, "Twice deletes nothing more.");
    }

    [Test]
    public async Task What_a_reopened_organisation_is_writing_is_kept_from_the_end_of_its_own_time()
    {
        await using (var db = site.Open())
        {
            await db.Invitations.Where(i => i.Name == "Never sent").ExecuteUpdateAsync(s => s.SetProperty(i => i.ReopenedUntil, new DateTime(2027, 3, 10, 12, 0, 0, DateTimeKind.Utc)));
        }

        Assert.That((await ApplyAsync(new DateTime(2027, 3, 1, 0, 0, 0, DateTimeKind.Utc))).Select(d => (d.Kind, d.Count)), Is.EqualTo(new[] { (RetentionKind.Drafts, 1) }), "The others' time is over.");
        Assert.That(await ExamplesAsync("Never sent"), Is.EqualTo(new[] { "Nobody's" }));
        Assert.That((await ApplyAsync(new DateTime(2027, 9, 10, 12, 0, 0, DateTimeKind.Utc))).Select(d => (d.Kind, d.Count)), Is.EqualTo(new[] { (RetentionKind.Drafts, 1), (RetentionKind.Links, 1) }));
        Assert.That(await ExamplesAsync("Never sent"), Is.Empty);
    }

    [Test]
    public async Task What_a_merge_keeps_for_its_undo_goes_with_the_answers()
    {
        await using var db = site.Open();
        var (sent, unsent) = (await IdAsync(db, "Sent"), await IdAsync(db, "Never sent"));
        await Merging.RunAsync(db, sent, unsent, new Dictionary<int, int> { [round.Id] = sent }, "office:x", Closed.AddDays(1), CancellationToken.None);
        Assert.That(await TextsAsync(), Does.Contain("Nobody").And.Contain("What was sent"));
        await ApplyAsync(new DateTime(2027, 3, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(await TextsAsync(), Does.Not.Contain("Nobody"), "Never sent: half a year.");
        await ApplyAsync(new DateTime(2032, 8, 31, 9, 0, 0, DateTimeKind.Utc));
        Assert.That(await TextsAsync(), Does.Not.Contain("What was sent"));

        async Task<string> TextsAsync()
        {
            await using var seen = site.Open();
            return string.Concat([.. await seen.Merges.Select(m => m.Undo).ToListAsync(), .. await seen.Submissions.Select(s => s.Content).ToListAsync(), .. await seen.DraftAnswers.Select(d => d.Text ?? "").ToListAsync()]);
        }

        static Task<int> IdAsync(SurveyDb db, string name) => db.Organisations.Where(o => o.Name == name).Select(o => o.Id).SingleAsync();
    }

    [Test]
    public async Task A_reopened_organisation_that_left_keeps_its_people_as_long_as_it_may_answer()
    {
        await using var db = site.Open();
        var left = Closed.AddDays(1);
        await db.Organisations.Where(o => o.Name == "Never sent").ExecuteUpdateAsync(s => s.SetProperty(o => o.RetiredAt, left));
        await db.Invitations.Where(i => i.Name == "Never sent").ExecuteUpdateAsync(s => s.SetProperty(i => i.ReopenedUntil, left.AddMonths(2)));
        Assert.That(await ApplyAsync(left.AddMonths(2)), Is.Empty);
        Assert.That((await ApplyAsync(left.AddMonths(2).AddSeconds(1))).Select(d => (d.Kind, d.Count)), Is.EqualTo(new[] { (RetentionKind.Contacts, 1) }));
    }

    [Test]
    public async Task Links_and_the_record_of_mails_go_after_a_year_and_the_link_opens_nothing_then()
    {
        await ApplyAsync(new DateTime(2027, 8, 31, 8, 59, 59, DateTimeKind.Utc));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), $"/a/{sentLink}")).Path, Is.EqualTo(root));
        var done = await ApplyAsync(new DateTime(2027, 8, 31, 9, 0, 0, DateTimeKind.Utc));
        Assert.That(done.Select(d => (d.Kind, d.Count)), Is.EqualTo(new[] { (RetentionKind.Links, 2) }));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), $"/a/{sentLink}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        await using var db = site.Open();
        Assert.That(await db.Outbox.AnyAsync(), Is.False);
        Assert.That(await db.Contacts.CountAsync(), Is.EqualTo(2), "Members stay members.");
    }

    [Test]
    public async Task Answers_go_after_six_years_with_every_copy_of_their_words()
    {
        await ApplyAsync(new DateTime(2032, 8, 31, 8, 59, 59, DateTimeKind.Utc));
        await using var db = site.Open();
        Assert.That(await db.Submissions.CountAsync(), Is.EqualTo(1));
        var response = await db.Responses.SingleAsync(r => r.Version > 0);
        response.Judge(ReviewState.HasQuestion, "You say that you trained; whom?", "office:x", Closed);
        db.Corrections.Add(new Correction { ResponseId = response.Id, Point = "protection", Question = "change", Version = 1, Reason = "By phone", CorrectedBy = "office:x", CorrectedAt = Closed, Before = "{}", After = "{}" });
        db.Record(Closed, "office:x", "response.ask", $"response:{response.Id}", "You say that you trained; whom?");
        db.Quotes.Add(new Quote { ResponseId = response.Id, RoundId = round.Id, Point = "diaspora", Question = "example", Text = "T", Language = "en", Review = QuoteReview.Rejected });
        await db.SaveChangesAsync();
        db.Record(Closed, "office:x", "quote.rejected", $"quote:{await db.Quotes.Select(q => q.Id).FirstAsync()}", "Names the director");
        db.Record(Closed, "office:x", "round.close", "round:2026", "Kept");
        await db.SaveChangesAsync();
        await ApplyAsync(new DateTime(2032, 8, 31, 9, 0, 0, DateTimeKind.Utc));
        Assert.That(await db.Submissions.AnyAsync() || await db.DraftAnswers.AnyAsync() || await db.Quotes.AnyAsync() || await db.Answers.AnyAsync(a => a.Question != "listing"), Is.False);
        Assert.That(await db.Corrections.AnyAsync() || await db.Responses.AnyAsync(r => r.ReviewReason != null), Is.False);
        Assert.That(await db.AuditDetails.Select(d => d.Content).ToListAsync(), Is.EqualTo(new[] { "Kept" }), "What was done stays in the log, what it says of answers does not.");
        Assert.That(await db.Invitations.CountAsync(), Is.EqualTo(2), "The population stays: rates are computed from it for ever.");
    }

    [Test]
    public async Task Who_is_no_contact_any_more_or_whose_organisation_left_goes_a_month_later()
    {
        await using var db = site.Open();
        var left = new DateTime(2026, 9, 10, 12, 0, 0, DateTimeKind.Utc);
        await db.Contacts.OrderBy(c => c.Id).Take(1).ExecuteUpdateAsync(s => s.SetProperty(c => c.RemovedAt, left));
        await db.Organisations.OrderByDescending(o => o.Id).Take(1).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetiredAt, left.AddDays(1)));
        db.Record(left, "office:x", "contact.change", $"contact:{await db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync()}", "Awa <1@a.example> fr");
        db.Outbox.Add(new OutboxMessage { MessageId = "failed@a.example", Template = "receipt", Language = "en", RoundId = round.Id, ContactId = await db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(), ToAddress = "1@a.example", Subject = "S", Body = "Dear Awa", State = OutboxState.Failed, CreatedAt = left });
        await db.SaveChangesAsync();
        Assert.That(await ApplyAsync(left.AddMonths(1).AddSeconds(-1)), Is.Empty);
        Assert.That(await ApplyAsync(left.AddMonths(1)), Is.EqualTo(new[] { new RetentionDue(RetentionKind.Contacts, null, left.AddMonths(1), 1) }));
        Assert.That((await ApplyAsync(left.AddMonths(1).AddDays(1))).Select(d => d.Count), Is.EqualTo(new[] { 1 }));
        Assert.That(await db.Contacts.AnyAsync() || await db.AuditDetails.AnyAsync(), Is.False);
        Assert.That(await db.Outbox.Where(m => m.Template == "receipt").Select(m => new { m.State, m.Body }).SingleAsync(), Is.EqualTo(new { State = OutboxState.Unneeded, Body = "" }), "It cannot be sent again to who left.");
    }

    [Test]
    public async Task Whose_organisation_left_while_the_round_is_open_stays_to_its_end()
    {
        await using var db = site.Open();
        var left = new DateTime(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);
        await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RoundState.Open).SetProperty(r => r.ClosedAt, (DateTime?)null));
        await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.RetiredAt, left));
        Assert.That(await ApplyAsync(left.AddMonths(2)), Is.Empty);
        await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RoundState.Closed).SetProperty(r => r.ClosedAt, left.AddMonths(2)));
        Assert.That((await ApplyAsync(left.AddMonths(2))).Select(d => (d.Kind, d.Count)), Is.EqualTo(new[] { (RetentionKind.Contacts, 2) }));
    }

    [Test]
    public async Task The_office_sees_beforehand_what_will_go_and_a_stranger_does_not()
    {
        site.Clock.Move(new DateTime(2027, 1, 15, 0, 0, 0, DateTimeKind.Utc) - SiteHost.Start.UtcDateTime);
        await using var db = site.Open();
        var stranger = await site.Visitor(followsRedirects: false).GetAsync("/office/retention");
        Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var reader = site.Visitor();
        var token = await OfficePeople.AddAsync(db, "reader@office.example", OfficeRoles.Reader);
        await db.Users.ExecuteUpdateAsync(s => s.SetProperty(u => u.SetUpTokenExpiresAt, site.Clock.GetUtcNow().UtcDateTime.AddDays(1)));
        await OfficePeople.SetUpAsync(reader, token);
        var page = await SeenPage.GetAsync(reader, "/office/retention");
        Assert.That(page.Words, Does.Contain("6 months after the close").And.Contain("12 months after the close").And.Contain("6 years after the close").And.Contain("1 month after they left"));
        Assert.That(page.Words, Does.Contain("28 February 2027 Answers that were never sent 2026 2"));
        Assert.That(page.Words, Does.Not.Contain("28 February 2027 Personal links"));
    }

    [Test]
    public async Task The_notice_says_the_terms_that_hold()
    {
        var words = (await SeenPage.GetAsync(site.Visitor(), "/privacy?lang=en")).Words;
        Assert.That(words, Does.Contain("until 12 months after the survey has closed").And.Contain("until 6 months after the close").And.Contain("as codes: 6 years").And.Contain("1 month after that they are deleted"));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/privacy?lang=ar")).Words, Does.Contain("حتى 12 شهرا بعد").And.Contain("حتى 6 أشهر بعد").And.Contain("6 سنوات").And.Contain("بعد شهر واحد"));
    }
}
