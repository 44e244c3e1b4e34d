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
}
