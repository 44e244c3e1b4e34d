using Microsoft.Extensions.DependencyInjection.Extensions;
using Survey.Reporting.Jobs;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Copies;

/// <summary>Registers what makes members' PDF copies; a process without pages needs the words of the pages for it too.</summary>
public static class CopySetup
{
    public static IServiceCollection AddCopies(this IServiceCollection services, UiTexts texts)
    {
        services.TryAddSingleton(texts);
        services.TryAddSingleton<RoundForms>();
        services.AddSingleton<CopyWriting>();
        services.AddSingleton<IBackgroundTask, CopyTask>();
        return services;
    }
}
