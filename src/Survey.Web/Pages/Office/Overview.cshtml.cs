using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office;

/// <summary>The office's first page: the rounds with how far they are, and the latest run of each.</summary>
public sealed class OverviewModel(SurveyDb db, TimeProvider time) : PageModel
{
    public IReadOnlyList<RoundStanding> Rounds { get; private set; } = [];

    public IReadOnlyDictionary<int, ReportRun> LatestRuns { get; private set; } = new Dictionary<int, ReportRun>();

    /// <summary>The moment of this request, UTC.</summary>
    public DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    public int PendingQuotes { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Rounds = await RoundCounts.AllAsync(db, null, cancel);
        var latest = await db.Runs.AsNoTracking().GroupBy(r => r.RoundId).Select(g => g.Max(r => r.Id)).ToListAsync(cancel);
        LatestRuns = await db.Runs.AsNoTracking().Where(r => latest.Contains(r.Id)).ToDictionaryAsync(r => r.RoundId, cancel);
        PendingQuotes = !OfficeMay.Edit(User) ? 0 : await db.Quotes.CountAsync(q => q.Review == Domain.Responses.QuoteReview.Pending, cancel);
    }
}
