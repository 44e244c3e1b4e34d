using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Survey.Domain.Geography;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Pages.Office.Members;

namespace Survey.IntegrationTests.Site;

/// <summary>The office looks after its members: finds, adds, changes and retires organisations, and their contacts and links.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class MemberPagesTests(DatabaseKind kind) : OpenRoundFixture(kind)
{
    private async Task<HttpClient> PersonAsync(string role)
    {
        var person = site.Visitor();
        await using var db = site.Open();
        await OfficePeople.SetUpAsync(person, await OfficePeople.AddAsync(db, $"{role}-{Guid.NewGuid():N}@office.example", role));
        return person;
    }

    private async Task<Organisation> InvitedAsync(string name, string country = "SN", string region = "africa")
    {
        await using var db = site.Open();
        await SampleRound.InviteAsync(db, round, name, country, region);
        return await db.Organisations.AsNoTracking().SingleAsync(o => o.Name == name);
    }

    private async Task<Organisation> AddedAsync(string name, string country = "SN")
    {
        await using var db = site.Open();
        var organisation = new Organisation { Code = $"x-{Guid.NewGuid():N}", Name = "", NameFolded = "", Country = country, Type = "ngo", Language = "fr", CreatedAt = round.CreatedAt };
        organisation.Rename(name);
        db.Organisations.Add(organisation);
        await db.SaveChangesAsync();
        return organisation;
    }

    private async Task<Contact> ContactAsync(int organisation, string name, string email)
    {
        await using var db = site.Open();
        var contact = new Contact { OrganisationId = organisation, Name = name, Email = email, EmailFolded = email, CreatedAt = round.CreatedAt };
        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        return contact;
    }

    [Test]
    public async Task Strangers_are_led_to_the_sign_in_and_readers_are_refused()
    {
        var member = await InvitedAsync("Role House");
        var contact = await ContactAsync(member.Id, "Ro", "ro@example.org");
        string[] pages =
        [
            "/office/members", "/office/members/new", "/office/members/file", $"/office/members/{member.Id}", $"/office/members/{member.Id}/contact",
            $"/office/members/{member.Id}/contact?contact={contact.Id}", $"/office/members/{member.Id}/link?contact={contact.Id}", $"/office/members/{member.Id}/retire",
        ];
        var (stranger, reader, editor) = (site.Visitor(followsRedirects: false), await PersonAsync(OfficeRoles.Reader), await PersonAsync(OfficeRoles.Editor));
        foreach (var page in pages)
        {
            Assert.That((await stranger.GetAsync(page)).StatusCode, Is.EqualTo(HttpStatusCode.Redirect), page);
            Assert.That((await reader.GetAsync(page)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), page);
            Assert.That((await editor.GetAsync(page)).StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        }

        Assert.That((await editor.GetAsync("/office/members/999999")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await SeenPage.GetAsync(reader, "/office")).Html, Does.Not.Contain("/office/members"));
    }

    [Test]
    public async Task Members_are_found_by_folded_name_place_and_status()
    {
        await InvitedAsync("Fundación Ñandú Peregrina", "PY", "latin-america-caribbean");
        var arabic = await AddedAsync("جمعية الأُخُوَّة", "JO");
        var editor = await PersonAsync(OfficeRoles.Editor);
        Assert.That((await SeenPage.GetAsync(editor, "/office/members?find=nandu")).Words, Does.Contain("Fundación Ñandú Peregrina").And.Contain("invited").And.Contain("nobody to reach").And.Contain("1 organisation "));
        Assert.That((await SeenPage.GetAsync(editor, "/office/members?find=" + Uri.EscapeDataString("الاخوة"))).Words, Does.Contain(arabic.Name).And.Not.Contain("Ñandú"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/members?country=PY&find=peregrina")).Words, Does.Contain("Ñandú"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/members?country=JO&find=peregrina")).Words, Does.Contain("No member fits"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/members?status=Uninvited")).Words, Does.Contain(arabic.Name).And.Not.Contain("Ñandú"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/members?status=Retired&find=nandu")).Words, Does.Contain("No member fits"));
    }

    [Test]
    public async Task A_page_of_ten_thousand_members_asks_little_of_the_database()
    {
        await using var database = await TestDatabase.CreateAsync(Kind);
        await using (var db = database.Open())
        {
            db.Organisations.AddRange(Enumerable.Range(0, 10_000).Select(i =>
            {
                var organisation = new Organisation { Code = $"m-{i}", Name = "", NameFolded = "", Country = i % 2 == 0 ? "SN" : "PY", CreatedAt = round.CreatedAt };
                organisation.Rename($"Member {i:00000}");
                return organisation;
            }));
            await db.SaveChangesAsync();
        }

        await using var read = database.Open();
        var queries = 0;
        using var listener = System.Diagnostics.DiagnosticListener.AllListeners.Subscribe(new Watcher(seen => { if (seen.Value is CommandExecutedEventData { Context: { } context } && ReferenceEquals(context, read)) { queries++; } }));
        var regions = RegionScheme.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Templates, "regions", "default.yaml")), "default.yaml").Value!;
        var list = await MemberList.OfAsync(read, new("member", "", "africa", MemberStatus.Active), regions, null, 3, default);
        Assert.That((list.Total, list.Pages, list.Page, list.Lines.Count), Is.EqualTo((5_000, 100, 3, 50)));
        Assert.That(list.Lines[0].Name, Is.EqualTo("Member 00200"));
        Assert.That(queries, Is.InRange(1, 2));
    }

    [Test]
    public async Task An_organisation_is_added_by_hand_once()
    {
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, "/office/members/new");
        var empty = await page.SendAsync("facts", ("name", " "), ("country", ""));
        Assert.That(empty.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(empty.Words, Does.Contain("Please write the name.").And.Contain("Please choose the country."));
        var added = await page.SendAsync("facts", ("name", "Puente Nuevo"), ("country", "BO"), ("type", "ngo"), ("language", "es"));
        Assert.That(added.Words, Does.Contain("The organisation was added").And.Contain("puente-nuevo-bo"));
        Assert.That((await page.SendAsync("facts", ("name", "PUENTE NUEVO"), ("country", "BO"))).Words, Does.Contain("of this name in this country already"));
        await using var db = site.Open();
        var stored = await db.Organisations.SingleAsync(o => o.Name == "Puente Nuevo");
        Assert.That((stored.Code, stored.Country, stored.Language, stored.NameFolded), Is.EqualTo(("puente-nuevo-bo", "BO", "es", "puente nuevo")));
        Assert.That(await db.AuditEntries.CountAsync(a => a.Action == "organisation.add" && a.Subject == $"organisation:{stored.Id}"), Is.EqualTo(1));
    }

    [Test]
    public async Task Facts_change_for_the_future_only_and_never_over_a_colleagues_change()
    {
        var member = await InvitedAsync("Casa Vieja");
        var editor = await PersonAsync(OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(editor, $"/office/members/{member.Id}");
        var stale = await SeenPage.GetAsync(editor, $"/office/members/{member.Id}");
        Assert.That((await page.SendAsync("facts", ("name", "Casa Clara"), ("country", "PY"), ("discreet", "true"))).Words, Does.Contain("Saved."));
        var refused = await stale.SendAsync("facts", ("name", "Casa Oscura"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(refused.Words, Does.Contain("Nothing was saved"));
        await using var db = site.Open();
        var stored = await db.Organisations.SingleAsync(o => o.Id == member.Id);
        Assert.That((stored.Name, stored.NameFolded, stored.Country, stored.IsDiscreet), Is.EqualTo(("Casa Clara", "casa clara", "PY", true)));
        var invitation = await db.Invitations.SingleAsync(i => i.OrganisationId == member.Id);
        Assert.That((invitation.Name, invitation.Country, invitation.Region), Is.EqualTo(("Casa Vieja", "SN", "africa")));
    }

    [Test]
    public async Task Contacts_are_added_marked_taken_off_and_brought_back()
    {
        var member = await InvitedAsync("Contact House");
        var other = await AddedAsync("Sister House");
        await ContactAsync(other.Id, "Shared", "shared@example.org");
        var editor = await PersonAsync(OfficeRoles.Editor);
        var add = await SeenPage.GetAsync(editor, $"/office/members/{member.Id}/contact");
        Assert.That((await add.SendAsync("contact-form", ("name", "Awa"), ("email", "nothing"))).Words, Does.Contain("no e-mail address"));
        Assert.That((await add.SendAsync("contact-form", ("name", "Awa"), ("email", "Shared@example.org"), ("language", "fr"))).Words, Does.Contain("The contact was saved.").And.Contain("Awa"));
        Assert.That((await add.SendAsync("contact-form", ("name", "Bo"), ("email", "shared@example.org"))).Words, Does.Contain("has a contact with this address already"));
        int id;
        await using (var db = site.Open())
        {
            var contact = await db.Contacts.SingleAsync(c => c.OrganisationId == member.Id);
            id = contact.Id;
            Assert.That((contact.Email, contact.EmailFolded, contact.Language), Is.EqualTo(("Shared@example.org", "shared@example.org", "fr")));
            var invitation = await db.Invitations.SingleAsync(i => i.OrganisationId == member.Id);
            db.PersonalLinks.Add(new PersonalLink { InvitationId = invitation.Id, ContactId = id, TokenHash = PersonalLink.Hash("contact-house"), CreatedAt = round.CreatedAt });
            await db.SaveChangesAsync();
        }

        var edit = await SeenPage.GetAsync(editor, $"/office/members/{member.Id}/contact?contact={id}");
        Assert.That(edit.Words, Does.Contain("Sister House"), "The office sees whom else the address serves.");
        Assert.That((await edit.SendAsync("contact-form", ("bounced", "true"))).Words, Does.Contain("mails come back"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/members?status=Unreachable&find=contact+house")).Words, Does.Contain("Contact House"));
        var sure = await SeenPage.GetAsync(editor, $"/office/members/{member.Id}/contact?contact={id}&remove=true");
        Assert.That(sure.Words, Does.Contain("Take Awa off?").And.Contain("stop working at once"));
        Assert.That((await sure.SendAsync("remove")).Words, Does.Contain("its links were revoked"));
        await using (var db = site.Open())
        {
            Assert.That(await db.PersonalLinks.Where(l => l.ContactId == id).Select(l => l.RevokedAt).SingleAsync(), Is.Not.Null);
        }

        await (await SeenPage.GetAsync(editor, $"/office/members/{member.Id}/contact")).SendAsync("contact-form", ("name", "Awa again"), ("email", "shared@example.org"));
        await using var after = site.Open();
        var back = await after.Contacts.SingleAsync(c => c.OrganisationId == member.Id);
        Assert.That((back.Id, back.Name, back.RemovedAt, back.BouncedAt), Is.EqualTo((id, "Awa again", (DateTime?)null, (DateTime?)null)));
    }

    [Test]
    public async Task A_person_who_asked_for_no_more_mails_meanwhile_is_not_written_to_because_a_name_was_corrected()
    {
        var member = await AddedAsync("Opting House");
        await ContactAsync(member.Id, "Awa", "awa@opting.example");
        var editor = await PersonAsync(OfficeRoles.Editor);
        await using var db = site.Open();
        var mine = db.Contacts.Where(c => c.OrganisationId == member.Id);
        var page = await SeenPage.GetAsync(editor, $"/office/members/{member.Id}/contact?contact={await mine.Select(c => c.Id).SingleAsync()}");
        await mine.ExecuteUpdateAsync(s => s.SetProperty(c => c.OptedOutAt, SiteHost.Start.UtcDateTime));
        await page.SendAsync("contact-form", ("name", "Awa Diop"));
        Assert.That(await mine.Select(c => new { c.Name, IsOut = c.OptedOutAt != null }).SingleAsync(), Is.EqualTo(new { Name = "Awa Diop", IsOut = true }));

        var again = await SeenPage.GetAsync(editor, page.Response.RequestMessage!.RequestUri!.PathAndQuery);
        await again.SendAsync("contact-form", ("optedOut", null));
        Assert.That(await mine.Select(c => c.OptedOutAt).SingleAsync(), Is.Null, "Who takes the mark away on the page means it.");
    }

    [Test]
    public async Task A_new_link_opens_the_answers_and_can_end_the_earlier_ones()
    {
        var member = await InvitedAsync("Link House");
        var contact = await ContactAsync(member.Id, "Li", "li@example.org");
        var editor = await PersonAsync(OfficeRoles.Editor);
        var address = $"/office/members/{member.Id}/link?contact={contact.Id}";
        var first = TokenIn(await (await SeenPage.GetAsync(editor, address)).SendAsync("issue"));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), $"/a/{first}")).Words, Does.Contain("Link House"));
        var second = TokenIn(await (await SeenPage.GetAsync(editor, address)).SendAsync("issue", ("revokes", "true")));
        Assert.That((await site.Visitor().GetAsync($"/a/{first}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), $"/a/{second}")).Words, Does.Contain("Link House"));
        Assert.That((await SeenPage.GetAsync(editor, address)).Html, Does.Not.Contain(second), "It is shown once.");
        await using var db = site.Open();
        var suffix = $"/contact:{contact.Id}";
        Assert.That(await db.AuditEntries.Where(a => a.Subject.EndsWith(suffix)).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(), Is.EqualTo(new[] { "link.issue", "link.revoke", "link.issue" }));
    }

    private static string TokenIn(SeenPage page) => System.Text.RegularExpressions.Regex.Match(page.Html, "/a/([A-Za-z0-9_-]{22})<").Groups[1].Value;

    [Test]
    public async Task Retiring_says_what_happens_and_is_undone()
    {
        var member = await InvitedAsync("Retiring House");
        var editor = await PersonAsync(OfficeRoles.Editor);
        var sure = await SeenPage.GetAsync(editor, $"/office/members/{member.Id}/retire");
        Assert.That(sure.Words, Does.Contain("Retire Retiring House?").And.Contain("its links work and its answers count"));
        Assert.That((await sure.SendAsync("retire")).Words, Does.Contain("The organisation is retired."));
        await sure.SendAsync("retire");
        Assert.That((await SeenPage.GetAsync(editor, "/office/members?status=Retired&find=retiring")).Words, Does.Contain("Retiring House"));
        Assert.That((await (await SeenPage.GetAsync(editor, $"/office/members/{member.Id}/retire")).SendAsync("retire")).Words, Does.Contain("active again"));
        await using var db = site.Open();
        Assert.That(await db.AuditEntries.Where(a => a.Subject == $"organisation:{member.Id}").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(), Is.EqualTo(new[] { "organisation.retire", "organisation.unretire" }));
    }

    [Test]
    public async Task Members_join_the_open_round_as_they_are_now_and_once()
    {
        var (one, two) = (await AddedAsync("Late One", "KE"), await AddedAsync("Late Two", "FR"));
        var editor = await PersonAsync(OfficeRoles.Editor);
        var list = await SeenPage.GetAsync(editor, "/office/members?find=late");
        Assert.That((await list.SendAsync("choose")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await list.SendAsync("choose", ("chosen", $"{one.Id}"))).Words, Does.Contain("1 organisation was added to round 2026."));
        Assert.That((await list.SendAsync("choose", ("chosen", $"{one.Id}"))).Words, Does.Contain("0 organisations were added"));
        Assert.That((await (await SeenPage.GetAsync(editor, $"/office/members/{two.Id}")).SendAsync("handler=Join")).Words, Does.Contain("was added to the round").And.Contain("invited"));
        await using var db = site.Open();
        Assert.That(await db.Invitations.Where(i => i.OrganisationId == one.Id || i.OrganisationId == two.Id).OrderBy(i => i.OrganisationId).Select(i => i.Region).ToListAsync(), Is.EqualTo(new[] { "africa", "europe-central-asia" }));
    }

    [Test]
    public async Task The_members_file_has_the_imports_columns_and_no_formula()
    {
        var member = await AddedAsync("=HYPERLINK(1)", "KE");
        await ContactAsync(member.Id, "Fo", "fo@example.org");
        var file = await (await (await PersonAsync(OfficeRoles.Editor)).GetAsync("/office/members/file")).Content.ReadAsStringAsync();
        Assert.That(file, Does.Contain($"{member.Code},'=HYPERLINK(1),KE,ngo,fr,no,fo@example.org,Fo,en\r\n"));
    }

    private sealed class Watcher(Action<KeyValuePair<string, object?>> seen) : IObserver<System.Diagnostics.DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(System.Diagnostics.DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value) => seen(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
