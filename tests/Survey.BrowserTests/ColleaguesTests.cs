using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>Several at one response, or one browser with several responses: nobody's words vanish, and nobody's go to another's survey.</summary>
internal sealed class ColleaguesTests
{
    [Test]
    public async Task Two_colleagues_see_both_texts_and_none_is_lost()
    {
        await using var answering = await Answering.StartAsync();
        var (dakar, root) = await answering.OpenAsync(await answering.BrowserAsync());
        var (geneva, _) = await answering.OpenAsync(await answering.BrowserAsync());
        await dakar.GotoAsync($"{root}/q/looking-ahead");
        await geneva.GotoAsync($"{root}/q/looking-ahead");
        await geneva.Locator("#q-remark").FillAsync("From Geneva.");
        await Answering.SavedAsync(geneva);

        await dakar.Locator("#q-remark").FillAsync("From Dakar.");
        await Assertions.Expect(dakar.GetByRole(AriaRole.Status)).ToContainTextAsync("A colleague saved this page");
        await dakar.Locator("#q-remark").FillAsync("From Dakar, written on.");
        await BrowserFixture.PictureAsync(dakar, "stale-desktop-en");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "From Geneva." }), "Saving waits until somebody has looked at both.");
        await dakar.GetByRole(AriaRole.Button, new() { Name = "Show both texts" }).ClickAsync();
        await Assertions.Expect(dakar.GetByText("From Geneva.")).ToBeVisibleAsync();
        await Assertions.Expect(dakar.Locator("#q-remark")).ToHaveValueAsync("From Dakar, written on.");
        await BrowserFixture.PictureAsync(dakar, "both-desktop-en");

        await dakar.Locator("#q-remark").FillAsync("From Geneva. From Dakar, written on.");
        await dakar.GetByRole(AriaRole.Button, new() { Name = "Save and check your answers" }).ClickAsync();
        await dakar.WaitForURLAsync("**/check");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "From Geneva. From Dakar, written on." }));
        Assert.That(await dakar.EvaluateAsync<int>("() => localStorage.length"), Is.Zero);
    }

    [Test]
    public async Task Save_and_go_on_in_a_stale_page_shows_both_texts()
    {
        await using var answering = await Answering.StartAsync();
        var (dakar, root) = await answering.OpenAsync(await answering.BrowserAsync());
        var (geneva, _) = await answering.OpenAsync(await answering.BrowserAsync());
        await dakar.GotoAsync($"{root}/q/looking-ahead");
        await geneva.GotoAsync($"{root}/q/looking-ahead");
        await geneva.Locator("#q-remark").FillAsync("From Geneva.");
        await Answering.SavedAsync(geneva);
        await dakar.Locator("#q-remark").FillAsync("From Dakar.");
        await dakar.GetByRole(AriaRole.Button, new() { Name = "Save and check your answers" }).ClickAsync();
        await Assertions.Expect(dakar.GetByText("From Geneva.")).ToBeVisibleAsync();
        await Assertions.Expect(dakar.Locator("#q-remark")).ToHaveValueAsync("From Dakar.");
        // Left like this and come back to: still both, not one over the other.
        await dakar.GotoAsync($"{root}/q/looking-ahead");
        await Assertions.Expect(dakar.Locator("#q-remark")).ToHaveValueAsync("From Dakar.");
        await Assertions.Expect(dakar.GetByRole(AriaRole.Status)).ToContainTextAsync("A colleague saved this page");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "From Geneva." }));
        await dakar.GetByRole(AriaRole.Button, new() { Name = "Show both texts" }).ClickAsync();
        await Assertions.Expect(dakar.GetByText("From Geneva.")).ToBeVisibleAsync();
        await Assertions.Expect(dakar.Locator("#q-remark")).ToHaveValueAsync("From Dakar.");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "From Geneva." }));
    }

    [Test]
    public async Task Words_that_came_back_and_were_written_on_still_wait_for_both_texts()
    {
        await using var answering = await Answering.StartAsync();
        var (dakar, root) = await answering.OpenAsync(await answering.BrowserAsync());
        var (geneva, _) = await answering.OpenAsync(await answering.BrowserAsync());
        await dakar.GotoAsync($"{root}/q/looking-ahead");
        await geneva.GotoAsync($"{root}/q/looking-ahead");
        await geneva.Locator("#q-remark").FillAsync("From Geneva.");
        await Answering.SavedAsync(geneva);
        await dakar.Locator("#q-remark").FillAsync("From Dakar.");
        await Assertions.Expect(dakar.GetByRole(AriaRole.Status)).ToContainTextAsync("A colleague saved this page");
        await dakar.ReloadAsync();
        await Assertions.Expect(dakar.GetByRole(AriaRole.Status)).ToContainTextAsync("A colleague saved this page");
        await dakar.Locator("#q-remark").FillAsync("From Dakar, written on.");
        // Another page sends what this one left.
        await dakar.GotoAsync(root);
        await Assertions.Expect(dakar.GetByRole(AriaRole.Status)).ToContainTextAsync("Not saved yet");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "From Geneva." }));
        await dakar.Locator("#line").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(dakar.Locator("#q-remark")).ToHaveValueAsync("From Dakar, written on.");
        await dakar.GetByRole(AriaRole.Button, new() { Name = "Save and check your answers" }).ClickAsync();
        await Assertions.Expect(dakar.GetByText("From Geneva.")).ToBeVisibleAsync();
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "From Geneva." }));
    }

    [Test]
    public async Task Closing_an_old_tab_changes_nothing_that_was_saved_in_another()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (first, root) = await answering.OpenAsync(browser);
        var old = await browser.NewPageAsync();
        await first.GotoAsync($"{root}/q/looking-ahead");
        await old.GotoAsync($"{root}/q/looking-ahead");
        await first.Locator("#q-remark").FillAsync("In the first tab.");
        await Answering.SavedAsync(first);
        await old.Locator("#q-remark").FillAsync("In the old tab.");
        await Assertions.Expect(old.GetByRole(AriaRole.Status)).ToContainTextAsync("A colleague saved this page");
        await first.ReloadAsync();
        await first.Locator("#q-remark").FillAsync("In the first tab, written on.");
        await Assertions.Expect(first.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved at");

        await old.CloseAsync();
        await Assertions.Expect(first.GetByRole(AriaRole.Status)).ToContainTextAsync("Not saved yet");
        await Assertions.Expect(first.Locator("#q-remark")).ToHaveValueAsync("In the first tab, written on.");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "In the first tab, written on." }));
        await first.Locator("#line").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(first.Locator("#q-remark")).ToHaveValueAsync("In the old tab.");
        await first.GetByRole(AriaRole.Button, new() { Name = "Show both texts" }).ClickAsync();
        await Assertions.Expect(first.GetByText("In the first tab, written on.")).ToBeVisibleAsync();
        await Assertions.Expect(first.Locator("#q-remark")).ToHaveValueAsync("In the old tab.");
    }

    [Test]
    public async Task Another_language_settles_nothing_between_two_texts()
    {
        await using var answering = await Answering.StartAsync();
        var (dakar, root) = await answering.OpenAsync(await answering.BrowserAsync());
        var (geneva, _) = await answering.OpenAsync(await answering.BrowserAsync());
        await dakar.GotoAsync($"{root}/q/looking-ahead");
        await geneva.GotoAsync($"{root}/q/looking-ahead");
        await geneva.Locator("#q-remark").FillAsync("From Geneva.");
        await Answering.SavedAsync(geneva);
        await dakar.Locator("#q-remark").FillAsync("From Dakar.");
        await dakar.GetByRole(AriaRole.Button, new() { Name = "Show both texts" }).ClickAsync();
        await Assertions.Expect(dakar.GetByText("From Geneva.")).ToBeVisibleAsync();
        await dakar.GetByRole(AriaRole.Button, new() { Name = "Français" }).ClickAsync();
        await Assertions.Expect(dakar.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await Assertions.Expect(dakar.GetByText("From Geneva.")).ToBeVisibleAsync();
        await Assertions.Expect(dakar.Locator("#q-remark")).ToHaveValueAsync("From Dakar.");
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "From Geneva." }));
    }

    [Test]
    public async Task Two_organisations_in_two_tabs_do_not_disturb_each_other()
    {
        await using var answering = await Answering.StartAsync();
        await using var db = answering.Site.Open();
        var other = await SampleRound.InviteAsync(db, answering.Round, "Puentes del Sur", "PE", "latin-america");
        var browser = await answering.BrowserAsync();
        var (first, firstRoot) = await answering.OpenAsync(browser);
        var (second, secondRoot) = await answering.OpenAsync(browser, other);
        Assert.That(secondRoot, Is.Not.EqualTo(firstRoot));
        await first.GotoAsync($"{firstRoot}/q/looking-ahead");
        await second.GotoAsync($"{secondRoot}/q/looking-ahead");
        await answering.CutAsync(browser, true);
        await first.Locator("#q-remark").FillAsync("Of Horizons.");
        await second.Locator("#q-remark").FillAsync("Of Puentes.");
        await Assertions.Expect(second.GetByRole(AriaRole.Status)).ToContainTextAsync("No connection");
        await first.CloseAsync();
        await answering.CutAsync(browser, false);
        await Assertions.Expect(second.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved at");
        await second.GotoAsync(firstRoot);
        await Assertions.Expect(second.GetByText("Horizons solidaires")).ToBeVisibleAsync();
        await second.WaitForFunctionAsync("() => localStorage.length === 0");
        var stored = await db.DraftAnswers.AsNoTracking().Where(a => a.Question == "remark")
            .Join(db.Responses, a => a.ResponseId, r => r.Id, (a, r) => new { a.Text, r.PublicId }).ToListAsync();
        Assert.That(stored.Select(a => $"{a.PublicId} {a.Text}"), Is.EquivalentTo(new[] { $"{firstRoot["/a/r/".Length..]} Of Horizons.", $"{secondRoot["/a/r/".Length..]} Of Puentes." }));
    }

    [Test]
    public async Task Two_tabs_of_one_response_both_save()
    {
        await using var answering = await Answering.StartAsync();
        var browser = await answering.BrowserAsync();
        var (first, root) = await answering.OpenAsync(browser);
        var second = await browser.NewPageAsync();
        await first.GotoAsync($"{root}/q/points/diaspora");
        await second.GotoAsync($"{root}/q/looking-ahead");
        await answering.CutAsync(browser, true);
        await first.GetByLabel("We follow it").CheckAsync();
        await second.Locator("#q-remark").FillAsync("In the second tab.");
        await answering.CutAsync(browser, false);
        await Answering.SavedAsync(first);
        await Answering.SavedAsync(second);
        Assert.That(await answering.StoredAsync("work", "diaspora"), Is.EqualTo(new[] { "follow" }));
        Assert.That(await answering.StoredAsync("remark"), Is.EqualTo(new[] { "In the second tab." }));
    }
}
