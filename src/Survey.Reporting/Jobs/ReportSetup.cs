using Microsoft.Extensions.DependencyInjection;
using Survey.Reporting.Typesetting;

namespace Survey.Reporting.Jobs;

/// <summary>Registers what a report run needs; commands use it without the scheduler.</summary>
public static class ReportSetup
{
    /// <summary><paramref name="root"/> holds <c>node_modules</c>; <paramref name="templates"/> the layout and the charts.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services, string root, string templates)
    {
        services.AddSingleton(new TypesettingOptions { Root = root, Templates = templates });
        services.AddSingleton<Typesetter>();
        services.AddSingleton<ReportBuild>();
        services.AddSingleton<PictureMaking>();
        services.AddSingleton<IBackgroundTask, ReportTask>();
        services.AddSingleton<IBackgroundTask, PictureTask>();
        return services;
    }
}
