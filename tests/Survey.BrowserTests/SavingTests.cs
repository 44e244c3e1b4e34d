using Microsoft.Playwright;

namespace Survey.BrowserTests;

/// <summary>With script an answer is saved as it is typed, and the page says so only when it is.</summary>
internal sealed class SavingTests
{
    [Test]
    public async Task What_is_typed_is_saved_without_pressing_a_button()
    {
        await using var answering = await Answering.StartAsync();
        var (page, root) = await answering.OpenAsync(await answering.BrowserAsync());
        await page.GotoAsync($"{root}/q/points/diaspora");
        await page.GetByLabel("Yes, directly").CheckAsync();
        await page.Locator("#q-example").PressSequentiallyAsync("We trained forty women.");
        await Answering.SavedAsync(page);
        await BrowserFixture.PictureAsync(page, "saving-desktop-en");
        Assert.That(await answering.StoredAsync("work", "diaspora"), Is.EqualTo(new[] { "directly" }));
        Assert.That(await answering.StoredAsync("example", "diaspora"), Is.EqualTo(new[] { "We trained forty women." }));
    }

    [Test]
    public async Task What_is_typed_just_as_a_save_ends_is_saved_too()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        // Holds the moment in which a save is answered and its lock not yet given back.
        await browser.AddInitScriptAsync("""
            const request = navigator.locks.request.bind(navigator.locks);
            navigator.locks.request = async (name, work) => {
              const result = await request(name, work);
              if (name.startsWith('send')) await window.ending;
              return result;
            };
            """);
        var (page, root) = await answering.OpenAsync(browser);
        await page.GotoAsync($"{root}/q/points/diaspora");
        await page.EvaluateAsync("() => { window.ending = new Promise(resolve => { window.end = resolve; }); }");
        await page.GetByLabel("Yes, directly").CheckAsync();
        await Answering.AnsweredAsync(page, saves: 1);
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).length === 0");
        await page.Locator("#q-example").FillAsync("We trained forty women.");
        await page.EvaluateAsync("() => window.end()");
        await Answering.SavedAsync(page);
        Assert.That(await answering.StoredAsync("example", "diaspora"), Is.EqualTo(new[] { "We trained forty women." }));
    }

    [Test]
    public async Task What_could_not_be_saved_is_named_and_described_once()
    {
        await using var answering = await Answering.StartAsync();
        var (page, root) = await answering.OpenAsync(await answering.BrowserAsync());
        await page.GotoAsync($"{root}/q/points/diaspora");
        var text = page.Locator("#q-example");
        var before = await text.GetAttributeAsync("aria-describedby");
        await page.GetByLabel("Yes, directly").CheckAsync();
        for (var n = 0; n < 3; n++)
        {
            var longer = new string('a', 1501 + n);
            await text.FillAsync(longer);
            await Answering.AnsweredAsync(page, saves: n + 1);
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("tell us of an example");
        await Assertions.Expect(text).ToHaveAttributeAsync("aria-describedby", $"{before} q-example-problem");
        await Assertions.Expect(text).ToHaveAttributeAsync("aria-invalid", "true");
        await text.FillAsync("Short.");
        await Answering.SavedAsync(page);
        await Assertions.Expect(text).ToHaveAttributeAsync("aria-describedby", before!);
    }
}
