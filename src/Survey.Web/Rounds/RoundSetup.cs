using Microsoft.Extensions.DependencyInjection.Extensions;
using Survey.Reporting.Jobs;

namespace Survey.Web.Rounds;

/// <summary>The clock of the rounds; it runs where the jobs do.</summary>
public static class RoundSetup
{
    public static IServiceCollection AddRoundClock(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<IBackgroundTask, RoundClock>();
    }
}
