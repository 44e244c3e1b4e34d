using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Localization;

namespace Survey.Web.Erasures;

/// <summary>
/// Brings out the version that takes the place of one whose files went with an erasure. The walk: a round whose newest published version is withdrawn gets a run in the
/// same languages, which takes the published cube, the texts and the choices of findings of that version again, less every text that named the erased organisation; when the run has made a version, it is published with the reason as its erratum. The rows are the truth: whatever
/// ends in between, the next look goes on. A run that failed, or a version that may not come out, is left to the office, who sees it under the round.
/// </summary>
public sealed class ReplacementTask(IDbContextFactory<SurveyDb> contexts, UiTexts texts, TimeProvider time, ILogger<ReplacementTask> log) : IBackgroundTask
{
    /// <summary>The name to signal after an erasure.</summary>
    public const string TaskName = "replacements";

    public string Name => TaskName;

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task LookAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var withdrawn = await (
            from version in db.EditionVersions.AsNoTracking()
            where version.WithdrawnAt != null && version.Number != null && version.Number == version.Edition!.Versions.Max(v => v.Number)
            join run in db.Runs on version.RunId equals run.Id
            select new Withdrawn(version.Id, version.EditionId, version.Edition!.RoundId, version.Number!.Value, version.WithdrawnAt!.Value, run.Languages)).ToListAsync(cancel);
        foreach (var version in withdrawn)
        {
            await ReplaceAsync(db, version, cancel);
        }
    }

    private async Task ReplaceAsync(SurveyDb db, Withdrawn old, CancellationToken cancel)
    {
        var draft = await db.EditionVersions.AsNoTracking()
            .Where(v => v.EditionId == old.EditionId && v.Number == null && v.PlannedNumber == old.Number + 1 && v.CreatedAt >= old.At && db.Runs.Any(r => r.Id == v.RunId && r.RequestedBy == ReportRuns.ByJob))
            .OrderByDescending(v => v.Id).Select(v => (int?)v.Id).FirstOrDefaultAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        if (draft is { } id)
        {
            await PublishAsync(db, id, now, cancel);
        }
        // A run that failed is tried again when the office asks; an own one that is waiting or at work is waited for. One whose draft went with a later erasure is made again.
        else if (!await db.Runs.AnyAsync(r => r.RoundId == old.RoundId && r.RequestedBy == ReportRuns.ByJob && r.RequestedAt >= old.At && r.State != RunState.Succeeded, cancel))
        {
            // Languages that were added to it later come back too.
            var added = await db.Runs.Where(r => r.AddsToVersionId == old.Id && r.State == RunState.Succeeded).OrderBy(r => r.Id).Select(r => r.Languages).ToListAsync(cancel);
            await ReportRuns.RequestAsync(db, new ReportWish(old.RoundId, [.. added.Prepend(old.Languages).SelectMany(l => l.Split(' ')).Distinct()], ReportRuns.ByJob), now, cancel);
        }
    }

    private async Task PublishAsync(SurveyDb db, int draft, DateTime now, CancellationToken cancel)
    {
        var erratum = texts.All[0].Text("erasure.erratum");
        // The version that it replaces was public in these languages.
        var published = await EditionPublishing.PublishAsync(db, draft, ReportRuns.ByJob, now, Unreviewed.NotAsked, erratum, cancel);
        if (!published.IsWhole)
        {
            log.LogWarning("Version {Version}, made after an erasure, cannot come out: {Reasons}", draft, string.Join(' ', published.Problems.Select(p => p.Code)));
        }
    }

    private sealed record Withdrawn(int Id, int EditionId, int RoundId, int Number, DateTime At, string Languages);
}
