using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>While the line is down the survey goes on: its pages are kept, what is typed is kept, and goes to the site once when the line is back.</summary>
internal sealed class OfflineTests
{
    private static readonly string[] Points = ["post2015", "diaspora", "protection", "women-children", "national-law", "governance", "recruitment", "labour-rights"];

    [Test]
    public async Task All_parts_can_be_answered_without_a_line_and_are_sent_once_after_the_tab_was_closed()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await Answering.KeptAsync(page);
        await answering.CutAsync(browser, true);
        await page.GetByRole(AriaRole.Link, new() { Name = "Begin" }).ClickAsync();
        await page.Locator("#sure-country").CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("No connection");
        await GoOnAsync(page);
        foreach (var point in Points)
        {
            await page.WaitForURLAsync($"**/{point}");
            await page.GetByLabel("Yes, directly").CheckAsync();
            await page.Locator("#q-example").FillAsync($"What we did on {point}, without a line.");
            await GoOnAsync(page);
        }

        await page.Locator("#q-remark").FillAsync("Written on the way.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and see the contents" }).ClickAsync();
        await Assertions.Expect(page.GetByText("only on this device").First).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "offline-contents");
        Assert.That(await answering.StoredAsync("example", "diaspora"), Is.Empty);
        await page.CloseAsync();

        await answering.CutAsync(browser, false);
        var answers = new List<string>();
        browser.Response += (_, answer) =>
        {
            if (answer.Url.Contains("/save/", StringComparison.Ordinal))
            {
                answers.Add($"{answer.Status} {answer.Url}");
            }
        };
        var again = await browser.NewPageAsync();
        await again.GotoAsync(root);
        await Answering.SavedAsync(again);
        await Assertions.Expect(again.GetByRole(AriaRole.Status)).ToContainTextAsync("has been sent");
        foreach (var point in Points)
        {
            Assert.That(await answering.StoredAsync("example", point), Is.EqualTo(new[] { $"What we did on {point}, without a line." }));
        }

        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "Written on the way." }));
        Assert.That(await answering.StoredAsync("country"), Is.EqualTo(new[] { "SN" }));
        Assert.That(answers, Has.Count.EqualTo(10).And.All.StartsWith("200"), "Each of the ten parts is sent once.");
        await using var db = answering.Site.Open();
        Assert.That((await db.Responses.AsNoTracking().SingleAsync()).Revision, Is.EqualTo(10), "Each part changed the response once.");
    }

    [Test]
    public async Task Back_without_a_line_shows_what_was_saved()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await Answering.KeptAsync(page);
        await page.GotoAsync($"{root}/q/points/diaspora");
        await page.GetByLabel("Yes, directly").CheckAsync();
        await page.GetByLabel("Advanced", new() { Exact = true }).CheckAsync();
        await page.Locator("#q-example").FillAsync("Saved before the line went.");
        await Answering.SavedAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Contents" }).ClickAsync();
        await page.WaitForURLAsync($"**{root}");
        await answering.CutAsync(browser, true);
        await page.GotoAsync($"{root}/q/points/diaspora");
        await Assertions.Expect(page.Locator("#q-example")).ToHaveValueAsync("Saved before the line went.");
        await Assertions.Expect(page.GetByLabel("Advanced", new() { Exact = true })).ToBeCheckedAsync();
        Assert.That(await page.EvaluateAsync<int>("() => document.querySelectorAll('.count').length"), Is.EqualTo(1), "What the script adds stands once on a kept page.");
        await page.GotoAsync(root);
        await Assertions.Expect(page.Locator("li", new() { HasText = "Engaging migrants" }).Locator(".state")).Not.ToHaveTextAsync("not started");
        await page.GetByRole(AriaRole.Button, new() { Name = "Français" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("needs a connection");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_line_comes_back_while_the_page_is_open()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await page.GotoAsync($"{root}/q/looking-ahead");
        await answering.CutAsync(browser, true);
        await page.Locator("#q-remark").FillAsync("First words");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("No connection");
        await page.Locator("#q-remark").FillAsync("First words, and more.");
        await answering.CutAsync(browser, false);
        await Answering.SavedAsync(page);
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "First words, and more." }));
    }

    [Test]
    public async Task A_lost_answer_is_no_conflict()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await page.GotoAsync($"{root}/q/looking-ahead");
        var isCut = true;
        await browser.RouteAsync("**/save/**", async route =>
        {
            // The save arrives and is stored; its answer gets lost.
            var answer = await route.FetchAsync();
            if (isCut)
            {
                isCut = false;
                await route.AbortAsync();
            }
            else
            {
                await route.FulfillAsync(new() { Response = answer });
            }
        });
        await page.Locator("#q-remark").FillAsync("Arrived, but nobody knows.");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("No connection");
        await page.Locator("#q-remark").FillAsync("Arrived, but nobody knows. And more.");
        await Answering.SavedAsync(page);
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "Arrived, but nobody knows. And more." }));
    }

    [Test]
    public async Task A_button_without_a_line_leaves_the_words_where_they_are()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        var colleague = (await answering.OpenAsync(await answering.BrowserAsync())).Page;
        await page.GotoAsync($"{root}/q/looking-ahead");
        await colleague.GotoAsync($"{root}/q/looking-ahead");
        await colleague.Locator("#q-remark").FillAsync("A colleague's.");
        await Answering.SavedAsync(colleague);
        await page.Locator("#q-remark").FillAsync("Mine.");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("A colleague saved this page");
        await answering.CutAsync(browser, true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and check your answers" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("needs a connection");
        await Assertions.Expect(page.Locator("#q-remark")).ToHaveValueAsync("Mine.");
    }

    [Test]
    public async Task Where_the_device_keeps_nothing_the_page_says_so()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        await browser.AddInitScriptAsync("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };");
        var (page, root) = await answering.OpenAsync(browser);
        await page.GotoAsync($"{root}/q/looking-ahead");
        await answering.CutAsync(browser, true);
        await page.Locator("#q-remark").FillAsync("Only on this page.");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Leave this page open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish and clear this computer" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Looking ahead");
        await page.Keyboard.PressAsync("Escape");
        await answering.CutAsync(browser, false);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved at");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "Only on this page." }));
    }

    [Test]
    public async Task Words_that_come_after_the_close_can_still_be_read()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await page.GotoAsync($"{root}/q/looking-ahead");
        await answering.CutAsync(browser, true);
        await page.Locator("#q-remark").FillAsync("Written on the last evening.");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("No connection");
        await page.CloseAsync();
        await using (var db = answering.Site.Open())
        {
            (await db.Rounds.SingleAsync()).Close(SiteHost.Start.UtcDateTime.AddHours(-1));
            await db.SaveChangesAsync();
        }

        await answering.CutAsync(browser, false);
        var again = await browser.NewPageAsync();
        await again.GotoAsync(root);
        await Assertions.Expect(again.GetByRole(AriaRole.Status)).ToContainTextAsync("The survey is closed");
        await Assertions.Expect(again.Locator("main")).ToContainTextAsync("Written on the last evening.");
        await BrowserFixture.PictureAsync(again, "unsaved-desktop-en");
        await again.GotoAsync($"{root}/check");
        await Assertions.Expect(again.Locator("main")).ToContainTextAsync("Written on the last evening.");
        Assert.That(await answering.StoredAsync("remark"), Is.Empty);
    }

    [Test]
    public async Task A_part_at_which_the_site_fails_does_not_keep_the_others_waiting()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await browser.RouteAsync("**/save/points/diaspora", route => route.FulfillAsync(new() { Status = 500, Body = "Oh." }));
        await page.GotoAsync($"{root}/q/points/diaspora");
        await page.GetByLabel("We follow it").CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The site has a problem");
        await page.GotoAsync($"{root}/q/looking-ahead");
        await page.Locator("#q-remark").FillAsync("This one passes.");
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).length === 1");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The site has a problem");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "This one passes." }));
    }

    [Test]
    public async Task A_kept_page_says_so_and_holds_what_was_saved_last()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await Answering.KeptAsync(page);
        await page.GotoAsync($"{root}/q/looking-ahead");
        await page.Locator("#q-remark").FillAsync("Saved after the pages were kept.");
        await Answering.SavedAsync(page);
        await KeepsAsync(page, $"{root}/check", "Saved after the pages were kept.");
        // The site does not answer, and the browser does not know.
        answering.Silence(true);
        await page.GotoAsync($"{root}/check");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("this is the copy kept on this device");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Saved after the pages were kept.");
        answering.Silence(false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send our answers" }).ClickAsync();
        await Assertions.Expect(page.Locator("#line [role=status]")).ToBeEmptyAsync();
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo($"{root}/check"), "The answers as they are now come first.");
    }

    [Test]
    public async Task A_kept_page_is_shown_no_longer_than_the_session_lasts_unless_words_wait()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await Answering.KeptAsync(page);
        const string Age = """
            async hours => {
              const cache = await caches.open(document.getElementById('line').dataset.response);
              for (const request of await cache.keys()) {
                const old = await cache.match(request);
                const headers = new Headers(old.headers);
                headers.set('date', new Date(Date.now() - hours * 3600e3).toUTCString());
                await cache.put(request, new Response(await old.text(), { headers }));
              }
            }
            """;
        var writer = await browser.NewPageAsync();
        await writer.GotoAsync($"{root}/q/looking-ahead");
        await page.EvaluateAsync(Age, 11);
        await answering.CutAsync(browser, true);
        await page.GotoAsync($"{root}/q/points/diaspora");
        await page.EvaluateAsync(Age, 13);
        Assert.That(async () => await page.GotoAsync($"{root}/q/points/diaspora"), Throws.InstanceOf<PlaywrightException>());
        await writer.Locator("#q-remark").FillAsync("Waits here.");
        await KeepsAsync(writer, $"{root}/waiting", "");
        await page.GotoAsync($"{root}/q/points/diaspora");
        await Assertions.Expect(page.Locator("#answers")).ToBeVisibleAsync();
    }

    /// <summary>Waits until the browser keeps this text at an address.</summary>
    private static async Task KeepsAsync(IPage page, string address, string text) => await page.EvaluateAsync("""
        async ([address, text]) => {
          while (!(await (await caches.match(address))?.text())?.includes(text)) await new Promise(resolve => setTimeout(resolve, 50));
        }
        """, new[] { address, text });

    private static Task GoOnAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
}
