using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>Who takes over from a colleague sees what is open: each kind of task stands there as long as it is, and no longer.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed partial class HandOverTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    private const string Page = "/office/hand-over", Nothing = "Nothing is open.", Words = "Nous avons formé <b>quarante</b> femmes.";

    private static readonly DateTime Start = SiteHost.Start.UtcDateTime;

    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}@office.example", role));
        return person;
    }

    /// <summary>The page without the site's frame, as words.</summary>
    private static async Task<string> SeenAsync(HttpClient person)
    {
        var page = await SeenPage.GetAsync(person, Page);
        Assert.That((page.Status, page.Path), Is.EqualTo((HttpStatusCode.OK, Page)), page.Words);
        return WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(Body().Match(page.Html).Value, " "), " "));
    }

    /// <summary>Where the page leads.</summary>
    private static async Task<List<string>> LinksAsync(HttpClient person) =>
        [.. Links().Matches(Body().Match((await SeenPage.GetAsync(person, Page)).Html).Value).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Distinct()];

    /// <summary>Each of these tasks stands there, and the page does not say that nothing is open.</summary>
    private static async Task StandsAsync(HttpClient person, params string[] titles)
    {
        var seen = await SeenAsync(person);
        Assert.That(titles.Where(t => !seen.Contains(t, StringComparison.Ordinal)), Is.Empty, seen);
        Assert.That(seen, Does.Not.Contain(Nothing));
    }

    private static async Task NothingAsync(HttpClient person) => Assert.That(await SeenAsync(person), Does.Contain(Nothing));

    private static async Task<SurveyResponse> AnswerAsync(SurveyDb db, SurveyRound to, string name)
    {
        await SampleRound.InviteAsync(db, to, name);
        var invitation = await db.Invitations.OrderByDescending(i => i.Id).FirstAsync();
        db.Contacts.Add(new Contact { OrganisationId = invitation.OrganisationId, Email = $"{invitation.Id}@member.example", EmailFolded = $"{invitation.Id}@member.example", CreatedAt = Start });
        var response = new SurveyResponse { PublicId = Guid.NewGuid(), InvitationId = invitation.Id, RoundId = to.Id, StartedAt = Start, ChangedAt = Start, SubmittedAt = Start, Version = 1 };
        db.Responses.Add(response);
        await db.SaveChangesAsync();
        return response;
    }

    [Test]
    public async Task A_stranger_is_refused_and_where_nothing_is_open_the_page_says_so()
    {
        Assert.That((await SeenPage.GetAsync(site.Visitor(), Page)).Path, Does.StartWith("/office/sign-in"));
        var editor = await PersonAsync(OfficeRoles.Editor);
        await NothingAsync(editor);
        Assert.That(await SeenAsync(editor), Does.Contain("1 person can sign in").And.Contain("audit.key").And.Contain("As of 4 May 2026"));
        Assert.That((await SeenPage.GetAsync(editor, "/office")).Html, Does.Contain($"href=\"{Page}\""));
    }

    [Test]
    public async Task A_rounds_days_stand_there_until_it_is_frozen()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        await using var db = site.Open();
        var next = await SampleRound.AddAsync(db, "2027", opens: false, closesOn: new DateOnly(2027, 5, 31));
        await StandsAsync(editor, "Round 2027 is planned", "No day set: the office does it by hand.", "Closes by itself on 1 June 2027");
        await db.Rounds.Where(r => r.Id == next.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.OpensOn, new DateOnly(2027, 3, 1)));
        await StandsAsync(editor, "Opens by itself on 28 February 2027");
        // Nobody is a member yet: that stands in its way.
        await db.Rounds.Where(r => r.Id == next.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.OpensOn, new DateOnly(2026, 5, 1)));
        await StandsAsync(editor, "Round 2027 could not open on its day");
        await db.Rounds.Where(r => r.Id == next.Id).ExecuteDeleteAsync();
        await NothingAsync(editor);

        // At nine on the fourth: the 17th ends more than fourteen days from now, the 16th does not.
        await CloseAfterAsync(new DateOnly(2026, 5, 17));
        await NothingAsync(editor);
        await CloseAfterAsync(new DateOnly(2026, 5, 16));
        await StandsAsync(editor, "Round 2026 closes soon", "Closes by itself on 17 May 2026");
        await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.ClosesAt, (DateTime?)null).SetProperty(r => r.ClosesOn, (DateOnly?)null));
        await StandsAsync(editor, "Round 2026 is open and has no last day");
        await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RoundState.Closed).SetProperty(r => r.ClosedAt, Start));
        await StandsAsync(editor, "Round 2026 is closed and not frozen");
        await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RoundState.Frozen).SetProperty(r => r.FrozenAt, Start));
        await NothingAsync(editor);

        Task<int> CloseAfterAsync(DateOnly day) => db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.ClosesOn, day).SetProperty(r => r.ClosesAt, SurveyRound.EndOfDayAnywhere(day)));
    }

    [Test]
    public async Task Questions_second_looks_quotes_and_reopened_organisations_stand_there_until_they_are_settled()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        await using var db = site.Open();
        var (one, twin) = (await AnswerAsync(db, round, "Horizons solidaires"), await AnswerAsync(db, round, "Horizons solidaires"));
        await StandsAsync(editor, "2 responses in round 2026 deserve a second look");
        await db.Responses.ExecuteUpdateAsync(s => s.SetProperty(r => r.Review, ReviewState.Accepted));
        await NothingAsync(editor);

        await db.Responses.Where(r => r.Id == one.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Review, ReviewState.HasQuestion));
        await StandsAsync(editor, "1 question to a member in round 2026 is unanswered");
        Assert.That(await LinksAsync(editor), Does.Contain("/office/rounds/2026/responses?show=HasQuestion"));
        await db.Responses.ExecuteUpdateAsync(s => s.SetProperty(r => r.Review, ReviewState.Accepted));

        db.Quotes.Add(new Quote { ResponseId = twin.Id, RoundId = round.Id, Point = "diaspora", Question = "example", Text = "Words.", Language = "en" });
        await db.SaveChangesAsync();
        await StandsAsync(editor, "1 quote waits for a decision");
        await db.Quotes.ExecuteUpdateAsync(s => s.SetProperty(q => q.Review, QuoteReview.Rejected));
        await NothingAsync(editor);

        await db.Rounds.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, RoundState.Closed).SetProperty(r => r.ClosedAt, Start.AddDays(-1)));
        await db.Invitations.Where(i => i.Id == one.InvitationId).ExecuteUpdateAsync(s => s.SetProperty(i => i.ReopenedUntil, Start.AddDays(1)));
        await StandsAsync(editor, "1 organisation may still answer in round 2026 after the close", "Horizons solidaires");
        Assert.That(await LinksAsync(editor), Does.Contain($"/office/invitations/{one.InvitationId}/reopen"));
        await db.Invitations.Where(i => i.Id == one.InvitationId).ExecuteUpdateAsync(s => s.SetProperty(i => i.ReopenedUntil, Start.AddMinutes(-1)));
        Assert.That(await SeenAsync(editor), Does.Not.Contain("may still answer"));
    }

    [Test]
    public async Task Mails_stand_there_until_they_are_out_or_decided()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, round);
        await StandsAsync(editor, "1 member in round 2026 cannot be reached");
        var contact = new Contact { OrganisationId = (await db.Organisations.SingleAsync()).Id, Email = "awa@member.example", EmailFolded = "awa@member.example", CreatedAt = Start };
        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        await NothingAsync(editor);

        var mailing = new Mailing { RoundId = round.Id, Kind = MailingKind.Invitation, Wave = 1, RequestedAt = Start, RequestedBy = "office:x", PreparedAt = Start };
        db.Mailings.Add(mailing);
        await db.SaveChangesAsync();
        db.Outbox.Add(new OutboxMessage { MessageId = "one@x.example", Template = "invitation", Language = "en", RoundId = round.Id, ContactId = contact.Id, MailingId = mailing.Id, ToAddress = contact.Email, Subject = "S", Body = "Words", CreatedAt = Start });
        await db.SaveChangesAsync();
        await StandsAsync(editor, "1 mail waits to be sent");
        await db.Mailings.ExecuteUpdateAsync(s => s.SetProperty(m => m.PausedAt, Start));
        await StandsAsync(editor, "1 mailing of round 2026 is paused");
        await db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Uncertain));
        await StandsAsync(editor, "1 mail is uncertain");
        Assert.That(await SeenAsync(editor), Does.Not.Contain("is paused").And.Not.Contain("waits to be sent"));
        await db.Outbox.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Failed));
        await StandsAsync(editor, "1 mail failed");
        // Invited anew: the first mail wants nothing more.
        db.Outbox.Add(new OutboxMessage { MessageId = "two@x.example", Template = "invitation", Language = "en", RoundId = round.Id, ContactId = contact.Id, MailingId = mailing.Id, ToAddress = contact.Email, Subject = "S", Body = "", State = OutboxState.Sent, CreatedAt = Start });
        await db.SaveChangesAsync();
        await NothingAsync(editor);
        await db.Outbox.Where(m => m.State == OutboxState.Sent).ExecuteDeleteAsync();
        await StandsAsync(editor, "1 mail failed");
        await db.Contacts.ExecuteUpdateAsync(s => s.SetProperty(c => c.BouncedAt, Start));
        Assert.That(await SeenAsync(editor), Does.Not.Contain("1 mail failed").And.Contain("cannot be reached"), "marked: that is the decision, and what follows from it");
    }

    [Test]
    public async Task Reports_stand_there_until_they_are_out()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, round);
        await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.RetiredAt, Start));
        db.Runs.Add(new ReportRun { RoundId = round.Id, Languages = "en", State = RunState.Failed, RequestedAt = Start });
        await db.SaveChangesAsync();
        await StandsAsync(editor, "The last report run of round 2026 failed");
        var draft = await StoredEdition.AddAsync(db, round, isPublished: false);
        await StandsAsync(editor, "Version 1 of the report on round 2026 is a draft");
        Assert.That(await SeenAsync(editor), Does.Not.Contain("run of round 2026 failed"), "A later run settles it.");
        Assert.That(await LinksAsync(editor), Does.Contain($"/office/editions/{draft.Id}"));
        var version = await db.EditionVersions.SingleAsync();
        version.Publish(Start, "office:test");
        db.EditionMentions.Add(new EditionMention { EditionVersionId = version.Id, OrganisationId = (await db.Organisations.SingleAsync()).Id, Kind = MentionKind.Quoted, TextHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Words))) });
        await db.SaveChangesAsync();
        await StandsAsync(editor, "A new version of the report on round 2026 is due");
        // An older draft says a number that is taken: it can never come out.
        await StoredEdition.AddAsync(db, round, isPublished: false);
        await StoredEdition.AddAsync(db, round, number: 2);
        await NothingAsync(editor);
    }

    [Test]
    public async Task Uploads_and_merges_stand_there_until_they_are_settled()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        await using var db = site.Open();
        var me = $"office:{(await db.Users.SingleAsync()).Id}";
        db.MemberUploads.AddRange(
            new MemberUpload { Id = Guid.NewGuid(), UploadedAt = Start, UploadedBy = me, Content = "name,country\nA,SN\n"u8.ToArray() },
            new MemberUpload { Id = Guid.NewGuid(), UploadedAt = Start, UploadedBy = "office:x", Content = [] });
        await db.SaveChangesAsync();
        await StandsAsync(editor, "You uploaded a member list and have not confirmed it", "1 member list that a colleague uploaded is not confirmed");
        Assert.That(await LinksAsync(editor), Does.Contain($"/office/members/import/{(await db.MemberUploads.SingleAsync(u => u.UploadedBy == me)).Id}"));
        await db.MemberUploads.Where(u => u.UploadedBy == me).ExecuteDeleteAsync();
        Assert.That(await SeenAsync(editor), Does.Not.Contain("You uploaded"));
        // After a day it is deleted at the next occasion.
        await db.MemberUploads.ExecuteUpdateAsync(s => s.SetProperty(u => u.UploadedAt, Start.AddDays(-1)));
        await NothingAsync(editor);

        await AnswerAsync(db, round, "Harbour Light");
        var other = await AnswerAsync(db, round, "Lighthouse");
        await db.Responses.Where(r => r.Id == other.Id).ExecuteDeleteAsync();
        var organisations = await db.Invitations.OrderBy(i => i.Id).Select(i => i.OrganisationId).ToListAsync();
        var merge = await Merging.RunAsync(db, organisations[0], organisations[1], new Dictionary<int, int>(), "office:1", Start, default);
        Assert.That(merge, Is.Not.Null);
        await StandsAsync(editor, "1 merge of members can still be undone", "Harbour Light");
        Assert.That(await LinksAsync(editor), Does.Contain($"/office/members/{organisations[0]}"));
        db.ChangeTracker.Clear();
        Assert.That(await Merging.UndoAsync(db, merge!.Id, "office:1", Start, default));
        Assert.That(await SeenAsync(editor), Does.Not.Contain("can still be undone"));
    }

    [Test]
    public async Task Accounts_are_for_administrators_and_addresses_for_those_who_may_read_them()
    {
        var administrator = await PersonAsync(OfficeRoles.Administrator);
        var publisher = await PersonAsync(OfficeRoles.Publisher);
        await using (var db = site.Open())
        {
            await OfficePeople.AddAsync(db, "late@office.example", OfficeRoles.Administrator);
            await OfficePeople.AddAsync(db, "gone@office.example", OfficeRoles.Editor);
            await db.Users.Where(u => u.Email == "gone@office.example").ExecuteUpdateAsync(s => s.SetProperty(u => u.DisabledAt, Start));
        }

        await StandsAsync(administrator, "Only one administrator can sign in", "1 account is not set up yet", "disable the account. late@office.example", "1 account was disabled in the last 30 days", "enable the account again. gone@office.example");
        Assert.That(await SeenAsync(administrator), Does.Contain("gone@office.example Editor disabled"));
        await NothingAsync(publisher);
        Assert.That(await SeenAsync(publisher), Does.Contain("late@office.example Administrator not set up yet").And.Contain("4 May 2026"), "Who is who, with the last visit.");
        Assert.That(await LinksAsync(publisher), Is.Empty);

        await using (var db = site.Open())
        {
            await db.Users.Where(u => u.Email == "late@office.example").ExecuteUpdateAsync(s => s.SetProperty(u => u.TwoFactorEnabled, true));
            await db.Users.Where(u => u.Email == "gone@office.example").ExecuteUpdateAsync(s => s.SetProperty(u => u.DisabledAt, Start.AddDays(-31)));
        }

        await NothingAsync(administrator);
    }

    [Test]
    public async Task A_reader_sees_counts_and_no_address_and_nobody_is_led_where_they_may_not_go()
    {
        await using var db = site.Open();
        // Something of everything.
        var (one, twin) = (await AnswerAsync(db, round, "Horizons solidaires"), await AnswerAsync(db, round, "Horizons solidaires"));
        await db.Responses.Where(r => r.Id == one.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Review, ReviewState.HasQuestion).SetProperty(r => r.ReviewReason, "In which year?"));
        db.Quotes.Add(new Quote { ResponseId = twin.Id, RoundId = round.Id, Point = "diaspora", Question = "example", Text = "Words of a member.", Language = "en" });
        await SampleRound.InviteAsync(db, round, "Silent House");
        foreach (var state in new[] { OutboxState.Failed, OutboxState.Uncertain, OutboxState.Waiting })
        {
            db.Outbox.Add(new OutboxMessage { MessageId = $"{state}@x.example", Template = "invitation", Language = "en", RoundId = round.Id, ToAddress = "awa@member.example", Subject = "S", Body = "Words", State = state, CreatedAt = Start });
        }

        db.MemberUploads.Add(new MemberUpload { Id = Guid.NewGuid(), UploadedAt = Start, UploadedBy = "office:x", Content = [] });
        await StoredEdition.AddAsync(db, round, isPublished: false);
        db.Runs.Add(new ReportRun { RoundId = round.Id, Languages = "en", State = RunState.Failed, RequestedAt = Start });
        var over = await SampleRound.AddAsync(db, "2025", closesOn: new DateOnly(2026, 4, 1));
        await SampleRound.InviteAsync(db, over, "Late House");
        await db.Invitations.Where(i => i.RoundId == over.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.ReopenedUntil, Start.AddDays(5)));
        await SampleRound.AddAsync(db, "2027", opens: false, closesOn: new DateOnly(2027, 5, 31));
        await OfficePeople.AddAsync(db, "late@office.example", OfficeRoles.Administrator);
        await db.SaveChangesAsync();

        var reader = await PersonAsync(OfficeRoles.Reader);
        await StandsAsync(reader, "Round 2027 is planned", "Round 2025 is closed and not frozen", "1 organisation may still answer", "1 question to a member", "2 responses in round 2026", "1 quote waits", "1 mail failed", "1 mail is uncertain",
            "1 mail waits", "1 member in round 2026 cannot be reached", "Version 1 of the report on round 2026 is a draft", "The last report run of round 2026 failed", "1 member list that a colleague uploaded");
        var seen = await SeenAsync(reader);
        Assert.That(seen, Does.Not.Contain("@").And.Not.Contain("House").And.Not.Contain("Horizons").And.Not.Contain("In which year").And.Not.Contain("Words of a member").And.Not.Contain("not set up"));
        Assert.That(seen, Does.Contain("1 person can sign in"));
        foreach (var (role, person) in new[] { (OfficeRoles.Reader, reader), (OfficeRoles.Editor, await PersonAsync(OfficeRoles.Editor)), (OfficeRoles.Administrator, await PersonAsync(OfficeRoles.Administrator)) })
        {
            var links = await LinksAsync(person);
            Assert.That(links, Has.Count.GreaterThanOrEqualTo(role == OfficeRoles.Reader ? 4 : 13));
            foreach (var link in links)
            {
                Assert.That((await person.GetAsync(link)).StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{role}: {link}");
            }
        }
    }

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex("<a href=\"(/[^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
