using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;
using Survey.Domain.Storage;

namespace Survey.Reporting.Jobs;

/// <summary>
/// The scheduler, and the only folder that knows Quartz. Each registered <see cref="IBackgroundTask"/> becomes one job with a repeating trigger;
/// <see cref="JobSignal"/> fires it at once. The store is persistent: in PostgreSQL beside the data and clustered, so that any worker takes up what
/// another left; on SQLite in a file of its own, because one process serves there and the scheduler must not queue behind the answers.
/// </summary>
public static class JobSetup
{
    internal const string Group = "tasks";

    /// <summary>Registers the scheduler; it starts with the host unless this process only signals.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, string database, JobPart part)
    {
        services.AddQuartz(q =>
        {
            q.ConfigureScheduler(o => o.InstanceName = "progress-report");
            q.UseDefaultThreadPool(4);
            q.UsePersistentStore(store =>
            {
                if (StorageSetup.IsPostgres(database))
                {
                    store.UsePostgres(NpgsqlFactory.Instance, database);
                    store.UseClustering(c =>
                    {
                        c.CheckinInterval = TimeSpan.FromSeconds(5);
                        c.CheckinMisfireThreshold = TimeSpan.FromSeconds(10);
                    });
                }
                else
                {
                    store.UseSqlite(SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = StorageSetup.SqlitePath(database) + ".jobs", DefaultTimeout = 10 }.ToString());
                }

                store.ConfigureStore(o => o.StoreJobDataAsStrings = true);
                store.ProvisionSchema();
            });
        });
        services.AddSingleton<JobSignal>();
        if (part is JobPart.Work)
        {
            services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
            services.AddHostedService<TaskRegistration>();
        }

        return services;
    }

    /// <summary>Writes each task's job and repeating trigger at start; those of the last start are replaced.</summary>
    private sealed class TaskRegistration(ISchedulerFactory schedulers, IEnumerable<IBackgroundTask> tasks) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            foreach (var task in tasks)
            {
                var job = JobBuilder.Create<LookJob>().WithIdentity(task.Name, Group).StoreDurably().RequestRecovery().Build();
                var trigger = TriggerBuilder.Create().WithIdentity(task.Name, Group).ForJob(job)
                    .WithSimpleSchedule(s => s.WithInterval(task.Every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)).StartNow().Build();
                await scheduler.ScheduleJob(job, [trigger], new ScheduleJobOptions { Replace = true }, cancellationToken);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>One look of one task. A failure is the task's own to write down where a person finds it; here it is only logged.</summary>
    [DisallowConcurrentExecution]
    private sealed class LookJob(IEnumerable<IBackgroundTask> tasks, ILogger<LookJob> log) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            var name = context.JobDetail.Key.Name;
            if (tasks.FirstOrDefault(t => t.Name == name) is not { } task)
            {
                return;
            }

            try
            {
                await task.LookAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Task {Task} failed", name);
            }
        }
    }
}

/// <summary>What a process does with jobs: run them, or only say that there is something to do.</summary>
public enum JobPart { Work, SignalOnly }
