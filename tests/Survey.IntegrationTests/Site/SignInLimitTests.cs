using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Survey.Domain.Offices;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web.Access;

namespace Survey.IntegrationTests.Site;

/// <summary>What bounds guessing at the sign-in: the account's lock, codes that work once, and the limit of a network address; and that none of it tells which accounts there are.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class SignInLimitTests(DatabaseKind kind)
{
    /// <summary>What the handbook and the page promise.</summary>
    private const int Attempts = 5;

    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(10);

    private SiteHost site = null!;
    private int addresses;

    [OneTimeSetUp]
    public async Task StartAsync() => site = await SiteHost.StartAsync(kind);

    [OneTimeTearDown]
    public async Task StopAsync() => await site.DisposeAsync();

    private async Task<(string Id, string Key, IReadOnlyList<string> Codes)> AccountAsync(string email)
    {
        await using var db = site.Open();
        var (key, codes) = await OfficePeople.SetUpAsync(Elsewhere(), await OfficePeople.AddAsync(db, email, OfficeRoles.Reader));
        return (await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(), key, codes);
    }

    /// <summary>A browser at an address of its own, without wrong attempts yet.</summary>
    private HttpClient Elsewhere() => site.Visitor(from: $"127.0.2.{++addresses}");

    private static (HttpStatusCode Status, string Words) Answer(SeenPage page) => (page.Status, page.Words);

    [Test]
    public async Task Wrong_passwords_lock_the_account_for_ten_minutes_and_a_known_address_hears_what_an_unknown_one_does()
    {
        var (id, key, _) = await AccountAsync("known@office.example");
        await AccountAsync("gone@office.example");
        await using (var db = site.Open())
        {
            await db.Users.Where(u => u.Email == "gone@office.example").ExecuteUpdateAsync(s => s.SetProperty(u => u.DisabledAt, SiteHost.Start.UtcDateTime));
            await OfficePeople.AddAsync(db, "unfinished@office.example", OfficeRoles.Reader);
        }

        var answers = new Dictionary<string, List<(HttpStatusCode, string)>>();
        foreach (var email in new[] { "known@office.example", "unknown@office.example", "gone@office.example", "unfinished@office.example" })
        {
            var person = Elsewhere();
            answers[email] = [];
            // The last one has the right password: the account is locked by then.
            for (var i = 0; i <= Attempts; i++)
            {
                answers[email].Add(Answer(await OfficePeople.SignInAsync(person, email, i == Attempts ? OfficePeople.Password : $"guess number {i}")));
            }
        }

        var heard = answers.Values.SelectMany(a => a).Distinct().ToList();
        Assert.That((heard.Count, heard[0].Item1), Is.EqualTo((1, HttpStatusCode.UnprocessableEntity)), "All the same.");

        await using (var db = site.Open())
        {
            var administrator = Elsewhere();
            await OfficePeople.SetUpAsync(administrator, await OfficePeople.AddAsync(db, "looks@office.example", OfficeRoles.Administrator));
            Assert.That((await SeenPage.GetAsync(administrator, $"/office/accounts/{id}")).Words, Does.Contain("locked until"));
            Assert.That((await SeenPage.GetAsync(administrator, "/office/accounts")).Words, Does.Contain("locked until"));
            Assert.That(await db.AuditEntries.CountAsync(e => e.Action == "office.lock" && e.Subject == $"account:{id}"), Is.EqualTo(1), "Said once a lock.");
        }

        // An attempt while it is locked does not make it longer.
        site.Clock.Move(Lock - TimeSpan.FromMinutes(1));
        Assert.That((await OfficePeople.SignInAsync(Elsewhere(), "known@office.example", "one more guess")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await OfficePeople.SignInAsync(Elsewhere(), "known@office.example")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        site.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.That((await OfficePeople.GiveCodeAsync(await OfficePeople.SignInAsync(Elsewhere(), "known@office.example"), OfficePeople.Code(key))).Path, Is.EqualTo("/office"));
    }

    [Test]
    public async Task Signing_in_begins_the_count_of_wrong_attempts_anew_and_a_password_alone_does_not()
    {
        var (id, key, _) = await AccountAsync("count@office.example");
        var person = Elsewhere();
        for (var i = 0; i < Attempts - 1; i++)
        {
            await OfficePeople.SignInAsync(person, "count@office.example", "a guess");
        }

        var code = await OfficePeople.SignInAsync(person, "count@office.example");
        Assert.That(await CountAsync(), Is.EqualTo(Attempts - 1), "Who knows the password has still to show the second factor.");
        await OfficePeople.GiveCodeAsync(code, OfficePeople.Code(key));
        Assert.That(await CountAsync(), Is.Zero);

        async Task<int> CountAsync()
        {
            await using var db = site.Open();
            return await db.Users.Where(u => u.Id == id).Select(u => u.AccessFailedCount).SingleAsync();
        }
    }

    [TestCase("000000")]
    [TestCase("AAAAA-BBBBB")]
    public async Task Wrong_codes_lock_the_account_for_ten_minutes(string wrong)
    {
        var email = $"codes-{wrong.Length}@office.example";
        var (_, key, codes) = await AccountAsync(email);
        var person = Elsewhere();
        var page = await OfficePeople.SignInAsync(person, email);
        var refused = new List<(HttpStatusCode, string)>();
        for (var i = 0; i < Attempts; i++)
        {
            refused.Add(Answer(await OfficePeople.GiveCodeAsync(page, wrong)));
        }

        // Right ones now, of both kinds, are answered alike.
        refused.Add(Answer(await OfficePeople.GiveCodeAsync(page, OfficePeople.Code(key))));
        refused.Add(Answer(await OfficePeople.GiveCodeAsync(page, codes[0])));
        Assert.That(refused.Distinct().Count(), Is.EqualTo(1));
        Assert.That(refused[0].Item1, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await OfficePeople.SignInAsync(Elsewhere(), email)).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "Nor does the first step let anybody on.");

        site.Clock.Move(Lock);
        var late = await OfficePeople.GiveCodeAsync(page, OfficePeople.Code(key));
        Assert.That(late.Path, Is.EqualTo("/office/sign-in"), "The first step is over by then.");
        Assert.That((await OfficePeople.GiveCodeAsync(await OfficePeople.SignInAsync(person, email), codes[0])).Path, Is.EqualTo("/office"), "The refused recovery code was not used up.");
    }

    [Test]
    public async Task A_recovery_code_works_once_even_for_two_at_the_same_moment()
    {
        var (id, _, codes) = await AccountAsync("once@office.example");
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OfficePeople.SignInAsync(Elsewhere(), "once@office.example")));
        var came = await Task.WhenAll(pages.Select(p => OfficePeople.GiveCodeAsync(p, codes[3])));
        Assert.That(came.Count(p => p.Path == "/office"), Is.EqualTo(1));
        Assert.That((await OfficePeople.GiveCodeAsync(await OfficePeople.SignInAsync(Elsewhere(), "once@office.example"), codes[3])).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await OfficePeople.GiveCodeAsync(await OfficePeople.SignInAsync(Elsewhere(), "once@office.example"), $" {codes[4].ToLowerInvariant()} ")).Path, Is.EqualTo("/office"), "Another one, as people type it.");
        await using var db = site.Open();
        Assert.That(await db.OfficeSessions.CountAsync(s => s.AccountId == id), Is.EqualTo(3), "Set up, and twice signed in.");
    }

    [Test]
    public async Task No_more_guesses_of_a_burst_are_looked_at_than_the_lock_allows()
    {
        var (id, _, _) = await AccountAsync("burst@office.example");
        var scopes = Enumerable.Range(0, 2 * Attempts).Select(_ => site.Scope()).ToList();
        try
        {
            // All have read the account before the first one counts, as requests have that are under way when the lock falls.
            var burst = new List<(OfficeUsers Users, OfficeAccount Account)>();
            foreach (var services in scopes.Select(s => s.ServiceProvider))
            {
                var users = services.GetRequiredService<OfficeUsers>();
                burst.Add((users, (await users.FindByIdAsync(id))!));
            }

            var looked = (await Task.WhenAll(burst.Select(b => Task.Run(() => b.Users.TakeAttemptAsync(b.Account))))).Count(taken => taken);
            Assert.That(looked, Is.EqualTo(Attempts));

            // A right one of them opens what its own attempt locked, and no more.
            await burst[0].Users.GiveBackAsync(burst[0].Account);
            Assert.That(await burst[^1].Users.TakeAttemptAsync(burst[^1].Account), Is.True);
            Assert.That(await burst[^2].Users.TakeAttemptAsync(burst[^2].Account), Is.False);
            // Nor does saving an account as it was read put the older count back.
            Assert.That((await burst[1].Users.UpdateAsync(burst[1].Account)).Succeeded, Is.True);
        }
        finally
        {
            foreach (var scope in scopes)
            {
                await scope.DisposeAsync();
            }
        }

        Assert.That((await OfficePeople.SignInAsync(Elsewhere(), "burst@office.example")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "The right password now.");
        site.Clock.Move(Lock);
        Assert.That((await OfficePeople.SignInAsync(Elsewhere(), "burst@office.example")).Path, Is.EqualTo("/office/sign-in/code"));
    }

    [Test]
    public async Task A_burst_of_wrong_passwords_locks_the_account_and_the_fifth_attempt_may_be_the_right_one()
    {
        var (_, key, _) = await AccountAsync("storm@office.example");
        var pages = await Task.WhenAll(Enumerable.Range(0, Attempts - 1).Select(_ => SeenPage.GetAsync(Elsewhere(), "/office/sign-in")));
        await Task.WhenAll(pages.Select((p, i) => p.SendAsync("/office/sign-in?lang=en", ("Email", "storm@office.example"), ("Password", $"guess number {i}"))));
        var person = Elsewhere();
        var code = await OfficePeople.SignInAsync(person, "storm@office.example");
        Assert.That((await OfficePeople.GiveCodeAsync(code, OfficePeople.Code(key))).Path, Is.EqualTo("/office"), "Four wrong ones do not lock.");
        await Task.WhenAll(pages.Append(await SeenPage.GetAsync(Elsewhere(), "/office/sign-in")).Select((p, i) => p.SendAsync("/office/sign-in?lang=en", ("Email", "storm@office.example"), ("Password", $"guess number {i}"))));
        Assert.That((await OfficePeople.SignInAsync(Elsewhere(), "storm@office.example")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task An_account_disabled_between_the_steps_is_refused_at_the_second_whatever_the_code()
    {
        var (id, key, codes) = await AccountAsync("between@office.example");
        var page = await OfficePeople.SignInAsync(Elsewhere(), "between@office.example");
        await using var db = site.Open();
        await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(s => s.SetProperty(u => u.DisabledAt, SiteHost.Start.UtcDateTime));
        Assert.That((await OfficePeople.GiveCodeAsync(page, OfficePeople.Code(key))).Path, Is.Not.EqualTo("/office"));
        Assert.That((await OfficePeople.GiveCodeAsync(page, codes[0])).Path, Is.Not.EqualTo("/office"));
        Assert.That(await db.OfficeSessions.CountAsync(s => s.AccountId == id), Is.EqualTo(1), "That of the set-up.");
        Assert.That(await db.AuditEntries.CountAsync(a => a.Subject == $"account:{id}" && a.Action == "office.sign-in"), Is.Zero);
    }

    [Test]
    public async Task Ten_refusals_make_a_network_address_wait_for_the_next_minute_and_no_other()
    {
        var (_, key, _) = await AccountAsync("neighbour@office.example");
        var (here, there) = (Elsewhere(), Elsewhere());
        // At the beginning of a minute, so that all of it lies within one.
        site.Clock.Move(TimeSpan.FromTicks(TimeSpan.TicksPerMinute - (site.Clock.GetUtcNow().Ticks % TimeSpan.TicksPerMinute)));
        for (var i = 0; i < 10; i++)
        {
            Assert.That((await OfficePeople.SignInAsync(here, $"nobody-{i}@office.example", "a guess")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        }

        Assert.That((await OfficePeople.SignInAsync(here, "neighbour@office.example")).Status, Is.EqualTo(HttpStatusCode.TooManyRequests), "Right or wrong.");
        var code = await OfficePeople.SignInAsync(there, "neighbour@office.example");
        Assert.That((await OfficePeople.GiveCodeAsync(code, OfficePeople.Code(key))).Path, Is.EqualTo("/office"));
        site.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.That((await OfficePeople.SignInAsync(here, "neighbour@office.example")).Path, Is.EqualTo("/office/sign-in/code"));
    }
}
