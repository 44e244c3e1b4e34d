using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>An organisation chooses to be treated discreetly, and takes its own choice back; the office's stays.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class DiscretionTests(DatabaseKind kind)
{
    private SiteHost site = null!;
    private SurveyRound round = null!;

    [SetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        round = await SampleRound.AddAsync(db);
    }

    [TearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    private async Task<(Organisation Organisation, bool IsInvitationDiscreet)> StoredAsync()
    {
        await using var db = site.Open();
        return (await db.Organisations.SingleAsync(), await db.Invitations.Select(i => i.IsDiscreet).SingleAsync());
    }

    private async Task<SeenPage> OpenAsync(HttpClient member)
    {
        await using var db = site.Open();
        var root = (await SeenPage.GetAsync(member, $"/a/{await SampleRound.InviteAsync(db, round)}")).Path;
        Assert.That((await SeenPage.GetAsync(member, root)).Html, Does.Contain($"href=\"{root}/discretion\""), "The contents lead there.");
        return await SeenPage.GetAsync(member, $"{root}/discretion");
    }

    [Test]
    public async Task A_member_chooses_it_and_takes_it_back_as_often_as_the_form_is_sent()
    {
        var page = await OpenAsync(site.Visitor());
        var chosen = await page.SendAsync("choose", ("then", "choose"));
        await page.SendAsync("choose", ("then", "choose"));
        Assert.That(chosen.Words, Does.Contain("treated discreetly from now on").And.Contain("Your organisation chose this"));
        var (organisation, isInvitation) = await StoredAsync();
        Assert.That((organisation.WantsDiscretion, organisation.IsDiscreet, isInvitation), Is.EqualTo((true, false, true)));

        Assert.That((await chosen.SendAsync("choose", ("then", "take-back"))).Words, Does.Contain("Your choice has been taken back"));
        (organisation, isInvitation) = await StoredAsync();
        Assert.That((organisation.IsTreatedDiscreetly, isInvitation), Is.EqualTo((false, false)));
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
        var (organisation, isInvitation) = await StoredAsync();
        Assert.That((organisation.WantsDiscretion, organisation.IsTreatedDiscreetly, isInvitation), Is.EqualTo((false, true, true)));
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
