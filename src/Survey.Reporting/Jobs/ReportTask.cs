using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Survey.Domain.Storage;

namespace Survey.Reporting.Jobs;

/// <summary>Takes queued and abandoned report runs, one after the other, and works each to its end.</summary>
public sealed class ReportTask(IDbContextFactory<SurveyDb> contexts, ReportBuild build, TimeProvider time, ILogger<ReportTask> log) : IBackgroundTask
{
    /// <summary>The name to signal after a request.</summary>
    public const string TaskName = "reports";

    public string Name => TaskName;

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task LookAsync(CancellationToken cancel)
    {
        while (await ReportRuns.TakeAsync(contexts, time, cancel) is { } attempt)
        {
            log.LogInformation("Report run {Run}, attempt {Attempt}, starts", attempt.RunId, attempt.Number);
            await build.RunAsync(attempt, progress: null, cancel);
        }
    }
}
