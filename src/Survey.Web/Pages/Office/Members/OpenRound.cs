using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Pages.Answer;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Members;

/// <summary>The round that takes answers now, as the member pages speak of it; of several the newest.</summary>
internal static class OpenRound
{
    public static async Task<SurveyRound?> OfAsync(SurveyDb db, DateTime now, CancellationToken cancel)
    {
        var open = await db.Rounds.AsNoTracking().Where(r => r.State == RoundState.Open).OrderByDescending(r => r.Id).ToListAsync(cancel);
        return open.Find(r => r.IsOpenAt(now));
    }

    /// <summary>
    /// The organisation's place in the round that takes its answers now: in the open one, else in the newest that the office has reopened for it; or this very place, if its
    /// round takes answers. Null where there is none.
    /// </summary>
    public static async Task<Invitation?> InvitationAsync(SurveyDb db, int organisation, DateTime now, CancellationToken cancel, int? only = null)
    {
        var invitations = await db.Invitations.AsNoTracking().Include(i => i.Round).Include(i => i.Organisation)
            .Where(i => i.OrganisationId == organisation && (only == null || i.Id == only) && (i.Round!.State == RoundState.Open || i.ReopenedUntil >= now)).OrderByDescending(i => i.RoundId).ToListAsync(cancel);
        return invitations.Find(i => i.Round!.IsOpenAt(now)) ?? invitations.Find(i => i.IsReopenedAt(i.Round!, now));
    }

    /// <summary>What may be said of a member, without reading a round's frozen templates anew for each page.</summary>
    public static async Task<MemberTerms> TermsAsync(SurveyDb db, RoundForms forms, Installation installation, CancellationToken cancel)
    {
        var newest = await db.Rounds.AsNoTracking().OrderByDescending(r => r.Id).Select(r => new { r.Id, r.State }).FirstOrDefaultAsync(cancel);
        return newest is { State: not RoundState.Planned }
            ? MemberTerms.Of((await forms.OfAsync(db, newest.Id, cancel)).Definition)
            : await MemberTerms.OfAsync(db, installation, cancel);
    }
}
