using Microsoft.Extensions.DependencyInjection.Extensions;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Mail;

/// <summary>Mails: who puts them in the outbox, and the tasks that look there. Every process needs it; the tasks run where the jobs do.</summary>
public static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services, SiteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(options);
        services.TryAddSingleton(options.Network);
        services.TryAddSingleton(new UiTexts(options.Texts));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSiteKeys(options.KeyCertificates);
        services.AddSingleton(options.Mails).AddSingleton<MailPost>().AddSingleton<OptOutLink>().AddSingleton<MimeMail>();
        if (options.MailServer is { } server)
        {
            services.AddSingleton(server).AddSingleton<IMailSender, MailServer>();
        }
        else
        {
            services.AddSingleton<IMailSender, MailFolder>();
        }

        services.AddSingleton<IBackgroundTask, OutboxTask>().AddSingleton<IBackgroundTask, LinkRequestTask>().AddSingleton<IBackgroundTask, MailingTask>();
        return services;
    }
}
