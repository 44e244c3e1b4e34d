using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Access;

/// <summary>
/// The token of a one-time link of an office account. It is stored under its purpose, so that a link that sets an account up never signs in as the demo's does,
/// nor the other way round.
/// </summary>
internal static class SetUpToken
{
    /// <summary>What a token is for: setting an account up, or signing in to a demo.</summary>
    public const string SetUp = "", Demo = "demo:";

    /// <summary>The hash under which a token is stored for a purpose.</summary>
    public static string Hash(string purpose, string token) => PersonalLink.Hash(purpose + token);

    /// <summary>The account that a link for this purpose belongs to, while the link is valid.</summary>
    public static async Task<OfficeAccount?> FindAsync(SurveyDb db, string purpose, string token, DateTime now, CancellationToken cancel)
    {
        if (token.Contains(':', StringComparison.Ordinal))
        {
            // No token has one: it would name a purpose of its own.
            return null;
        }

        var hash = Hash(purpose, token);
        return await db.Users.FirstOrDefaultAsync(a => a.SetUpTokenHash == hash && a.SetUpTokenExpiresAt > now && a.DisabledAt == null, cancel);
    }
}
