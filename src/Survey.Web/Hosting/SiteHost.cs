using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Commands;
using Survey.Web.Copies;
using Survey.Web.Erasures;
using Survey.Web.Localization;
using Survey.Web.Mail;
using Survey.Web.Pages.Privacy;
using Survey.Web.Retention;
using Survey.Web.Rounds;
using Survey.Web.Templates;

namespace Survey.Web.Hosting;

/// <summary>
/// Puts a serving process together: storage, reporting, jobs, site. The database is migrated and the templates are read and checked before the host is
/// built, so that what starts also works.
/// </summary>
public static class SiteHost
{
    /// <summary>
    /// The host, ready to run. Throws <see cref="TemplateException"/> with file and line when a template is wrong.
    /// <paramref name="replace"/> is the last word on services (tests give their clock).
    /// </summary>
    public static async Task<WebApplication> BuildAsync(Installation installation, ServeRole role, IReadOnlyList<string> urls, TimeProvider time, Action<IServiceCollection>? replace = null, CancellationToken cancel = default)
    {
        bool isDemo;
        await using (var db = StorageSetup.Open(installation.Database))
        {
            await StorageSetup.MigrateAsync(db, cancel);
            isDemo = await db.Rounds.AnyAsync(r => r.IsSample, cancel);
        }

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(SiteHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.WebHost.UseUrls([.. urls]);
        // Start and stop of every request and every SQL statement would drown what matters.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error).AddFilter("Quartz", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            // A start that fails is said once, in words, by the command.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None).AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Services.AddSingleton(installation).AddSingleton(time);
        builder.Services.AddStorage(installation.Database);
        var publicUrl = PublicUrl(builder.Configuration["PROGRESS_PUBLIC_URL"]);
        builder.Services.AddReports(installation.Root, installation.Templates, publicUrl);
        builder.Services.AddJobs(installation.Database, role is ServeRole.Web ? JobPart.SignalOnly : JobPart.Work);
        var options = SiteTemplates.Read(installation.Templates, installation.MailFolder, publicUrl ?? Listening(urls)) with { MailServer = Read(builder.Configuration, MailServerOptions.Read), KeyCertificates = Read(builder.Configuration, KeyCertificates.Read) };
        builder.Services.AddCopies(new UiTexts(options.Texts)).AddRetention().AddErasures();
        await using (var db = StorageSetup.Open(installation.Database))
        {
            if (await StoredNotices.KeepAsync(db, options.Privacy!, time.GetUtcNow().UtcDateTime, cancel) is { Count: > 0 } changed)
            {
                throw new TemplateException(changed);
            }
        }

        if (role is ServeRole.Worker)
        {
            builder.Services.AddMail(options).AddRoundClock();
        }
        else
        {
            builder.Services.AddSite(options with
            {
                IsDemo = isDemo,
                IsBehindProxy = builder.Configuration.GetValue<bool>("PROGRESS_BEHIND_PROXY"),
                PublicUrl = publicUrl,
                Hosts = builder.Configuration["PROGRESS_HOSTS"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            });
        }

        replace?.Invoke(builder.Services);
        var app = builder.Build();
        if (SiteKeys.Prepare(app.Services) is { Count: > 0 } unread)
        {
            await app.DisposeAsync();
            throw CommandFailure.BadInput(
                $"{unread.Count} of the keys in the database cannot be read: they were encrypted under another certificate.",
                "Set PROGRESS_KEY_CERTIFICATE to its file; after a change of certificate name the one before in PROGRESS_KEY_CERTIFICATE_OLDER.");
        }

        if (role is not ServeRole.Worker)
        {
            app.UseSite();
            app.MapSite();
        }

        return app;
    }

    // Never the host that a request names: anybody can write there what he likes, and a link in a mail would lead to him.
    private static string Listening(IReadOnlyList<string> urls) =>
        (urls.Count > 0 ? urls[0] : "http://localhost:5080").Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal).TrimEnd('/');

    private static T? Read<T>(ConfigurationManager configuration, Func<IConfiguration, IList<string>, T?> read)
    {
        var problems = new List<string>();
        var settings = read(configuration, problems);
        return problems.Count == 0 ? settings : throw CommandFailure.BadInput(string.Join(' ', problems));
    }

    /// <summary>The site's address as set, without a slash at the end; null where none is set.</summary>
    internal static string? PublicUrl(string? set) => set switch
    {
        null or "" => null,
        _ when Uri.TryCreate(set, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" => set.TrimEnd('/'),
        _ => throw CommandFailure.BadInput($"PROGRESS_PUBLIC_URL is '{set}', which is not an address such as https://report.example.org."),
    };
}
