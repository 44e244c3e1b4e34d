using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>Accounts in the browser: added, given other roles, disabled; sessions that can be seen and ended; one's own password and recovery codes.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class AccountsTests(DatabaseKind kind)
{
    private SiteHost site = null!;
    private HttpClient administrator = null!;
    private string own = "";
    private int people;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        site = await SiteHost.StartAsync(kind);
        (administrator, own, _) = await PersonAsync("root@office.example", OfficeRoles.Administrator);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        administrator.Dispose();
        await site.DisposeAsync();
    }

    private async Task<(HttpClient Client, string Id, string Key)> PersonAsync(string email, string role)
    {
        var (client, id, key, _) = await WithCodesAsync(email, role);
        return (client, id, key);
    }

    private async Task<(HttpClient Client, string Id, string Key, IReadOnlyList<string> Codes)> WithCodesAsync(string email, string role)
    {
        await using var db = site.Open();
        // Each from an address of their own, because wrong attempts count for the address too.
        var client = site.Visitor(from: $"127.0.1.{++people}");
        var (key, codes) = await OfficePeople.SetUpAsync(client, await OfficePeople.AddAsync(db, email, role));
        return (client, await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(), key, codes);
    }

    private static async Task<bool> IsInAsync(HttpClient client) => (await SeenPage.GetAsync(client, "/office")).Path == "/office";

    [Test]
    public async Task An_administrator_adds_somebody_by_a_link_that_is_shown_once()
    {
        var page = await SeenPage.GetAsync(administrator, "/office/accounts");
        var wrong = await page.SendAsync("add", ("email", "not an address"), ("role", OfficeRoles.Editor));
        Assert.That((wrong.Status, wrong.Words), Is.EqualTo((HttpStatusCode.UnprocessableEntity, wrong.Words)));
        Assert.That(wrong.Words, Does.Contain("Type one e-mail address."));
        var added = await wrong.SendAsync("add", ("email", "new@office.example"), ("role", OfficeRoles.Reader));
        var link = Regex.Match(added.Html, "/office/set-up/([A-Za-z0-9_-]+)").Groups[1].Value;
        Assert.That((await SeenPage.GetAsync(administrator, "/office/accounts")).Html, Does.Not.Contain(link));
        var person = site.Visitor();
        await OfficePeople.SetUpAsync(person, link);
        Assert.That(await IsInAsync(person), Is.True);
        Assert.That((await SeenPage.GetAsync(person, "/office/members")).Status, Is.EqualTo(HttpStatusCode.Forbidden), "A reader.");
        Assert.That((await added.SendAsync("add", ("email", "NEW@office.example"), ("role", OfficeRoles.Reader))).Words, Does.Contain("There is an account with this address already."));
    }

    [Test]
    public async Task Another_role_and_disabling_hold_at_once_and_the_last_administrator_stays()
    {
        var (person, id, _) = await PersonAsync("ana@office.example", OfficeRoles.Editor);
        var page = await SeenPage.GetAsync(administrator, $"/office/accounts/{id}");
        await page.SendAsync("role", ("role", OfficeRoles.Publisher));
        Assert.That(await IsInAsync(person), Is.False, "With another role the person signs in again.");
        await using var db = site.Open();
        Assert.That(await (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where held.UserId == id select role.Name).ToListAsync(), Is.EqualTo(new[] { OfficeRoles.Publisher }));

        var mine = await SeenPage.GetAsync(administrator, $"/office/accounts/{own}");
        var refused = await mine.SendAsync("role", ("role", OfficeRoles.Reader));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        refused = await (await SeenPage.GetAsync(administrator, $"/office/accounts/{own}?step=disable")).SendAsync("disable");
        Assert.That((refused.Status, refused.Words.Contains("last administrator", StringComparison.Ordinal), await IsInAsync(administrator)), Is.EqualTo((HttpStatusCode.Conflict, true, true)));

        // Another one who was never set up cannot sign in and helps nobody.
        await OfficePeople.AddAsync(db, "waiting@office.example", OfficeRoles.Administrator);
        foreach (var step in new[] { "disable", "reset" })
        {
            Assert.That((await (await SeenPage.GetAsync(administrator, $"/office/accounts/{own}?step={step}")).SendAsync(step)).Status, Is.EqualTo(HttpStatusCode.Conflict), step);
        }

        Assert.That(await IsInAsync(administrator), Is.True);
        await (await SeenPage.GetAsync(administrator, $"/office/accounts/{id}?step=disable")).SendAsync("disable");
        Assert.That((await SeenPage.GetAsync(administrator, $"/office/accounts/{id}")).Words, Does.Contain("disabled"));
        await (await SeenPage.GetAsync(administrator, $"/office/accounts/{id}")).SendAsync("enable");
        Assert.That(await db.Users.Where(u => u.Id == id).Select(u => u.DisabledAt).SingleAsync(), Is.Null);
    }

    [Test]
    public async Task Two_administrators_who_reset_each_other_at_once_do_not_shut_the_office_out()
    {
        await using var office = await SiteHost.StartAsync(kind);
        await using var db = office.Open();
        var (one, other) = (office.Visitor(), office.Visitor());
        await OfficePeople.SetUpAsync(one, await OfficePeople.AddAsync(db, "one@office.example", OfficeRoles.Administrator));
        await OfficePeople.SetUpAsync(other, await OfficePeople.AddAsync(db, "other@office.example", OfficeRoles.Administrator));
        var ids = await db.Users.ToDictionaryAsync(u => u.Email!, u => u.Id);
        var pages = await Task.WhenAll(SeenPage.GetAsync(one, $"/office/accounts/{ids["other@office.example"]}?step=reset"), SeenPage.GetAsync(other, $"/office/accounts/{ids["one@office.example"]}?step=reset"));
        await Task.WhenAll(pages.Select(p => p.SendAsync("reset")));
        Assert.That(await db.Users.CountAsync(u => u.TwoFactorEnabled), Is.EqualTo(1));
    }

    [Test]
    public async Task A_session_can_be_seen_and_ended_from_elsewhere()
    {
        var (first, id, key) = await PersonAsync("bea@office.example", OfficeRoles.Editor);
        var second = site.Visitor();
        await OfficePeople.GiveCodeAsync(await OfficePeople.SignInAsync(second, "bea@office.example"), OfficePeople.Code(key));
        Assert.That(await IsInAsync(second), Is.True);

        var page = await SeenPage.GetAsync(first, "/office/account");
        await page.SendAsync("others");
        Assert.That((await IsInAsync(first), await IsInAsync(second)), Is.EqualTo((true, false)));

        // An administrator ends the other one too; the database is the truth, whoever asks.
        await using var db = site.Open();
        var session = await db.OfficeSessions.SingleAsync(s => s.AccountId == id && s.EndedAt == null);
        await (await SeenPage.GetAsync(administrator, $"/office/accounts/{id}")).SendAsync($"end-{session.Id}");
        Assert.That(await IsInAsync(first), Is.False);
    }

    [Test]
    public async Task Wrong_codes_on_ones_own_page_lock_the_account_as_at_the_sign_in()
    {
        var (person, _, key) = await PersonAsync("emil@office.example", OfficeRoles.Reader);
        var page = await SeenPage.GetAsync(person, "/office/account");
        for (var i = 0; i < 5; i++)
        {
            await page.SendAsync("new-codes", ("code", "000000"));
        }

        Assert.That((await page.SendAsync("new-codes", ("code", OfficePeople.Code(key)))).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task Signing_out_ends_the_session_on_the_server_too()
    {
        var (person, id, _) = await PersonAsync("cem@office.example", OfficeRoles.Reader);
        await (await SeenPage.GetAsync(person, "/office")).SendAsync("/office/sign-out");
        await using var db = site.Open();
        Assert.That(await db.OfficeSessions.CountAsync(s => s.AccountId == id && s.EndedAt == null), Is.Zero, "A copied cookie is worth nothing.");
    }

    [Test]
    public async Task A_new_password_and_new_recovery_codes_ask_for_the_authenticator()
    {
        var (person, id, key) = await PersonAsync("dora@office.example", OfficeRoles.Reader);
        var page = await SeenPage.GetAsync(person, "/office/account");
        var wrong = await page.SendAsync("new-codes", ("code", "000000"));
        Assert.That((wrong.Status, wrong.Html.Contains("class=\"codes\"", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, false)));
        var codes = await wrong.SendAsync("new-codes", ("code", OfficePeople.Code(key)));
        Assert.That(Regex.Count(codes.Html, "<li><bdi>[0-9A-Z-]+</bdi></li>"), Is.EqualTo(10));

        var refused = await page.SendAsync("change-password", ("current", "not it"), ("password", "another four words here"), ("code", OfficePeople.Code(key)));
        Assert.That((refused.Status, refused.Words.Contains("This is not your password.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        refused = await page.SendAsync("change-password", ("current", OfficePeople.Password), ("password", "short"), ("code", OfficePeople.Code(key)));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var done = await page.SendAsync("change-password", ("current", OfficePeople.Password), ("password", "another four words here"), ("code", OfficePeople.Code(key)));
        Assert.That(done.Words, Does.Contain("Your password is changed."));
        Assert.That(await IsInAsync(person), Is.True);
        await using var db = site.Open();
        Assert.That(await db.AuditEntries.Where(a => a.Subject == $"account:{id}" && a.Actor == $"office:{id}").OrderBy(a => a.Id).Select(a => a.Action).ToListAsync(), Does.Contain("office.recovery-codes").And.Contain("office.password"));
    }

    [Test]
    public async Task Another_authenticator_counts_once_one_of_its_codes_was_typed_and_ends_the_other_sessions()
    {
        var (person, id, old, codes) = await WithCodesAsync("fay@office.example", OfficeRoles.Reader);
        var other = site.Visitor();
        await OfficePeople.GiveCodeAsync(await OfficePeople.SignInAsync(other, "fay@office.example"), OfficePeople.Code(old));
        var page = await SeenPage.GetAsync(person, "/office/account");
        var offered = await page.SendAsync("new-authenticator", ("current", OfficePeople.Password), ("code", OfficePeople.Code(old)));
        var key = OfficePeople.KeyOn(offered);
        Assert.That((offered.Status, key.Length, key == old, offered.Html.Contains("class=\"qr\"", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, 32, false, true)));

        // Until then the old one counts, a code of it confirms nothing, and a new page offers another key.
        var wrong = await offered.SendAsync("confirm-authenticator", ("code", OfficePeople.Code(old)));
        Assert.That((wrong.Status, OfficePeople.KeyOn(wrong)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, key)));
        Assert.That((await OfficePeople.GiveCodeAsync(await OfficePeople.SignInAsync(site.Visitor(), "fay@office.example"), OfficePeople.Code(old))).Path, Is.EqualTo("/office"));
        Assert.That((await SeenPage.GetAsync(person, "/office/account")).Html, Does.Not.Contain(key[..4]));

        var done = await wrong.SendAsync("confirm-authenticator", ("code", OfficePeople.Code(key)));
        Assert.That((done.Path, done.Words.Contains("your recovery codes stay valid", StringComparison.Ordinal)), Is.EqualTo(("/office/account?done=authenticator", true)));
        Assert.That((await IsInAsync(person), await IsInAsync(other)), Is.EqualTo((true, false)));
        var again = await OfficePeople.SignInAsync(other, "fay@office.example");
        Assert.That((await OfficePeople.GiveCodeAsync(again, OfficePeople.Code(old))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "The old one.");
        Assert.That((await OfficePeople.GiveCodeAsync(again, OfficePeople.Code(key))).Path, Is.EqualTo("/office"));
        Assert.That((await OfficePeople.GiveCodeAsync(await OfficePeople.SignInAsync(site.Visitor(), "fay@office.example"), codes[0])).Path, Is.EqualTo("/office"), "Recovery codes are kept.");

        // What was offered once is worth nothing after it.
        Assert.That((await wrong.SendAsync("confirm-authenticator", ("code", OfficePeople.Code(key)))).Words, Does.Contain("Nothing was replaced"));
        await using var db = site.Open();
        Assert.That(await db.AuditEntries.CountAsync(a => a.Subject == $"account:{id}" && a.Actor == $"office:{id}" && a.Action == "office.authenticator"), Is.EqualTo(1));
    }

    [Test]
    public async Task Another_authenticator_takes_the_password_and_a_code_or_a_recovery_code_that_is_used_up()
    {
        var (person, _, key, codes) = await WithCodesAsync("gil@office.example", OfficeRoles.Reader);
        var (neighbour, _, _) = await PersonAsync("hal@office.example", OfficeRoles.Reader);
        var page = await SeenPage.GetAsync(person, "/office/account");
        var refused = await page.SendAsync("new-authenticator", ("current", "not it"), ("code", codes[0]));
        Assert.That((refused.Status, refused.Words.Contains("This is not your password.", StringComparison.Ordinal), OfficePeople.KeyOn(refused)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true, "")));
        refused = await page.SendAsync("new-authenticator", ("current", OfficePeople.Password), ("code", "000000"));
        Assert.That((refused.Status, OfficePeople.KeyOn(refused)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "")));
        var offered = await page.SendAsync("new-authenticator", ("current", OfficePeople.Password), ("code", codes[0]));
        Assert.That((offered.Status, offered.Words.Contains("9 codes are left", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)), "The wrong password before used none up.");
        refused = await page.SendAsync("new-authenticator", ("current", OfficePeople.Password), ("code", codes[0]));
        Assert.That((refused.Status, OfficePeople.KeyOn(refused)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "")));

        // The field is one's own and ends.
        var field = offered.Fields("confirm-authenticator").Single(f => f.Key == "field").Value;
        var theirs = await SeenPage.GetAsync(neighbour, "/office/account");
        using (var content = new FormUrlEncodedContent([theirs.Fields("new-codes").Single(f => f.Key == "form"), new("field", field), new("code", OfficePeople.Code(OfficePeople.KeyOn(offered)))]))
        {
            Assert.That((await neighbour.PostAsync("/office/account?handler=Confirm", content)).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        }

        site.Clock.Move(TimeSpan.FromMinutes(16));
        var over = await offered.SendAsync("confirm-authenticator", ("code", OfficePeople.Code(OfficePeople.KeyOn(offered))));
        Assert.That((over.Status, over.Words.Contains("Nothing was replaced", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        Assert.That((await OfficePeople.GiveCodeAsync(await OfficePeople.SignInAsync(site.Visitor(), "gil@office.example"), OfficePeople.Code(key))).Path, Is.EqualTo("/office"));
    }

    [Test]
    public async Task Wrong_codes_of_a_new_authenticator_lock_the_account_too()
    {
        var (person, _, key) = await PersonAsync("ida@office.example", OfficeRoles.Reader);
        var offered = await (await SeenPage.GetAsync(person, "/office/account")).SendAsync("new-authenticator", ("current", OfficePeople.Password), ("code", OfficePeople.Code(key)));
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await offered.SendAsync("confirm-authenticator", ("code", "000000"))).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        }

        Assert.That((await offered.SendAsync("confirm-authenticator", ("code", OfficePeople.Code(OfficePeople.KeyOn(offered))))).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
    }
}
