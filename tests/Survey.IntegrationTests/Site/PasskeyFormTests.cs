using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The forms of passkeys as somebody sends them who has no passkey; with one, in a browser, they are in the browser tests.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class PasskeyFormTests(DatabaseKind kind)
{
    private SiteHost site = null!;
    private int addresses;

    [OneTimeSetUp]
    public async Task StartAsync() => site = await SiteHost.StartAsync(kind);

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    /// <summary>A browser that has the site under a name, as passkeys need it.</summary>
    private HttpClient Named()
    {
        var client = site.Visitor(from: $"127.0.3.{++addresses}");
        client.BaseAddress = new Uri($"http://localhost:{site.Address.Port}");
        return client;
    }

    private async Task<(HttpClient Client, string Id, string Key)> PersonAsync(string email, string role = OfficeRoles.Reader)
    {
        await using var db = site.Open();
        var client = Named();
        var (key, _) = await OfficePeople.SetUpAsync(client, await OfficePeople.AddAsync(db, email, role));
        return (client, await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(), key);
    }

    [Test]
    public async Task What_a_device_is_asked_demands_its_person_and_names_no_account()
    {
        await PersonAsync("named@office.example");
        var person = Named();
        var page = await SeenPage.GetAsync(person, "/office/sign-in");
        using var own = new FormUrlEncodedContent(page.Fields("passkey"));
        var answer = await person.PostAsync("/office/sign-in?handler=Options", own);
        using var asked = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.That(asked.RootElement.GetProperty("userVerification").GetString(), Is.EqualTo("required"));
        Assert.That(asked.RootElement.TryGetProperty("allowCredentials", out var allowed) ? allowed.GetArrayLength() : 0, Is.Zero);
        Assert.That(asked.RootElement.GetProperty("rpId").GetString(), Is.EqualTo("localhost"));
        Assert.That(answer.Headers.CacheControl!.NoStore, Is.True);
    }

    [TestCase("")]
    [TestCase("not json")]
    [TestCase("""{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AAAA","userHandle":"AAAA"},"clientExtensionResults":{}}""")]
    public async Task A_made_up_passkey_is_refused_whether_one_was_asked_for_or_not_and_counts_for_the_network_address(string credential)
    {
        var person = Named();
        site.Clock.Move(TimeSpan.FromTicks(TimeSpan.TicksPerMinute - (site.Clock.GetUtcNow().Ticks % TimeSpan.TicksPerMinute)));
        var page = await SeenPage.GetAsync(person, "/office/sign-in");
        for (var i = 0; i < 10; i++)
        {
            if (i == 5)
            {
                using var own = new FormUrlEncodedContent(page.Fields("passkey"));
                Assert.That((await person.PostAsync("/office/sign-in?handler=Options", own)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            }

            var refused = await page.SendAsync("passkey", ("credential", credential));
            Assert.That((refused.Status, refused.Words.Contains("This passkey opens no account here", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)), $"{i}");
        }

        Assert.That((await page.SendAsync("passkey", ("credential", credential))).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Adding_one_takes_name_code_and_password_and_what_a_device_did_not_make_is_refused()
    {
        var (person, id, key) = await PersonAsync("adds@office.example");
        var page = await SeenPage.GetAsync(person, "/office/account");
        foreach (var (name, password, code, problem) in new[] { ("  ", OfficePeople.Password, "", "passkey-name"), (new string('x', 61), OfficePeople.Password, "", "passkey-name"), ("Laptop", OfficePeople.Password, "000000", "passkey-code"), ("Laptop", "not it", OfficePeople.Code(key), "passkey-current") })
        {
            var refused = await page.SendAsync("new-passkey", ("name", name), ("current", password), ("code", code));
            Assert.That((refused.Status, refused.Html.Contains($"id=\"{problem}-problem\"", StringComparison.Ordinal), refused.Html.Contains("id=\"make-passkey\"", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true, false)), problem);
        }

        var asked = await page.SendAsync("new-passkey", ("name", "Laptop"), ("current", OfficePeople.Password), ("code", OfficePeople.Code(key)));
        Assert.That(asked.Fields("make-passkey"), Does.Contain(new KeyValuePair<string, string>("name", "Laptop")));
        foreach (var credential in new[] { "", "not json", "{}" })
        {
            var refused = await asked.SendAsync("make-passkey", ("credential", credential));
            Assert.That((refused.Status, refused.Words.Contains("No passkey was made.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        }

        await using var db = site.Open();
        Assert.That(await db.UserPasskeys.CountAsync(p => p.UserId == id), Is.Zero);
    }

    [Test]
    public async Task Passkeys_are_listed_and_removed_by_their_owner_only_and_go_with_a_reset()
    {
        var (owner, id, _) = await PersonAsync("owner@office.example");
        var (other, _, _) = await PersonAsync("other@office.example");
        await using (var db = site.Open())
        {
            foreach (var n in new byte[] { 1, 2 })
            {
                db.UserPasskeys.Add(new IdentityUserPasskey<string> { UserId = id, CredentialId = [n, n, n], Data = new() { Name = $"Device {n}", PublicKey = [n], CreatedAt = SiteHost.Start, Transports = [], AttestationObject = [], ClientDataJson = [] } });
            }

            await db.SaveChangesAsync();
        }

        var page = await SeenPage.GetAsync(owner, "/office/account");
        Assert.That(page.Words, Does.Contain("Device 1").And.Contain("Device 2"));
        var theirs = await SeenPage.GetAsync(other, "/office/account");
        using (var content = new FormUrlEncodedContent([theirs.Fields("new-codes").Single(f => f.Key == "form"), new("passkey", "010101")]))
        {
            await other.PostAsync("/office/account?handler=RemovePasskey", content);
        }

        Assert.That(await LeftAsync(), Is.EqualTo(2));
        var done = await page.SendAsync("remove-010101");
        Assert.That((done.Path, done.Words.Contains("Device 1", StringComparison.Ordinal), await LeftAsync()), Is.EqualTo(("/office/account?done=passkeyRemoved", false, 1)));
        await page.SendAsync("remove-010101");
        await using (var db = site.Open())
        {
            Assert.That(await db.AuditEntries.CountAsync(a => a.Subject == $"account:{id}" && a.Action == "office.passkey-remove"), Is.EqualTo(1), "A second click removes nothing.");
        }

        var (administrator, _, _) = await PersonAsync("root@office.example", OfficeRoles.Administrator);
        await (await SeenPage.GetAsync(administrator, $"/office/accounts/{id}?step=reset")).SendAsync("reset");
        Assert.That(await LeftAsync(), Is.Zero);

        async Task<int> LeftAsync()
        {
            await using var db = site.Open();
            return await db.UserPasskeys.CountAsync(p => p.UserId == id);
        }
    }

    [Test]
    public async Task Under_an_address_in_numbers_there_are_no_passkeys()
    {
        var person = site.Visitor(from: $"127.0.3.{++addresses}");
        var page = await SeenPage.GetAsync(person, "/office/sign-in");
        Assert.That(page.Html, Does.Not.Contain("id=\"passkey\"").And.Not.Contain("passkey.js"));
        using var content = new FormUrlEncodedContent([page.Fields("/office/sign-in?lang=en").Single(f => f.Key == "form")]);
        Assert.That((await person.PostAsync("/office/sign-in?handler=Options", content)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
