using Microsoft.EntityFrameworkCore;
using Survey.Domain.Networks;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;

namespace Survey.Web.Retention;

/// <summary>
/// Keeps what the privacy notice promises: looks a few times a day and deletes what is due (<see cref="DataRetention"/>). What it will delete in the next weeks stands
/// on the office's page beforehand.
/// </summary>
public sealed class RetentionTask(IDbContextFactory<SurveyDb> contexts, Network network, TimeProvider time, ILogger<RetentionTask> log) : IBackgroundTask
{
    public string Name => "retention";

    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task LookAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var yesterday = time.GetUtcNow().UtcDateTime.AddDays(-1);
        // Lists that were uploaded and never confirmed.
        await db.MemberUploads.Where(u => u.UploadedAt < yesterday).ExecuteDeleteAsync(cancel);
        foreach (var done in await DataRetention.ApplyAsync(db, network.Privacy.Keep, "job", time.GetUtcNow().UtcDateTime, cancel))
        {
            log.LogInformation("Deleted {Count} {Kind} of {Round}, kept long enough", done.Count, done.Kind, done.Round ?? "all rounds");
        }
    }
}
