using Microsoft.Playwright;

namespace Survey.BrowserTests;

/// <summary>A computer that others use is handed on: after "Finish and clear this computer" the next person sees nothing, with or without a line.</summary>
internal sealed class SharedComputerTests
{
    private const string Kept = """
        async () => JSON.stringify([Object.keys(localStorage).length, sessionStorage.length, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length])
        """;

    [Test]
    public async Task The_next_person_sees_nothing()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await Answering.KeptAsync(page);
        await page.GotoAsync($"{root}/q/looking-ahead");
        await page.Locator("#q-remark").FillAsync("For the office alone.");
        await Answering.SavedAsync(page);
        var other = await browser.NewPageAsync();
        await other.GotoAsync($"{root}/check");
        await Assertions.Expect(other.GetByText("For the office alone.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Finish and clear this computer" }).ClickAsync();
        await FinishedAsync(page);
        Assert.That(await page.EvaluateAsync<string>(Kept), Is.EqualTo("[0,0,0,0]"), "Drafts, notes of the tab, kept pages and the service worker are gone.");
        await FinishedAsync(other);

        await page.GoBackAsync();
        await SeesNothingAsync(page);
        await answering.CutAsync(browser, true);
        foreach (var address in new[] { root, $"{root}/q/looking-ahead", $"{root}/check" })
        {
            Assert.That(async () => await page.GotoAsync(address), Throws.InstanceOf<PlaywrightException>(), "Without a line there is no kept page.");
        }

        await other.GoBackAsync(new() { WaitUntil = WaitUntilState.Commit });
        await SeesNothingAsync(other);
    }

    [Test]
    public async Task What_is_not_saved_is_named_before_it_is_cleared()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await page.GotoAsync($"{root}/q/looking-ahead");
        await browser.RouteAsync("**/save/**", route => route.AbortAsync());
        await page.Locator("#q-remark").FillAsync("Not saved anywhere else.");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("No connection");
        var finish = page.GetByRole(AriaRole.Button, new() { Name = "Finish and clear this computer" });
        await finish.ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "Not everything has reached us" });
        await Assertions.Expect(question).ToContainTextAsync("Looking ahead");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go back", Exact = true })).ToBeFocusedAsync();
        await BrowserFixture.PictureAsync(page, "clear-dialog");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(question).Not.ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#q-remark")).ToHaveValueAsync("Not saved anywhere else.");

        await finish.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear it all the same" }).ClickAsync();
        await FinishedAsync(page);
        Assert.That(await page.EvaluateAsync<string>(Kept), Is.EqualTo("[0,0,0,0]"));
        Assert.That(await answering.StoredAsync("remark"), Is.Empty);
    }

    [Test]
    public async Task Finishing_without_a_line_clears_at_once_and_ends_the_session_when_it_is_back()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await Answering.KeptAsync(page);
        await answering.CutAsync(browser, true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish and clear this computer" }).ClickAsync();
        await Assertions.Expect(page.GetByText("What was kept on this device is gone.")).ToBeVisibleAsync();
        await SeesNothingAsync(page);
        Assert.That(await page.EvaluateAsync<string>(Kept), Is.EqualTo("[0,0,0,0]"));
        await answering.CutAsync(browser, false);
        await Assertions.Expect(page.GetByText("Your session on this computer is closed.")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        var answer = await page.GotoAsync(root);
        Assert.That(answer!.Status, Is.EqualTo(403));
    }

    /// <summary>The browser clears its stores before it shows the page, as the site asks it to; on a busy machine that takes seconds.</summary>
    private static Task FinishedAsync(IPage page) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Finished", new() { Timeout = 30_000 });

    private static async Task SeesNothingAsync(IPage page)
    {
        await Assertions.Expect(page.GetByText("Horizons solidaires")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("For the office alone.")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#answers")).ToHaveCountAsync(0);
    }
}
