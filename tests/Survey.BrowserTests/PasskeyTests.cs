using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Survey.Domain.Offices;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.BrowserTests;

/// <summary>Passkeys of the office with a device that Chromium plays: added, used instead of password and code, refused where the account or the person is not right, removed.</summary>
internal sealed class PasskeyTests
{
    private const string Email = "key@office.example";

    private SiteHost site = null!;
    private IBrowserContext browser = null!;
    private IPage page = null!;
    private ICDPSession device = null!;
    private string deviceId = "", accountId = "", key = "";

    [SetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(DatabaseKind.Sqlite);
        await using var db = site.Open();
        (key, _) = await OfficePeople.SetUpAsync(site.Visitor(), await OfficePeople.AddAsync(db, Email, OfficeRoles.Editor));
        accountId = await db.Users.Select(u => u.Id).SingleAsync();
        // A passkey belongs to a name; an address in numbers has none.
        browser = await BrowserFixture.Browser.NewContextAsync(new() { BaseURL = $"http://localhost:{site.Address.Port}", Locale = "en" });
        await AxeCheck.AddAsync(browser);
        page = await browser.NewPageAsync();
        device = await browser.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        var options = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true };
        deviceId = (await device.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = options }))!.Value.GetProperty("authenticatorId").GetString()!;
    }

    [TearDown]
    public async Task StopAsync()
    {
        await browser.DisposeAsync();
        await site.DisposeAsync();
    }

    [Test]
    public async Task A_passkey_is_added_opens_the_account_by_itself_and_is_removed()
    {
        await SignInWithPasswordAsync();
        await AddAsync();
        await BrowserFixture.PictureAsync(page, "own-account-passkey");
        Assert.That(await AuditAsync("office.passkey-add"), Is.EqualTo(1));

        await SignOutAsync();
        await PressPasskeyAsync();
        await page.WaitForURLAsync("**/office");
        await using var db = site.Open();
        Assert.That(await db.OfficeSessions.CountAsync(s => s.AccountId == accountId), Is.EqualTo(3), "Set up, with the password, with the passkey.");
        Assert.That(await AuditAsync("office.passkey-sign-in"), Is.EqualTo(1));

        await page.GotoAsync("/office/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove (Work laptop)" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is removed");
        Assert.That(await AuditAsync("office.passkey-remove"), Is.EqualTo(1));
        await SignOutAsync();
        await PressPasskeyAsync();
        await Assertions.Expect(page.Locator("#wrong")).ToContainTextAsync("This passkey opens no account here");
    }

    [Test]
    public async Task A_passkey_is_refused_where_the_account_is_locked_or_disabled_and_where_the_device_does_not_know_the_person()
    {
        await SignInWithPasswordAsync();
        await AddAsync();
        await SignOutAsync();
        await using var db = site.Open();
        await db.Users.ExecuteUpdateAsync(s => s.SetProperty(u => u.LockoutEnd, SiteHost.Start.AddHours(1)));
        await PressPasskeyAsync();
        await Assertions.Expect(page.Locator("#wrong")).ToContainTextAsync("the account is not open");
        await db.Users.ExecuteUpdateAsync(s => s.SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null).SetProperty(u => u.DisabledAt, SiteHost.Start.UtcDateTime));
        await page.GotoAsync("/office/sign-in");
        await PressPasskeyAsync();
        await Assertions.Expect(page.Locator("#wrong")).ToContainTextAsync("the account is not open");
        await db.Users.ExecuteUpdateAsync(s => s.SetProperty(u => u.DisabledAt, (DateTime?)null));

        // The device has the key, but nobody's finger.
        await device.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = deviceId, ["isUserVerified"] = false });
        await page.GotoAsync("/office/sign-in");
        await PressPasskeyAsync();
        await Assertions.Expect(page.Locator("#passkey [role=alert]")).ToBeVisibleAsync();
        await device.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = deviceId, ["isUserVerified"] = true });
        await PressPasskeyAsync();
        await page.WaitForURLAsync("**/office");
        Assert.That(await db.OfficeSessions.CountAsync(s => s.AccountId == accountId), Is.EqualTo(3));
    }

    [Test]
    public async Task Without_a_name_without_script_or_without_the_code_there_is_no_passkey()
    {
        await page.GotoAsync($"{site.Address}office/sign-in");
        await Assertions.Expect(page.Locator("#email")).ToBeVisibleAsync();
        Assert.That(await page.Locator("#passkey").CountAsync(), Is.Zero);
        await using (var plain = await BrowserFixture.Browser.NewContextAsync(new() { BaseURL = $"http://localhost:{site.Address.Port}", JavaScriptEnabled = false }))
        {
            var still = await plain.NewPageAsync();
            await still.GotoAsync("/office/sign-in");
            await Assertions.Expect(still.Locator("#passkey")).ToBeHiddenAsync();
        }

        await SignInWithPasswordAsync();
        await page.GotoAsync("/office/account");
        await FillAsync("000000");
        await Assertions.Expect(page.Locator("#passkey-code-problem")).ToBeVisibleAsync();
        Assert.That(await page.Locator("#make-passkey").CountAsync(), Is.Zero);
    }

    private async Task SignInWithPasswordAsync()
    {
        await page.GotoAsync("/office/sign-in");
        await page.Locator("#email").FillAsync(Email);
        await page.Locator("#password").FillAsync(OfficePeople.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.Locator("#code").FillAsync(OfficePeople.Code(key));
        await page.Locator("main .button").ClickAsync();
        await page.WaitForURLAsync("**/office");
    }

    private async Task AddAsync()
    {
        await page.GotoAsync("/office/account");
        await FillAsync(OfficePeople.Code(key));
        var make = page.GetByRole(AriaRole.Button, new() { Name = "Make the passkey" });
        await Assertions.Expect(make).ToBeVisibleAsync();
        Assert.That((await AxeCheck.OfAsync(page)).Violations, Is.Empty);
        await make.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is added");
        await Assertions.Expect(page.Locator("#passkeys")).ToContainTextAsync("Work laptop");
        Assert.That((await AxeCheck.OfAsync(page)).Violations, Is.Empty);
    }

    private async Task FillAsync(string code)
    {
        await page.Locator("#passkey-name").FillAsync("Work laptop");
        await page.Locator("#passkey-current").FillAsync(OfficePeople.Password);
        await page.Locator("#passkey-code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
    }

    private async Task SignOutAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/office/sign-in");
    }

    private Task PressPasskeyAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();

    private async Task<int> AuditAsync(string action)
    {
        await using var db = site.Open();
        return await db.AuditEntries.CountAsync(a => a.Action == action && a.Subject == $"account:{accountId}" && a.Actor == $"office:{accountId}");
    }
}
