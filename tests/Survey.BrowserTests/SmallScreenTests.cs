using Microsoft.Playwright;

namespace Survey.BrowserTests;

/// <summary>On a phone with script a part asks one question at a time; on a wider screen the whole part is there.</summary>
internal sealed class SmallScreenTests
{
    [Test]
    public async Task One_question_at_a_time_skipping_those_that_need_no_answer()
    {
        await using var answering = await Answering.StartAsync();
        var (page, root) = await answering.OpenAsync(await answering.BrowserAsync(width: 360));
        await page.GotoAsync($"{root}/q/points/diaspora");
        await Assertions.Expect(page.GetByText("Question 1 of")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "How far is this point practice where you work?" })).ToBeHiddenAsync();
        await page.GetByLabel("Yes, directly").CheckAsync();
        await BrowserFixture.PictureAsync(page, "phone-one-en");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next question" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Question 2 of 6")).ToBeVisibleAsync();
        Assert.That(await page.EvaluateAsync<string>("() => document.activeElement.textContent"), Does.StartWith("How far is this point practice"), "The focus is on the question that came.");
        await Assertions.Expect(page.GetByLabel("Yes, directly")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next question" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Question 3 of 6")).ToBeVisibleAsync();

        await page.GoBackAsync();
        await Assertions.Expect(page.GetByText("Question 2 of 6")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Previous question" }).ClickAsync();
        await page.GetByLabel("No", new() { Exact = true }).CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Next question" })).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await page.WaitForURLAsync("**/protection");
        Assert.That(await answering.StoredAsync("work", "diaspora"), Is.EqualTo(new[] { "no" }));
        await page.SetViewportSizeAsync(1100, 800);
        await page.GetByLabel("Yes, directly").CheckAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "What stood in the way most?" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Question 1 of")).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_mistake_leads_to_its_question_and_nothing_typed_is_lost()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync(width: 360);
        var (page, root) = await answering.OpenAsync(browser);
        var tooLong = new string('x', 1490);
        await page.GotoAsync($"{root}/q/points/diaspora#q-example");
        await page.GotoAsync($"{root}/q/points/diaspora");
        await page.GetByLabel("Yes, directly").CheckAsync();
        for (var question = 2; question <= 6; question++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Next question" }).ClickAsync();
        }

        await page.Locator("#q-example").FillAsync(tooLong);
        await Assertions.Expect(page.GetByText("1490 of 1,500 characters")).ToBeVisibleAsync();
        await page.Locator("#q-example").FillAsync(tooLong + "and so on, and on");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Not everything could be saved");
        await BrowserFixture.PictureAsync(page, "phone-too-long");
        Assert.That(await answering.StoredAsync("work", "diaspora"), Is.EqualTo(new[] { "directly" }), "What is right is saved.");
        await page.GotoAsync(root);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("only on this device");
        await page.Locator("#line").GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync("**/diaspora");
        await Assertions.Expect(page.Locator("#q-example")).ToHaveValueAsync(tooLong + "and so on, and on");
        await page.GotoAsync($"{root}/q/points/diaspora#q-example");
        await Assertions.Expect(page.Locator("#q-example")).ToBeVisibleAsync();
        await page.Locator("#q-example").FillAsync(tooLong);
        await Answering.SavedAsync(page);
        Assert.That(await answering.StoredAsync("example", "diaspora"), Is.EqualTo(new[] { tooLong }));
    }
}
