using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>Saving as they type: what the page's script is answered, and what is stored then.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class AutosaveTests(DatabaseKind kind)
{
    private SiteHost site = null!;
    private SurveyRound round = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        round = await SampleRound.AddAsync(db);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    /// <summary>A part's page, opened by a member of a new organisation of this name.</summary>
    private async Task<(HttpClient Member, SeenPage Page)> OpenAsync(string name, string part = "points/diaspora")
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, round, name);
        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        return (member, await SeenPage.GetAsync(member, $"{root}/q/{part}"));
    }

    /// <summary>What is stored of an organisation's draft, in order: point/question=choice or text.</summary>
    private async Task<IReadOnlyList<string>> StoredAsync(string name)
    {
        await using var db = site.Open();
        var rows = await db.DraftAnswers.Where(a => db.Responses.Any(r => r.Id == a.ResponseId && r.Invitation!.Name == name)).ToListAsync();
        return [.. rows.Select(a => $"{a.Point}/{a.Question}={a.Choice}{a.Text}").Order(StringComparer.Ordinal)];
    }

    [Test]
    public async Task What_is_typed_is_stored_and_the_next_save_builds_on_the_answer()
    {
        var (member, page) = await OpenAsync("Typing");
        var first = await Autosave.SendAsync(member, page, null, ("q-work", "directly"), ("q-example", "Nous avons"));
        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(first.Answer.Saved, Is.True);
        Assert.That(first.Answer.State, Is.EqualTo("Started"));
        // The clock of the site begins on 4 May 2026, 9:00 UTC: 1777885200 s after 1970 (date -u -d 2026-05-04T09:00 +%s).
        Assert.That(first.Answer.At, Is.InRange(1_777_885_200_000, 1_777_885_200_000 + (10 * 60 * 1000)));
        Assert.That(first.Response.Headers.CacheControl!.NoStore, Is.True);
        var second = await Autosave.SendAsync(member, page, first.Answer.BasedOn, ("q-work", "directly"), ("q-example", "Nous avons formé"), ("q-state", "partly"), ("q-change", "advanced"));
        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(second.Answer.State, Is.EqualTo("Done"));
        Assert.That(await StoredAsync("Typing"), Is.EqualTo(new[] { "diaspora/change=advanced", "diaspora/example=Nous avons formé", "diaspora/state=partly", "diaspora/work=directly" }));
        var again = await SeenPage.GetAsync(member, page.Path);
        Assert.That(again.Fields("answers"), Does.Contain(new KeyValuePair<string, string>("based-on", second.Answer.BasedOn!)), "The page and the script agree on what is stored.");
    }
}
