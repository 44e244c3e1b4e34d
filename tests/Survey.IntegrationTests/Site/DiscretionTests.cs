using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Mail;

namespace Survey.IntegrationTests.Site;

/// <summary>An organisation chooses to be treated discreetly, and takes its own choice back; the office's stays.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class DiscretionTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    private async Task<(Organisation Organisation, bool MayBeNamed)> StoredAsync()
    {
        await using var db = site.Open();
        return (await db.Organisations.SingleAsync(), await db.Invitations.ThatMayBeNamed().AnyAsync());
    }

    private async Task<SeenPage> OpenAsync(HttpClient member)
    {
        await using var db = site.Open();
        var root = (await SeenPage.GetAsync(member, $"/a/{await SampleRound.InviteAsync(db, round)}")).Path;
        Assert.That((await SeenPage.GetAsync(member, root)).Html, Does.Contain($"href=\"{root}/discretion\""), "The contents lead there.");
        return await SeenPage.GetAsync(member, $"{root}/discretion");
    }

    [Test]
    public async Task The_office_is_told_of_the_choice()
    {
        var chosen = await (await OpenAsync(site.Visitor())).SendAsync("choose", ("then", "choose"));
        await chosen.SendAsync("choose", ("then", "take-back"));
        var (office, reader) = (site.Visitor(), site.Visitor());
        await using (var db = site.Open())
        {
            await OfficePeople.SetUpAsync(office, await OfficePeople.AddAsync(db, "editor@office.example", OfficeRoles.Editor));
            await OfficePeople.SetUpAsync(reader, await OfficePeople.AddAsync(db, "reader@office.example", OfficeRoles.Reader));
        }

        Assert.That((await SeenPage.GetAsync(office, "/office/rounds/2026")).Words, Does.Match("Horizons solidaires +no longer discreet.*Horizons solidaires +answers discreetly now"));
        Assert.That((await SeenPage.GetAsync(reader, "/office/rounds/2026")).Words, Does.Not.Contain("Horizons").And.Not.Contain("discreet"), "A reader sees how far a round is, not who asked for discretion.");
    }

    [Test]
    public async Task A_member_chooses_it_and_takes_it_back_as_often_as_the_form_is_sent()
    {
        var page = await OpenAsync(site.Visitor());
        var chosen = await page.SendAsync("choose", ("then", "choose"));
        await page.SendAsync("choose", ("then", "choose"));
        Assert.That(chosen.Words, Does.Contain("treated discreetly from now on").And.Contain("Your organisation chose this"));
        var (organisation, mayBeNamed) = await StoredAsync();
        Assert.That((organisation.WantsDiscretion, organisation.IsDiscreet, mayBeNamed), Is.EqualTo((true, false, false)));

        Assert.That((await chosen.SendAsync("choose", ("then", "take-back"))).Words, Does.Contain("Your choice has been taken back"));
        (organisation, mayBeNamed) = await StoredAsync();
        Assert.That((organisation.IsTreatedDiscreetly, mayBeNamed), Is.EqualTo((false, true)));
        await using var db = site.Open();
        Assert.That(await db.AuditEntries.OrderBy(a => a.Id).Select(a => a.Actor + " " + a.Action).ToListAsync(), Is.EqualTo(new[] { "member discretion.choose", "member discretion.take-back" }));
    }

    [Test]
    public async Task What_the_office_chose_only_the_office_takes_back()
    {
        var member = site.Visitor();
        var page = await OpenAsync(member);
        await using (var db = site.Open())
        {
            await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.IsDiscreet, true));
        }

        page = await SeenPage.GetAsync(member, page.Path);
        Assert.That(page.Words, Does.Contain("only the office can take it back").And.Not.Contain("Take our choice back"));
        await page.SendAsync("choose", ("then", "take-back"));
        Assert.That((await StoredAsync()).Organisation.IsTreatedDiscreetly, Is.True);
        var both = await page.SendAsync("choose", ("then", "choose"));
        await both.SendAsync("choose", ("then", "take-back"));
        var (organisation, mayBeNamed) = await StoredAsync();
        Assert.That((organisation.WantsDiscretion, organisation.IsTreatedDiscreetly, mayBeNamed), Is.EqualTo((false, true, false)));
    }

    [Test]
    public async Task What_the_office_had_chosen_when_it_invited_stays()
    {
        var page = await OpenAsync(site.Visitor());
        await using (var db = site.Open())
        {
            await db.Invitations.ExecuteUpdateAsync(s => s.SetProperty(i => i.IsDiscreet, true));
        }

        await (await page.SendAsync("choose", ("then", "choose"))).SendAsync("choose", ("then", "take-back"));
        Assert.That((await StoredAsync()).MayBeNamed, Is.False);
    }

    [Test]
    public async Task Mails_that_wait_take_a_neutral_form_and_keep_their_link()
    {
        var member = site.Visitor();
        var page = await OpenAsync(member);
        var colleagues = await SeenPage.GetAsync(member, page.Path.Replace("/discretion", "/colleagues", StringComparison.Ordinal));
        await colleagues.SendAsync("add", ("name", "Nadia"), ("email", "nadia@example.org"), ("language", "en"), ("then", "add"));
        await page.SendAsync("choose", ("then", "choose"));
        await site.LookAsync(OutboxTask.TaskName);
        var mail = SeenMail.In(site.MailFolder).Single();
        Assert.That((mail.From, mail.Subject), Is.EqualTo(("Online form <forms@post.example>", "A form to fill in together")));
        Assert.That(mail.All, Does.Not.Contain("Network").And.Not.Contain("Horizons"));
        var link = System.Text.RegularExpressions.Regex.Match(mail.Text, SiteHost.LinkUrl + "(/a/[A-Za-z0-9_-]{22})\n").Groups[1].Value;
        Assert.That((await SeenPage.GetAsync(site.Visitor(), link)).Words, Does.Contain("Horizons solidaires"));
    }

    [Test]
    public async Task A_mail_that_waits_and_would_name_the_network_is_not_sent_however_the_organisation_became_discreet()
    {
        var member = site.Visitor();
        var page = await OpenAsync(member);
        var colleagues = await SeenPage.GetAsync(member, page.Path.Replace("/discretion", "/colleagues", StringComparison.Ordinal));
        await colleagues.SendAsync("add", ("name", "Nadia"), ("email", "nadia@example.org"), ("language", "en"), ("then", "add"));
        await using var db = site.Open();
        // Put off by a server while the choice was made, or chosen by a list that was imported: nothing looked at the mails that wait.
        await db.Organisations.ExecuteUpdateAsync(s => s.SetProperty(o => o.IsDiscreet, true));
        await site.LookAsync(OutboxTask.TaskName);
        Assert.That(Directory.GetFiles(site.MailFolder), Is.Empty);
        Assert.That(await db.Outbox.Select(m => m.State).SingleAsync(), Is.EqualTo(OutboxState.Unneeded));
    }

    [Test]
    public async Task It_can_be_chosen_after_the_close_too()
    {
        var member = site.Visitor();
        var page = await OpenAsync(member);
        await using (var db = site.Open())
        {
            var stored = await db.Rounds.SingleAsync();
            stored.Close(SiteHost.Start.UtcDateTime);
            stored.Freeze(SiteHost.Start.UtcDateTime);
            await db.SaveChangesAsync();
        }

        site.Clock.Move(TimeSpan.FromHours(1));
        var chosen = await (await SeenPage.GetAsync(member, page.Path)).SendAsync("choose", ("then", "choose"));
        Assert.That(chosen.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await StoredAsync()).Organisation.WantsDiscretion, Is.True);
    }

    [Test]
    public async Task A_stranger_changes_nothing()
    {
        var page = await OpenAsync(site.Visitor());
        Assert.That((await SeenPage.GetAsync(site.Visitor(), page.Path)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("then", "choose")]);
        await site.Visitor().PostAsync(page.Path, content);
        Assert.That((await StoredAsync()).Organisation.WantsDiscretion, Is.False);
    }
}
