using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The office looks at a planned round as a member would: everything can be walked through, and nothing is stored.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class PreviewTests(DatabaseKind kind)
{
    private SiteHost site = null!;
    private HttpClient reader = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        await using var db = site.Open();
        await SampleRound.AddAsync(db, opens: false);
        reader = site.Visitor();
        await OfficePeople.SetUpAsync(reader, await OfficePeople.AddAsync(db, "reader@office.example", OfficeRoles.Reader));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        reader.Dispose();
        await site.DisposeAsync();
    }

    private async Task<string> LinkAsync(string language)
    {
        var page = await SeenPage.GetAsync(reader, "/office/rounds/2026/preview");
        return System.Text.RegularExpressions.Regex.Match(page.Html, $"href=\"(/a/preview/[^\"?]+[?]lang={language})\"").Groups[1].Value;
    }

    private async Task<string> StoredAsync()
    {
        await using var db = site.Open();
        return $"{await db.Invitations.CountAsync()} {await db.PersonalLinks.CountAsync()} {await db.Responses.CountAsync()} {await db.DraftAnswers.CountAsync()} {await db.Submissions.CountAsync()} {await db.Outbox.CountAsync()} {await db.Organisations.CountAsync()} {await db.Contacts.CountAsync()}";
    }

    [Test]
    public async Task The_whole_survey_can_be_walked_through_and_nothing_is_stored([Values("en", "ar")] string language)
    {
        var before = await StoredAsync();
        var colleague = site.Visitor();
        var contents = await SeenPage.GetAsync(colleague, await LinkAsync(language));
        Assert.That(contents.Html, Does.Contain($"<html lang=\"{language}\""));
        Assert.That(contents.Words, Does.Contain(language == "en" ? "Preview: nothing you type here is saved." : "معاينة: لا يُحفظ شيء مما تكتبونه هنا."));
        var page = await SeenPage.GetAsync(colleague, $"{contents.Path}/q/points/diaspora");
        var wrong = await page.SendAsync("answers", ("q-work", "directly"), ("q-example", new string('x', 1600)), ("then", "next"));
        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "A mistake is shown as a member would see it.");
        Assert.That(wrong.Html, Does.Contain(new string('x', 1600)), "What was typed is still there.");
        var next = await wrong.SendAsync("answers", ("q-work", "directly"), ("q-example", "We trained."), ("then", "next"));
        Assert.That(next.Path, Does.EndWith("/q/points/protection"));
        var check = await SeenPage.GetAsync(colleague, $"{contents.Path}/check");
        Assert.That((await check.SendAsync("send")).Path, Is.EqualTo(check.Path), "There is nothing to send.");
        foreach (var other in new[] { "print", "colleagues", "discretion", "receipt", "copy", "consent", "results", "q/organisation", "q/looking-ahead" })
        {
            Assert.That((await SeenPage.GetAsync(colleague, $"{contents.Path}/{other}")).Status, Is.EqualTo(HttpStatusCode.OK), other);
        }

        Assert.That((await Autosave.SendAsync(colleague, page, null, ("q-work", "directly"))).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await StoredAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_preview_ends_after_twelve_hours_and_a_made_up_link_opens_nothing()
    {
        var colleague = site.Visitor();
        var contents = await SeenPage.GetAsync(colleague, await LinkAsync("en"));
        Assert.That((await SeenPage.GetAsync(site.Visitor(), contents.Path)).Status, Is.EqualTo(HttpStatusCode.Forbidden), "The id alone opens nothing.");
        Assert.That((await SeenPage.GetAsync(site.Visitor(), "/a/preview/made-up")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        site.Clock.Move(TimeSpan.FromHours(13));
        Assert.That((await SeenPage.GetAsync(colleague, contents.Path)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        site.Clock.Move(TimeSpan.FromHours(-13));
    }
}
