using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

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

    private static Task GoOnAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
}
