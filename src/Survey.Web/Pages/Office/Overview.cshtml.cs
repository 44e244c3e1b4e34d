using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Web.Pages.Answer;
using Survey.Web.Pages.Office.Quotes;
using Survey.Web.Pages.Office.Rounds;

namespace Survey.Web.Pages.Office;

/// <summary>The office's first page: the rounds with how far they are, and the latest run of each.</summary>
public sealed class OverviewModel(SurveyDb db, RoundForms forms, TimeProvider time) : PageModel
{
    public IReadOnlyList<RoundStanding> Rounds { get; private set; } = [];

    /// <summary>The latest run of each round.</summary>
    public IReadOnlyDictionary<int, ReportRun> Runs { get; private set; } = new Dictionary<int, ReportRun>();

    /// <summary>The moment of this request, UTC.</summary>
    public DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    public int PendingQuotes { get; private set; }

    /// <summary>Slugs of the rounds whose newest published version prints what may no longer be printed.</summary>
    public IReadOnlyList<string> DueRounds { get; private set; } = [];

    /// <summary>Slugs of the planned rounds that could not open at their moment.</summary>
    public IReadOnlyList<string> OverdueRounds { get; private set; } = [];

    /// <summary>What a new office does first; null once it is past that.</summary>
    public FirstSteps? First { get; private set; }

    public bool MayEdit => OfficeMay.Edit(User);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Rounds = await RoundCounts.AllAsync(db, null, cancel);
        Runs = await LatestRuns.OfAsync(db, cancel);
        DueRounds = await DueVersion.RoundsAsync(db, forms, [.. Rounds.Select(r => r.Round)], cancel);
        OverdueRounds = await RoundDesk.OverdueAsync(db, Rounds.Select(r => r.Round), Now, cancel);
        First = MayEdit ? await FirstSteps.OfAsync(db, [.. Rounds.Select(r => r.Round)], Now, cancel) : null;
        PendingQuotes = !MayEdit ? 0 : await QuotesModel.Waiting(db).CountAsync(cancel);
    }
}
