using System.Globalization;
using Microsoft.Playwright;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>Whole journeys through the survey: on a desktop and on a phone, with script and without, with what happens on the way.</summary>
internal sealed class JourneyTests
{
    [Test]
    public async Task A_member_answers_sends_and_corrects([Values(true, false)] bool hasScript, [Values(1100, 360)] int width)
    {
        await using var answering = await Answering.StartAsync();
        var (page, root) = await answering.OpenAsync(await answering.BrowserAsync(width: width, hasScript: hasScript));
        await page.GetByRole(AriaRole.Link, new() { Name = "Begin" }).ClickAsync();
        await AnswerShortlyAsync(page, isStepping: hasScript && width < 640);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send our answers" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Thank you. Your answers have arrived.");

        await page.GotoAsync($"{root}/q/looking-ahead");
        await ReachAsync(page, "#q-remark", hasScript && width < 640);
        await page.Locator("#q-remark").FillAsync("A second thought.");
        await GoOnAsync(page, "Save and check your answers", hasScript && width < 640);
        await page.WaitForURLAsync("**/check");
        // Among what has changed since the first version, and among the answers.
        await Assertions.Expect(page.Locator("[aria-labelledby=changes]").GetByText("A second thought.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("A second thought.").Last).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the changed answers" }).ClickAsync();
        await page.WaitForURLAsync("**/receipt");
        await Assertions.Expect(page.Locator(".pairs > div", new() { HasText = "Version" })).ToContainTextAsync("2");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "A second thought." }));
    }

    [Test]
    public async Task Switching_the_language_half_way_keeps_what_was_just_typed([Values(true, false)] bool hasScript)
    {
        await using var answering = await Answering.StartAsync();
        var (page, root) = await answering.OpenAsync(await answering.BrowserAsync(hasScript: hasScript));
        await page.GotoAsync($"{root}/q/points/diaspora");
        await page.GetByLabel("Yes, directly").CheckAsync();
        await page.Locator("#q-example").FillAsync("Typed before the switch.");
        await page.GetByRole(AriaRole.Button, new() { Name = "العربية" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ar");
        await Assertions.Expect(page.Locator("#q-example")).ToHaveValueAsync("Typed before the switch.");
        await Assertions.Expect(page.GetByLabel("نعم، مباشرة")).ToBeCheckedAsync();
        Assert.That(await answering.StoredAsync("example", "diaspora"), Is.EqualTo(new[] { "Typed before the switch." }));
        await BrowserFixture.PictureAsync(page, $"switched-ar-{(hasScript ? "script" : "plain")}");
    }

    [TestCase("en", "By the clock of this device: 1 June 2026, 07:00")]
    [TestCase("ar", "بحسب ساعة هذا الجهاز: 1 حزيران/يونيو 2026، الساعة 07:00")]
    public async Task The_end_is_said_in_the_members_own_time(string language, string words)
    {
        // The sample round closes with the end of 31 May in the last time zone: 1 June, 12:00 UTC. Lima is five hours behind.
        await using var answering = await Answering.StartAsync();
        await using var lima = await BrowserFixture.Browser.NewContextAsync(new() { BaseURL = answering.Site.Address.ToString(), Locale = "en", TimezoneId = "America/Lima" });
        var page = await lima.NewPageAsync();
        await page.GotoAsync($"/a/{answering.Token}?lang={language}");
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync(words);
        await BrowserFixture.PictureAsync(page, $"contents-own-time-{language}");
    }

    [Test]
    public async Task Facts_not_confirmed_are_asked_once_more()
    {
        await using var answering = await Answering.StartAsync();
        var (page, root) = await answering.OpenAsync(await answering.BrowserAsync());
        await page.GotoAsync($"{root}/q/organisation");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await Assertions.Expect(page.Locator(".unsure")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await page.WaitForURLAsync("**/post2015");
    }

    [Test]
    public async Task The_round_closes_while_somebody_types()
    {
        // Closes with the end of 4 May in the last time zone: 5 May, 12:00 UTC. A page loaded before may save for 15 minutes.
        await using var answering = await Answering.StartAsync(closesOn: new DateOnly(2026, 5, 4));
        answering.Site.Clock.Move(new DateTimeOffset(2026, 5, 5, 11, 58, 0, TimeSpan.Zero) - SiteHost.Start);
        var (page, root) = await answering.OpenAsync(await answering.BrowserAsync());
        await page.GotoAsync($"{root}/q/looking-ahead");
        await page.Locator("#q-remark").FillAsync("Begun in time");
        await Answering.SavedAsync(page);
        answering.Site.Clock.Move(TimeSpan.FromMinutes(10));
        await page.Locator("#q-remark").FillAsync("Begun in time, ended just after.");
        await Answering.SavedAsync(page);
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "Begun in time, ended just after." }));
        answering.Site.Clock.Move(TimeSpan.FromMinutes(10));
        await page.Locator("#q-remark").FillAsync("Begun in time, ended just after. Far too late.");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The survey is closed.");
        await Assertions.Expect(page.Locator("#q-remark")).ToHaveValueAsync("Begun in time, ended just after. Far too late.");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "Begun in time, ended just after." }));
    }

    [Test]
    public async Task Who_types_on_one_page_for_longer_than_a_session_lasts_goes_on_saving()
    {
        await using var answering = await Answering.StartAsync();
        var (page, root) = await answering.OpenAsync(await answering.BrowserAsync());
        await page.GotoAsync($"{root}/q/looking-ahead");
        const string Asked = "root => performance.getEntriesByType('resource').filter(entry => new URL(entry.name).pathname === root).length";
        for (var hours = 0; hours <= 30; hours += 10)
        {
            var before = await page.EvaluateAsync<int>(Asked, root);
            await page.Locator("#q-remark").FillAsync($"After {hours} hours");
            await Answering.SavedAsync(page);
            Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { $"After {hours} hours" }));
            if (hours > 0)
            {
                // The page asks the site for a page, which keeps the session.
                await page.WaitForFunctionAsync($"([root, before]) => ({Asked})(root) > before", new object[] { root, before });
            }

            answering.Site.Clock.Move(TimeSpan.FromHours(10));
        }
    }

    [Test]
    public async Task The_session_ends_while_somebody_types()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await page.GotoAsync($"{root}/q/looking-ahead");
        await browser.ClearCookiesAsync();
        await page.Locator("#q-remark").FillAsync("Typed after the session was over.");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your session is over");
        await Assertions.Expect(page.Locator("#line a")).ToHaveAttributeAsync("href", "/a/new-link?lang=en");
        await page.CloseAsync();
        Assert.That(await answering.StoredAsync("remark"), Is.Empty);

        var (again, _) = await answering.OpenAsync(browser);
        await Answering.SavedAsync(again);
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "Typed after the session was over." }));
    }

    [Test]
    public async Task The_link_opened_in_another_tab_lets_the_first_go_on()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (page, root) = await answering.OpenAsync(browser);
        await page.GotoAsync($"{root}/q/looking-ahead");
        await browser.ClearCookiesAsync();
        await page.Locator("#q-remark").FillAsync("Typed meanwhile.");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your session is over");
        await answering.OpenAsync(browser);
        await page.Locator("#q-remark").FillAsync("Typed meanwhile, and after.");
        await Answering.SavedAsync(page);
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "Typed meanwhile, and after." }));
    }

    /// <summary>From the first part to the check: the facts confirmed, and no point worked on.</summary>
    private static async Task AnswerShortlyAsync(IPage page, bool isStepping)
    {
        await page.WaitForURLAsync("**/q/organisation");
        await page.Locator("#sure-country").CheckAsync();
        await ReachAsync(page, "#sure-type", isStepping);
        await page.Locator("#sure-type").CheckAsync();
        for (var part = 2; part <= 9; part++)
        {
            await GoOnAsync(page, "Save and go on", isStepping);
            await Assertions.Expect(page.GetByText(string.Create(CultureInfo.InvariantCulture, $"Part {part} of 10"))).ToBeVisibleAsync();
            await page.GetByLabel("No", new() { Exact = true }).CheckAsync();
        }

        await GoOnAsync(page, "Save and go on", isStepping);
        await page.WaitForURLAsync("**/q/looking-ahead");
        await GoOnAsync(page, "Save and check your answers", isStepping);
        await page.WaitForURLAsync("**/check");
    }

    /// <summary>On a small screen a question is reached by going on from one to the next.</summary>
    private static async Task ReachAsync(IPage page, string selector, bool isStepping)
    {
        while (isStepping && !await page.Locator(selector).IsVisibleAsync())
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Next question" }).ClickAsync();
        }
    }

    private static async Task GoOnAsync(IPage page, string button, bool isStepping)
    {
        // No part has more than a dozen questions.
        for (var question = 1; question < 12 && isStepping && await page.GetByRole(AriaRole.Button, new() { Name = "Next question" }).IsVisibleAsync(); question++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Next question" }).ClickAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }
}
