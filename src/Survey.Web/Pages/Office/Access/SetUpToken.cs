using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Offices;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Access;

/// <summary>The account that a one-time link belongs to, while the link is valid.</summary>
internal static class SetUpToken
{
    public static Task<OfficeAccount?> FindAsync(SurveyDb db, string token, DateTime now, CancellationToken cancel)
    {
        var hash = PersonalLink.Hash(token);
        return db.Users.FirstOrDefaultAsync(a => a.SetUpTokenHash == hash && a.SetUpTokenExpiresAt > now && a.DisabledAt == null, cancel);
    }
}
