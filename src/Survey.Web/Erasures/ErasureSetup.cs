using Survey.Reporting.Jobs;

namespace Survey.Web.Erasures;

/// <summary>Registers the task that brings out versions without what was erased; it runs where the jobs do.</summary>
public static class ErasureSetup
{
    public static IServiceCollection AddErasures(this IServiceCollection services) => services.AddSingleton<IBackgroundTask, ReplacementTask>();
}
