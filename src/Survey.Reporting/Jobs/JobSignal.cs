using Quartz;

namespace Survey.Reporting.Jobs;

/// <summary>Says "look now" to a task, on whichever process runs it. A lost signal only delays: the task looks by itself soon after.</summary>
public sealed class JobSignal(ISchedulerFactory schedulers)
{
    /// <summary>Fires the task with this name once.</summary>
    public async Task LookAsync(string task, CancellationToken cancel = default)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        await scheduler.TriggerJob(new JobKey(task, JobSetup.Group), cancel);
    }
}
