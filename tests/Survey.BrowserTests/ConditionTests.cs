using Microsoft.Playwright;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>What need not be asked is not shown, in a browser without script.</summary>
internal sealed class ConditionTests
{
    [Test]
    public async Task A_point_asks_nothing_more_after_a_no_and_asks_of_a_quote_only_after_an_example()
    {
        await using var site = await SiteHost.StartAsync(DatabaseKind.Sqlite);
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db));
        }

        await using var context = await BrowserFixture.Browser.NewContextAsync(new() { BaseURL = site.Address.ToString(), Locale = "en", JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/a/{token}");
        await page.GotoAsync(page.Url + "/q/points/diaspora");
        await SeesAsync("work");
        await page.Locator("[name=q-work][value=follow]").CheckAsync();
        await SeesAsync("work", "state", "change", "actions", "barriers", "example");
        await page.Locator("[name=q-example]").FillAsync("A law was passed.");
        await SeesAsync("work", "state", "change", "actions", "barriers", "example", "consent");
        Assert.That(await page.GetByText("Only if you").CountAsync(), Is.Not.Zero, "The words stay for browsers that cannot hide.");
        await Assertions.Expect(page.GetByText("Only if you").First).ToBeHiddenAsync();
        await page.Locator("[name=q-work][value=no]").CheckAsync();
        await SeesAsync("work");

        // What is wrong is seen, whatever its condition says.
        await page.Locator("[name=q-work][value=follow]").CheckAsync();
        await page.Locator("[name=q-example]").FillAsync(new string('x', 1600));
        await page.Locator("[name=q-work][value=no]").CheckAsync();
        await page.Locator("main .button").First.ClickAsync();
        await SeesAsync("work", "example");
        await Assertions.Expect(page.Locator("#q-example-when")).ToBeVisibleAsync();

        async Task SeesAsync(params string[] questions)
        {
            foreach (var box in await page.Locator(".asked").AllAsync())
            {
                var key = (await box.GetAttributeAsync("id"))!["box-".Length..];
                await Assertions.Expect(box).ToBeVisibleAsync(new() { Visible = questions.Contains(key) });
            }
        }
    }
}
