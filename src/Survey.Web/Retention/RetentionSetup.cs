using Survey.Reporting.Jobs;

namespace Survey.Web.Retention;

/// <summary>Registers the task that deletes what was kept long enough; it runs where the jobs do.</summary>
public static class RetentionSetup
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services.AddSingleton<IBackgroundTask, RetentionTask>();
}
