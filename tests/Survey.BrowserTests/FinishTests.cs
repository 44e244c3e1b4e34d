using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>A shared computer handed on, in a browser with script and in one without: what was typed last is saved, and the next person sees nothing.</summary>
internal sealed class FinishTests
{
    [Test]
    public async Task Finish_saves_what_was_typed_and_clears_the_computer([Values] bool hasScript)
    {
        await using var site = await SiteHost.StartAsync(DatabaseKind.Sqlite);
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db));
        }

        await using var context = await BrowserFixture.Browser.NewContextAsync(new() { BaseURL = site.Address.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal), Locale = "en", JavaScriptEnabled = hasScript });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/a/{token}");
        var part = page.Url + "/q/points/diaspora";
        await page.GotoAsync(part);
        await page.Locator("[name=q-work][value=follow]").CheckAsync();
        await page.Locator("[name=q-example]").FillAsync("Typed last of all.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish and clear this computer" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Finished");
        await Assertions.Expect(page.GetByText("saved but not sent yet")).ToBeVisibleAsync();
        Assert.That((await page.GotoAsync(part))!.Status, Is.EqualTo(403));
        Assert.That(await page.ContentAsync(), Does.Not.Contain("Horizons solidaires").And.Not.Contain("Typed last"));
        await using var stored = site.Open();
        Assert.That(await stored.DraftAnswers.Where(a => a.Question == "example").Select(a => a.Text).SingleOrDefaultAsync(), Is.EqualTo("Typed last of all."));
    }
}
