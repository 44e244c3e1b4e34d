using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Pages.Office.Access;

namespace Survey.Web.Commands;

/// <summary>Office accounts from the command line: the first one can be made in no other way.</summary>
internal static class OfficeCommand
{
    /// <summary>How long a set-up link can be used.</summary>
    private static readonly TimeSpan SetUpLasts = TimeSpan.FromDays(7);

    public static Command Make(Terminal terminal)
    {
        var email = new Argument<string>("EMAIL");
        var role = new Option<string>("--role") { Description = "reader, editor, publisher or administrator.", Required = true };
        var url = new Option<string>("--url") { Description = "The site's address.", DefaultValueFactory = _ => "http://localhost:5080" };
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
            var token = await AddAsync(db, address, wanted, SetUpToken.SetUp, terminal.Now, cancel) ?? throw CommandFailure.BadInput($"There is an account for {address} already.");
            await terminal.SayAsync($"Added {address} as {wanted}. Set-up link, once, within 7 days: {parsed.GetRequiredValue(url).TrimEnd('/')}/office/set-up/{token}");
            return 0;
        });
        return new Command("office", "Office accounts.") { add };
    }

    /// <summary>Adds an account without a password and returns its one-time token for <paramref name="purpose"/>; null when the address is taken.</summary>
    public static async Task<string?> AddAsync(SurveyDb db, string email, string role, string purpose, DateTime now, CancellationToken cancel)
    {
        var normalised = email.Normalize().ToUpperInvariant();
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == normalised, cancel))
        {
            return null;
        }

        var roleName = role.ToUpperInvariant();
        var stored = await db.Roles.FirstOrDefaultAsync(r => r.NormalizedName == roleName, cancel);
        if (stored is null)
        {
            stored = new IdentityRole(role) { NormalizedName = roleName };
            db.Roles.Add(stored);
        }

        var token = PersonalLink.NewToken();
        var account = new OfficeAccount
        {
            UserName = email,
            NormalizedUserName = normalised,
            Email = email,
            NormalizedEmail = normalised,
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = now,
            SetUpTokenHash = SetUpToken.Hash(purpose, token),
            SetUpTokenExpiresAt = now + SetUpLasts,
        };
        db.Users.Add(account);
        db.UserRoles.Add(new IdentityUserRole<string> { UserId = account.Id, RoleId = stored.Id });
        db.Record(now, "command", "office.add", $"account:{account.Id}");
        await db.SaveChangesAsync(cancel);
        return token;
    }
}
