using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;
using Survey.Web.Pages.Reports;

namespace Survey.Web.Pages.Home;

/// <summary>The front page: what this is, the round that is open, the latest published edition. Pilots are never named.</summary>
public sealed class HomeModel(SurveyDb db, RoundForms forms, PageTexts texts, TimeProvider time) : PageModel
{
    public PublishedEdition? Latest { get; private set; }

    public OpenRound? Round { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Latest = await EditionList.AllAsync(db, forms, cancel, most: 1, language: texts.Language) is [var newest, ..] ? newest : null;
        var now = time.GetUtcNow().UtcDateTime;
        // A round whose time is over is closed, also before the office or a job says so.
        Round = (await db.Rounds.AsNoTracking().Where(r => r.State == RoundState.Open && !r.IsPilot).OrderByDescending(r => r.OpenedAt).ToListAsync(cancel))
            .Where(r => r.IsOpenAt(now)).Select(r => new OpenRound(r.Slug, r.ClosesOn, r.IsSample)).FirstOrDefault();
    }

    /// <summary>The round that members answer now.</summary>
    public sealed record OpenRound(string Slug, DateOnly? ClosesOn, bool IsSample);
}
