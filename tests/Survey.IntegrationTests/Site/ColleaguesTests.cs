using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Mail;

namespace Survey.IntegrationTests.Site;

/// <summary>A member adds colleagues to a response and removes them, with a plain HTTP client.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class ColleaguesTests(DatabaseKind kind)
{
    private SiteHost site = null!;
    private SurveyRound round = null!;
    private HttpClient awa = null!;
    private string root = "";

    [SetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        awa = site.Visitor();
        await using var db = site.Open();
        round = await SampleRound.AddAsync(db);
        root = (await SeenPage.GetAsync(awa, $"/a/{await PersonAsync("Horizons solidaires", "awa@example.org")}")).Path;
    }

    [TearDown]
    public async Task StopAsync()
    {
        awa.Dispose();
        await site.DisposeAsync();
    }

    /// <summary>An organisation with one person, whose own link it gives.</summary>
    private async Task<string> PersonAsync(string organisation, string email)
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, round, organisation);
        var stored = await db.Organisations.SingleAsync(o => o.Name == organisation);
        var contact = new Contact { Name = "Awa Diop", Email = email, EmailFolded = email, CreatedAt = SiteHost.Start.UtcDateTime };
        stored.Contacts.Add(contact);
        await db.SaveChangesAsync();
        var hash = PersonalLink.Hash(token);
        await db.PersonalLinks.Where(l => l.TokenHash == hash).ExecuteUpdateAsync(s => s.SetProperty(l => l.ContactId, contact.Id));
        return token;
    }

    private Task<SeenPage> PageAsync(HttpClient? who = null) => SeenPage.GetAsync(who ?? awa, $"{root}/colleagues");

    private async Task<SeenPage> AddAsync(string name, string email, string language = "en") =>
        await (await PageAsync()).SendAsync("add", ("name", name), ("email", email), ("language", language), ("then", "add"));

    private async Task<SeenPage> RemoveAsync(HttpClient who, string email)
    {
        await using var db = site.Open();
        var id = await db.Contacts.Where(c => c.EmailFolded == email).Select(c => c.Id).SingleAsync();
        var sure = await SeenPage.GetAsync(who, $"{root}/colleagues?remove={id}");
        return await sure.SendAsync("speak", ("then", "remove"));
    }

    private async Task<IReadOnlyList<SeenMail>> SentAsync()
    {
        await site.LookAsync(OutboxTask.TaskName);
        return SeenMail.In(site.MailFolder);
    }

    private static string LinkIn(SeenMail mail) => System.Text.RegularExpressions.Regex.Match(mail.Text, SiteHost.LinkUrl + "(/a/[A-Za-z0-9_-]{22})\n").Groups[1].Value;

    [Test]
    public async Task A_colleague_gets_a_link_in_its_language_and_loses_it_at_once_when_removed()
    {
        var added = await AddAsync("Nadia *Haddad*", "nadia@example.org", "ar");
        Assert.That(added.Words, Does.Contain("Nadia *Haddad* has been added").And.Contain("nadia@example.org"));
        var mail = (await SentAsync()).Single();
        Assert.That(mail.To, Is.EqualTo("Nadia *Haddad* <nadia@example.org>"));
        Assert.That(mail.Text, Does.Contain("تحية طيبة Nadia *Haddad*،").And.Contain("Horizons solidaires").And.Contain($"{SiteHost.LinkUrl}/privacy?lang=ar"));

        var nadia = site.Visitor();
        Assert.That((await SeenPage.GetAsync(nadia, LinkIn(mail))).Path, Is.EqualTo(root), "The same response.");
        var part = await SeenPage.GetAsync(nadia, $"{root}/q/points/diaspora");
        Assert.That((await part.SendAsync("answers", ("q-work", "directly"), ("then", "stay"))).Status, Is.EqualTo(HttpStatusCode.OK));

        var removed = await RemoveAsync(awa, "nadia@example.org");
        Assert.That(removed.Words, Does.Contain("Nadia *Haddad* has been removed").And.Not.Contain("nadia@example.org"));
        Assert.That((await SeenPage.GetAsync(nadia, root)).Status, Is.EqualTo(HttpStatusCode.Forbidden), "Also in a session that is open.");
        Assert.That((await part.SendAsync("answers", ("q-work", "no"), ("then", "stay"))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), LinkIn(mail))).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await SeenPage.GetAsync(awa, $"{root}/q/points/diaspora")).Fields("answers"), Does.Contain(KeyValuePair.Create("q-work", "directly")), "What was written stays.");

        await AddAsync("Nadia Haddad", "NADIA@example.org", "fr");
        await using var db = site.Open();
        var contact = await db.Contacts.SingleAsync(c => c.EmailFolded == "nadia@example.org");
        Assert.That((contact.RemovedAt, contact.IsAddedByMember, contact.Language), Is.EqualTo(((DateTime?)null, true, "fr")), "Adding again undoes it.");
        Assert.That(await SentAsync(), Has.Count.EqualTo(2));
        Assert.That(await db.AuditEntries.Where(a => a.Action.StartsWith("contact.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(), Is.EqualTo(new[] { "contact.add-by-member", "contact.remove-by-member", "contact.add-by-member" }));
        Assert.That(await db.AuditEntries.Select(a => a.Subject + a.Actor).ToListAsync(), Has.None.Contain("nadia").And.None.Contain("@"), "Ids only.");
    }

    [Test]
    public async Task A_mail_that_still_waits_is_not_sent_to_one_who_was_removed()
    {
        await AddAsync("Nadia", "nadia@example.org");
        await RemoveAsync(awa, "nadia@example.org");
        Assert.That(await SentAsync(), Is.Empty);
    }

    [Test]
    public async Task Removing_oneself_is_warned_of_and_leaves_the_pages()
    {
        Assert.That((await PageAsync()).Words, Does.Contain("you"));
        await using var db = site.Open();
        var id = await db.Contacts.Select(c => c.Id).SingleAsync();
        var sure = await SeenPage.GetAsync(awa, $"{root}/colleagues?remove={id}");
        Assert.That(sure.Words, Does.Contain("This is you").And.Contain("You are the only person here"));
        var gone = await sure.SendAsync("speak", ("then", "remove"));
        Assert.That((gone.Status, gone.Words.Contains("Your link no longer opens these answers", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)));
        Assert.That((await SeenPage.GetAsync(awa, root)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("", "nadia@example.org", "write your colleague’s name")]
    [TestCase("Buy at https://evil.example", "nadia@example.org", "without an address or a link")]
    [TestCase("Win at evil.com", "nadia@example.org", "without an address or a link")]
    [TestCase("t.co", "nadia@example.org", "without an address or a link")]
    [TestCase("Nadia\u202Emoc", "nadia@example.org", "without an address or a link")]
    [TestCase("Nadia", "nadia", "This is not an e-mail address")]
    [TestCase("Nadia", "awa@example.org", "on the list already")]
    public async Task What_cannot_be_is_refused_beside_its_field_and_kept(string name, string email, string message)
    {
        var page = await AddAsync(name, email);
        Assert.That((page.Status, page.Words.Contains(message, StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), page.Words);
        Assert.That(page.Fields("add"), Does.Contain(KeyValuePair.Create("email", email)));
        Assert.That(await SentAsync(), Is.Empty);
    }

    [TestCase("J. R. Smith"), TestCase("J.R. Smith"), TestCase("د.نادية حداد"), TestCase("مهدی\u200Cزاده"), TestCase("Jean-Pierre d’Arc, Jr.")]
    public async Task Names_as_people_write_them_are_taken(string name) =>
        Assert.That((await AddAsync(name, "nadia@example.org")).Status, Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task Nobody_can_use_it_to_flood_others_with_mail_however_many_come_at_once()
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => PageAsync()));
        var added = await Task.WhenAll(pages.Select((page, i) => page.SendAsync("add", ("name", "Person"), ("email", $"person-{i}@example.org"), ("language", "en"), ("then", "add"))));
        Assert.That(added.Count(p => p.Status == HttpStatusCode.OK), Is.EqualTo(10), "Ten an hour.");
        Assert.That(added.Where(p => p.Status != HttpStatusCode.OK).Select(p => p.Words), Is.All.Contains("Please wait a little"));
        site.Clock.Move(TimeSpan.FromMinutes(61));
        for (var i = 20; i < 29; i++)
        {
            Assert.That((await AddAsync("Person", $"person-{i}@example.org")).Status, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That((await AddAsync("Person", "one-too-many@example.org")).Words, Does.Contain("as many people as one organisation can have"), "Twenty in all.");
        await using var db = site.Open();
        Assert.That(await db.Contacts.CountAsync(), Is.EqualTo(20));
    }

    [Test]
    public async Task After_the_close_people_are_removed_and_not_added()
    {
        await AddAsync("Nadia", "nadia@example.org");
        var before = await PageAsync();
        site.Clock.Move(TimeSpan.FromDays(60));
        // The session is over after so long; the link opens it again.
        await using (var db = site.Open())
        {
            var token = PersonalLink.NewToken();
            var contact = await db.Contacts.SingleAsync(c => c.EmailFolded == "awa@example.org");
            db.PersonalLinks.Add(new PersonalLink { InvitationId = (await db.Invitations.SingleAsync()).Id, ContactId = contact.Id, TokenHash = PersonalLink.Hash(token), CreatedAt = SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
            await awa.GetAsync($"/a/{token}");
        }

        Assert.That((await PageAsync()).Words, Does.Contain("nobody can be added any more"));
        Assert.That((await before.SendAsync("add", ("name", "Late"), ("email", "late@example.org"), ("language", "en"), ("then", "add"))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await RemoveAsync(awa, "nadia@example.org")).Words, Does.Contain("has been removed"));
    }

    [Test]
    public async Task One_organisation_cannot_touch_anothers_people()
    {
        await PersonAsync("Other", "other@example.org");
        var mine = await SeenPage.GetAsync(awa, $"{root}/colleagues?remove={1}");
        await using var db = site.Open();
        var other = await db.Contacts.SingleAsync(c => c.EmailFolded == "other@example.org");
        Assert.That((await PageAsync()).Words, Does.Not.Contain("other@example.org"));
        await mine.SendAsync(mine.Html.Contains("id=\"add\"", StringComparison.Ordinal) ? "add" : "speak", ("contact", other.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("then", "remove"));
        await db.Entry(other).ReloadAsync();
        Assert.That(other.RemovedAt, Is.Null);
    }

    [Test]
    public async Task The_office_sees_whom_members_added_and_removed_and_how_the_mails_stand()
    {
        await AddAsync("Nadia", "nadia@example.org");
        await RemoveAsync(awa, "nadia@example.org");
        await AddAsync("Samir", "samir@example.org");
        await SentAsync();
        await AddAsync("Lea", "lea@example.org");
        var office = site.Visitor();
        var reader = site.Visitor();
        await using (var db = site.Open())
        {
            await OfficePeople.SetUpAsync(office, await OfficePeople.AddAsync(db, "editor@office.example", OfficeRoles.Editor));
            await OfficePeople.SetUpAsync(reader, await OfficePeople.AddAsync(db, "reader@office.example", OfficeRoles.Reader));
        }

        Assert.That((await SeenPage.GetAsync(reader, "/office/rounds/2026")).Words, Does.Contain("waiting 1").And.Not.Contain("@example.org"), "Who looks at progress needs nobody's address.");
        var words = (await SeenPage.GetAsync(office, "/office/rounds/2026")).Words;
        Assert.That(words, Does.Contain("No mail server is configured").And.Contain("waiting 1").And.Contain("sent 1"));
        Assert.That(words, Does.Match("Lea lea@example.org added.*Samir samir@example.org added.*Nadia nadia@example.org removed.*Nadia nadia@example.org added"));
    }

    [Test]
    public async Task A_link_that_the_office_gave_is_shown_as_such()
    {
        await using (var db = site.Open())
        {
            db.PersonalLinks.Add(new PersonalLink { InvitationId = (await db.Invitations.SingleAsync()).Id, TokenHash = PersonalLink.Hash("by-command"), CreatedAt = SiteHost.Start.UtcDateTime });
            await db.SaveChangesAsync();
        }

        Assert.That((await PageAsync()).Words, Does.Contain("A link given by the office"));
    }
}
