using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Storage;

namespace Survey.Testing.Site;

/// <summary>People of the office: their accounts as the command line makes them, and their authenticator.</summary>
public static partial class OfficePeople
{
    public const string Password = "four words in a row";

    /// <summary>An account with an open one-time link, to set it up or (<c>demo:</c>) to sign in to a demo; gives the link's token.</summary>
    public static async Task<string> AddAsync(SurveyDb db, string email, string role, string purpose = "")
    {
        var stored = await db.Roles.FirstOrDefaultAsync(r => r.Name == role) ?? db.Roles.Add(new IdentityRole(role) { NormalizedName = role.ToUpperInvariant() }).Entity;
        var token = PersonalLink.NewToken();
        var account = new OfficeAccount
        {
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = SiteHost.Start.UtcDateTime,
            SetUpTokenHash = PersonalLink.Hash(purpose + token),
            SetUpTokenExpiresAt = SiteHost.Start.UtcDateTime.AddDays(7),
        };
        db.Users.Add(account);
        db.UserRoles.Add(new IdentityUserRole<string> { UserId = account.Id, RoleId = stored.Id });
        await db.SaveChangesAsync();
        return token;
    }

    /// <summary>Sets an account up by its link and comes out signed in; gives the authenticator's key and the recovery codes.</summary>
    public static async Task<(string Key, IReadOnlyList<string> Codes)> SetUpAsync(HttpClient person, string token)
    {
        var page = await SeenPage.GetAsync(person, $"/office/set-up/{token}");
        page = await page.SendAsync("handler=Password&lang=en", ("Password", Password));
        var key = KeyOn(page);
        page = await page.SendAsync("handler=Code&lang=en", ("Code", Code(key)));
        return page.Status == HttpStatusCode.OK
            ? (key, [.. RecoveryCode().Matches(page.Html).Select(m => m.Groups[1].Value)])
            : throw new InvalidOperationException(page.Words);
    }

    /// <summary>The authenticator's key that a page shows.</summary>
    public static string KeyOn(SeenPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return KeyText().Match(page.Html).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>The first step of signing in; gives the page that comes of it.</summary>
    public static async Task<SeenPage> SignInAsync(HttpClient person, string email, string password = Password) =>
        await (await SeenPage.GetAsync(person, "/office/sign-in")).SendAsync("/office/sign-in?lang=en", ("Email", email), ("Password", password));

    /// <summary>The second step, on the page that the first one gave.</summary>
    public static Task<SeenPage> GiveCodeAsync(SeenPage page, string code)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.SendAsync("/office/sign-in/code?lang=en", ("Code", code));
    }

    /// <summary>The authenticator's code now (RFC 6238, SHA-1, 30 seconds, 6 digits): Identity checks it against the machine's own clock.</summary>
    public static string Code(string key)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        var bits = string.Concat(key.TrimEnd('=').Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
#pragma warning disable CA5350 // The algorithm of RFC 6238; nothing is kept secret by it but for 30 seconds.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF, 4)) & int.MaxValue;
        return (value % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("<code><bdi>([A-Z2-7 ]+)</bdi></code>")]
    private static partial Regex KeyText();

    [GeneratedRegex("<li><bdi>([^<]+)</bdi></li>")]
    private static partial Regex RecoveryCode();
}
