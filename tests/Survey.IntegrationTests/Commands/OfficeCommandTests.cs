using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Commands;

/// <summary>Office accounts from the command line: list, reset, disable, enable, and that an administrator is left.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class OfficeCommandTests(DatabaseKind kind) : CommandFixture(kind)
{
    private async Task AddAsync(string email, string role)
    {
        await using var db = Database.Open();
        await OfficePeople.AddAsync(db, email, role);
    }

    [Test]
    public async Task Accounts_are_listed_with_role_and_state()
    {
        Assert.That(await SaidAsync("office", "list"), Does.Contain("no account yet"));
        await AddAsync("bea@office.example", OfficeRoles.Editor);
        await AddAsync("ada@office.example", OfficeRoles.Administrator);
        await DoneAsync("office", "disable", "bea@office.example");
        Assert.That(await DoneAsync("office", "list"), Is.EqualTo(new[] { "ada@office.example  administrator  not set up", "bea@office.example  editor  disabled" }));
    }

    [Test]
    public async Task The_last_enabled_administrator_stays()
    {
        await AddAsync("ada@office.example", OfficeRoles.Administrator);
        await AddAsync("bea@office.example", OfficeRoles.Publisher);
        Assert.That(await RefusedAsync(1, "office", "disable", "ada@office.example"), Does.Contain("last administrator"));
        await using var db = Database.Open();
        Assert.That(await db.Users.AnyAsync(a => a.DisabledAt != null), Is.False);
        Assert.That(await db.AuditEntries.AnyAsync(), Is.False);
    }

    [Test]
    public async Task Two_administrators_who_disable_each_other_are_not_both_gone()
    {
        await AddAsync("ada@office.example", OfficeRoles.Administrator);
        await AddAsync("bea@office.example", OfficeRoles.Administrator);
        var runs = await Task.WhenAll(new[] { "ada@office.example", "BEA@office.example" }.Select(e => Task.Run(() => RunAsync("office", "disable", e))));
        Assert.That(runs.Select(r => r.ExitCode), Is.EquivalentTo(new[] { 0, 1 }), string.Concat(runs.Select(r => r.Error)));
    }

    [Test]
    public async Task A_disabled_account_is_enabled_again_and_only_then_reset()
    {
        await AddAsync("bea@office.example", OfficeRoles.Editor);
        await DoneAsync("office", "disable", "bea@office.example");
        Assert.That(await RefusedAsync(1, "office", "reset", "bea@office.example"), Does.Contain("disabled"));
        await SaidAsync("office", "enable", "bea@office.example");
        await SaidAsync("office", "reset", "bea@office.example");
        Assert.That(await RefusedAsync(2, "office", "reset", "nobody@office.example"), Does.Contain("no account"));
        await using var db = Database.Open();
        Assert.That(await db.AuditEntries.OrderBy(e => e.Number).Select(e => e.Action).ToListAsync(), Is.EqualTo(new[] { "office.disable", "office.enable", "office.reset" }));
    }

    [Test]
    public async Task A_reset_takes_both_steps_away_and_gives_a_new_link()
    {
        await AddAsync("bea@office.example", OfficeRoles.Editor);
        await using var db = Database.Open();
        var account = await db.Users.SingleAsync();
        (account.PasswordHash, account.TwoFactorEnabled) = ("something", true);
        var (stamp, hash) = (account.SecurityStamp, account.SetUpTokenHash);
        db.UserTokens.Add(new() { UserId = account.Id, LoginProvider = "[AspNetUserStore]", Name = "AuthenticatorKey", Value = "KEY" });
        await db.SaveChangesAsync();
        Assert.That(await SaidAsync("office", "reset", "bea@office.example", "--url", "https://report.example.org/"), Does.Match("https://report\\.example\\.org/office/set-up/[A-Za-z0-9_-]{20,}$"));
        await using var seen = Database.Open();
        var after = await seen.Users.SingleAsync();
        Assert.Multiple(() =>
        {
            Assert.That((after.PasswordHash, after.TwoFactorEnabled), Is.EqualTo(((string?)null, false)));
            Assert.That(after.SecurityStamp, Is.Not.EqualTo(stamp));
            Assert.That(after.SetUpTokenHash, Is.Not.EqualTo(hash));
            Assert.That(seen.UserTokens.Any(), Is.False);
        });
    }
}
