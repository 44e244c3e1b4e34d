using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Office.Access;

namespace Survey.Web.Commands;

/// <summary>Office accounts from the command line: the first one can be made in no other way.</summary>
internal static class OfficeCommand
{
    public static Command Make(Terminal terminal)
    {
        var email = new Argument<string>("EMAIL");
        var role = new Option<string>("--role") { Description = "reader, editor, publisher or administrator.", Required = true };
        var url = Terminal.SiteAddress();
        var add = new Command("add", "Adds an office account and prints its one-time set-up link.") { email, role, url };
        add.SetAction(async (parsed, cancel) =>
        {
            var address = parsed.GetRequiredValue(email);
            var wanted = parsed.GetRequiredValue(role);
            if (!OfficeRoles.All.Contains(wanted))
            {
                throw CommandFailure.BadInput($"There is no role '{wanted}'. Known: {string.Join(", ", OfficeRoles.All)}.");
            }

            if (!System.Net.Mail.MailAddress.TryCreate(address, out _))
            {
                throw CommandFailure.BadInput($"'{address}' is not a mail address.");
            }

            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var token = await OfficeAccounts.AddAsync(db, address, wanted, SetUpToken.SetUp, "command", terminal.Now, cancel) ?? throw CommandFailure.BadInput($"There is an account for {address} already.");
            await terminal.SayAsync($"Added {address} as {wanted}. Set-up link, once, within 7 days: {parsed.GetRequiredValue(url).TrimEnd('/')}/office/set-up/{token}");
            return 0;
        });
        return new Command("office", "Office accounts.") { add, List(terminal), Reset(terminal), Disable(terminal), Enable(terminal) };
    }

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "Lists the accounts with their role and whether they can sign in.");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var accounts = await (
                from account in db.Users.AsNoTracking()
                join held in db.UserRoles on account.Id equals held.UserId
                join role in db.Roles on held.RoleId equals role.Id
                orderby account.NormalizedEmail
                select new { account.Email, Role = role.Name, account.DisabledAt, account.TwoFactorEnabled }).ToListAsync(cancel);
            foreach (var account in accounts)
            {
                var state = account.DisabledAt is not null ? "  disabled" : account.TwoFactorEnabled ? "" : "  not set up";
                await terminal.SayAsync($"{account.Email}  {account.Role}{state}");
            }

            if (accounts.Count == 0)
            {
                await terminal.SayAsync("There is no account yet. Add one: ./progress office add you@example.org --role administrator");
            }

            return 0;
        });
        return command;
    }

    private static Command Reset(Terminal terminal)
    {
        var email = new Argument<string>("EMAIL");
        var url = Terminal.SiteAddress();
        var command = new Command("reset", "Takes password, authenticator and passkeys away, ends all sessions, and prints a new one-time set-up link.") { email, url };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var account = await FindAsync(db, parsed.GetRequiredValue(email), cancel);
            if (account.DisabledAt is not null)
            {
                throw CommandFailure.Refused($"{account.Email} is disabled. Enable it first: ./progress office enable {account.Email}");
            }

            var token = await OfficeAccounts.ResetAsync(db, account, "command", terminal.Now, cancel);
            await terminal.SayAsync($"Reset {account.Email}. Set-up link, once, within 7 days: {parsed.GetRequiredValue(url).TrimEnd('/')}/office/set-up/{token}");
            return 0;
        });
        return command;
    }

    private static Command Disable(Terminal terminal)
    {
        var email = new Argument<string>("EMAIL");
        var command = new Command("disable", "Disables an account; its sessions end at once. The last administrator stays.") { email };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var account = await FindAsync(db, parsed.GetRequiredValue(email), cancel);
            if (!await OfficeAccounts.DisableAsync(db, account.Id, "command", terminal.Now, cancel))
            {
                throw CommandFailure.Refused($"{account.Email} is the last administrator. Add another one first.");
            }

            await terminal.SayAsync($"Disabled {account.Email}. Its sessions have ended.");
            return 0;
        });
        return command;
    }

    private static Command Enable(Terminal terminal)
    {
        var email = new Argument<string>("EMAIL");
        var command = new Command("enable", "Lets a disabled account sign in again.") { email };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var account = await FindAsync(db, parsed.GetRequiredValue(email), cancel);
            if (account.DisabledAt is null)
            {
                throw CommandFailure.Refused($"{account.Email} is not disabled.");
            }

            await OfficeAccounts.EnableAsync(db, account, "command", terminal.Now, cancel);
            await terminal.SayAsync($"Enabled {account.Email}.");
            return 0;
        });
        return command;
    }

    private static async Task<OfficeAccount> FindAsync(SurveyDb db, string email, CancellationToken cancel)
    {
        var normalised = email.Normalize().ToUpperInvariant();
        return await db.Users.FirstOrDefaultAsync(u => u.NormalizedEmail == normalised, cancel) ?? throw CommandFailure.BadInput($"There is no account for {email}.");
    }
}
