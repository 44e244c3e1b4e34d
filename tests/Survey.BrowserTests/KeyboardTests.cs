using Microsoft.Playwright;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>A member answers with the keyboard alone.</summary>
internal sealed class KeyboardTests
{
    [Test]
    public async Task A_member_fills_in_and_sends_with_the_keyboard()
    {
        await using var site = await SiteHost.StartAsync(DatabaseKind.Sqlite);
        string token;
        await using (var db = site.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db));
        }

        await using var context = await BrowserFixture.Browser.NewContextAsync(new() { BaseURL = site.Address.ToString(), Locale = "en" });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/a/{token}");
        await TabToAsync(page, "Begin");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/q/organisation");
        await TabToIdAsync(page, "sure-country");
        await page.Keyboard.PressAsync("Space");
        await TabToIdAsync(page, "sure-type");
        await page.Keyboard.PressAsync("Space");
        for (var part = 0; part < 8; part++)
        {
            await NextAsync(page, part == 0 ? "Save and go on" : "Save and go on");
            await TabToIdAsync(page, "q-work");
            // The last choice of the first question: no work on this point.
            await page.Keyboard.PressAsync("ArrowUp");
            Assert.That(await page.EvaluateAsync<string>("() => document.activeElement.value"), Is.EqualTo("no"));
        }

        await NextAsync(page, "Save and go on");
        await TabToIdAsync(page, "q-remark");
        await page.Keyboard.TypeAsync("All by keyboard.");
        await NextAsync(page, "Save and check your answers");
        await NextAsync(page, "Send our answers");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Thank you. Your answers have arrived.");
    }

    private static async Task NextAsync(IPage page, string button)
    {
        var was = page.Url;
        await TabToAsync(page, button);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url != was);
    }

    private static Task TabToAsync(IPage page, string words) => TabUntilAsync(page, "e => e && e.textContent.trim() === " + System.Text.Json.JsonSerializer.Serialize(words), words);

    private static Task TabToIdAsync(IPage page, string id) => TabUntilAsync(page, $"e => e && e.id === '{id}'", id);

    private static async Task TabUntilAsync(IPage page, string condition, string what)
    {
        for (var i = 0; i < 120; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>($"() => ({condition})(document.activeElement)"))
            {
                return;
            }
        }

        Assert.Fail($"The keyboard does not reach {what}.");
    }
}
