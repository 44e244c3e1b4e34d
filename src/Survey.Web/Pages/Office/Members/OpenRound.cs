using Microsoft.EntityFrameworkCore;
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

    /// <summary>What may be said of a member, without reading a round's frozen templates anew for each page.</summary>
    public static async Task<MemberTerms> TermsAsync(SurveyDb db, RoundForms forms, Installation installation, CancellationToken cancel)
    {
        var newest = await db.Rounds.AsNoTracking().OrderByDescending(r => r.Id).Select(r => new { r.Id, r.State }).FirstOrDefaultAsync(cancel);
        return newest is { State: not RoundState.Planned }
            ? MemberTerms.Of((await forms.OfAsync(db, newest.Id, cancel)).Definition)
            : await MemberTerms.OfAsync(db, installation, cancel);
    }
}
