using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Runs;

/// <summary>A report run: how far it is, what came of it. Read again by itself while it runs; can be left and found again.</summary>
public sealed class RunModel(SurveyDb db, TimeProvider time) : PageModel
{
    public ReportRun Run { get; private set; } = null!;

    public string Round { get; private set; } = "";

    public bool IsSample { get; private set; }

    /// <summary>The number of the published version to which the languages are added; null where the run makes a version of its own.</summary>
    public int? AddsTo { get; private set; }

    public bool IsUnderWay => Run.State is RunState.Queued or RunState.Running;

    public bool MayCancel => IsUnderWay && !Run.CancelRequested && OfficeMay.Edit(User);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        if (!OfficeMay.Edit(User))
        {
            return Forbid();
        }

        await ReportRuns.CancelAsync(db, id, cancel);
        db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), "run.cancel", $"run:{id}");
        await db.SaveChangesAsync(cancel);
        return Redirect($"/office/runs/{id}");
    }

    private async Task<bool> FindAsync(long id, CancellationToken cancel)
    {
        var found = await (from run in db.Runs.AsNoTracking() join round in db.Rounds on run.RoundId equals round.Id where run.Id == id select new { run, round.Slug, round.IsSample }).FirstOrDefaultAsync(cancel);
        if (found is null)
        {
            return false;
        }

        (Run, Round, IsSample) = (found.run, found.Slug, found.IsSample);
        AddsTo = Run.AddsToVersionId is { } version ? await db.EditionVersions.Where(v => v.Id == version).Select(v => v.Number).FirstOrDefaultAsync(cancel) : null;
        return true;
    }
}
