using Microsoft.Extensions.Logging;
using Quartz;

namespace Survey.Reporting.Jobs;

/// <summary>Says "look now" to a task, on whichever process runs it. A lost signal only delays: the task looks by itself soon after.</summary>
public sealed class JobSignal(ISchedulerFactory schedulers, ILogger<JobSignal> log)
{
    /// <summary>Fires the task with this name once. What was asked for is stored already, so a signal that cannot be given is only logged.</summary>
    public async Task LookAsync(string task, CancellationToken cancel = default)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(cancel);
            await scheduler.TriggerJob(new JobKey(task, JobSetup.Group), cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "Task {Task} could not be signalled and will look by itself", task);
        }
    }
}
