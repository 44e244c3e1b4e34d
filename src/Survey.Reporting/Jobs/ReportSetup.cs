using Microsoft.Extensions.DependencyInjection;
using Survey.Reporting.Typesetting;

namespace Survey.Reporting.Jobs;

/// <summary>Registers what a report run needs; commands use it without the scheduler.</summary>
public static class ReportSetup
{
    /// <summary><paramref name="root"/> holds <c>node_modules</c>; <paramref name="templates"/> the layout and the charts. <paramref name="site"/> is the address under which reports come out, where it is known.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services, string root, string templates, string? site = null)
    {
        services.AddSingleton(new ReportSite(site));
        services.AddSingleton(new TypesettingOptions { Root = root, Templates = templates });
        services.AddSingleton<Typesetter>();
        services.AddSingleton<ReportBuild>();
        services.AddSingleton<PictureMaking>();
        services.AddSingleton<IBackgroundTask, ReportTask>();
        services.AddSingleton<IBackgroundTask, PictureTask>();
        return services;
    }
}

/// <summary>The address of the site on which reports come out; null where it is not known.</summary>
public sealed record ReportSite(string? Address);
