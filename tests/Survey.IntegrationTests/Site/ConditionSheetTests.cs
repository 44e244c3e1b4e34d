using System.Net;
using System.Text.RegularExpressions;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The style sheet that hides what need not be asked: at an address of its own, which caches may keep.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class ConditionSheetTests(DatabaseKind kind)
{
    [Test]
    public async Task A_part_links_its_rounds_sheet_which_may_be_kept_for_a_year_and_loads_nothing_else()
    {
        await using var site = await SiteHost.StartAsync(kind);
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db));
            await SampleRound.AddAsync(db, "2027", opens: false);
        }

        var member = site.Visitor();
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        var address = Regex.Match(page.Html, "/survey-when/2026-[0-9a-f]{10}\\.css").Value;
        var sheet = await SeenPage.GetAsync(site.Visitor(), address);
        Assert.Multiple(() =>
        {
            Assert.That(sheet.Status, Is.EqualTo(HttpStatusCode.OK), address);
            Assert.That(sheet.Response.Headers.CacheControl!.MaxAge, Is.EqualTo(TimeSpan.FromDays(365)));
            Assert.That(sheet.Response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/css"));
            Assert.That(sheet.Html, Does.Contain("@supports selector(:has(*))").And.Contain("[name=\"q-work\"]:is([value=\"directly\"], [value=\"follow\"]):checked").And.Not.Contain("url("));
        });
        // A page from before an upgrade asks for another hash: it gets the sheet, for minutes. What is planned is nobody's business yet.
        Assert.That((await site.Visitor().GetAsync("/survey-when/2026-0123456789.css")).Headers.CacheControl!.MaxAge, Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That((await site.Visitor().GetAsync("/survey-when/2027-0123456789.css")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
