using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>
/// Lets the office fill in the survey for a member that answered by phone, mail or paper. It is the member's own survey, opened over a link that says how the answers
/// came in and holds for <see cref="PersonalLink.FillInTime"/>; beginning anew ends the one before. What is sent over it is a version with that mode.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class FillInModel(SurveyDb db, TimeProvider time) : PageModel
{
    /// <summary>The ways that can be chosen: the others are the member's own and an import.</summary>
    public static readonly IReadOnlyList<ResponseMode> Modes = [ResponseMode.Phone, ResponseMode.Mail, ResponseMode.Paper];

    public Invitation Invitation { get; private set; } = null!;

    public SurveyRound Round { get; private set; } = null!;

    /// <summary>The version that was sent last, 0 where the member only began; null where there is no response.</summary>
    public int? Version { get; private set; }

    /// <summary>Whether answers are taken now.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>No way was chosen.</summary>
    public bool LacksMode { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnPostAsync(int id, ResponseMode? mode, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        if (!IsOpen)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        if (mode is not { } how || !Modes.Contains(how))
        {
            LacksMode = true;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var now = time.GetUtcNow().UtcDateTime;
        var token = PersonalLink.NewToken();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.PersonalLinks.Where(l => l.InvitationId == id && l.Mode != null && l.RevokedAt == null).ExecuteUpdateAsync(s => s.SetProperty(l => l.RevokedAt, now), cancel);
        db.PersonalLinks.Add(new PersonalLink { InvitationId = id, TokenHash = PersonalLink.Hash(token), CreatedAt = now, Mode = how });
        db.Record(now, OfficeActor.Of(User), "response.fill-in", $"invitation:{id}/mode:{how.ToString().ToLowerInvariant()}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect($"/a/{token}");
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        var found = await db.Invitations.AsNoTracking().Include(i => i.Round).FirstOrDefaultAsync(i => i.Id == id && i.Round!.State != RoundState.Planned, cancel);
        if (found is null)
        {
            return false;
        }

        (Invitation, Round) = (found, found.Round!);
        Version = await db.Responses.Where(r => r.InvitationId == id).Select(r => (int?)r.Version).FirstOrDefaultAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        IsOpen = Round.FrozenAt is null && (Round.AcceptsAnswersAt(now) || found.IsReopenedAt(Round, now));
        return true;
    }
}
