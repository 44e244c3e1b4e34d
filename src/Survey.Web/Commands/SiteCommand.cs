using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Reporting.Typesetting;
using Survey.Web.Hosting;
using Survey.Web.Pages.Answer;
using Survey.Web.Pages.Reports;
using Survey.Web.Templates;

namespace Survey.Web.Commands;

/// <summary>
/// Writes the public site as static files, to hand to an archive or a plain file server. The pages are those that the site itself gives: it is started for this on an address of its own, all
/// published files and pages are asked for, links followed, and each is written under its address. A link within the site that leads nowhere is an error, also one to a place within a page. Files that hold what may no
/// longer be printed are left out.
/// </summary>
internal static class SiteCommand
{
    public static Command Make(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder for the files; it must be empty or not there." };
        var url = Terminal.SiteAddress();
        var export = new Command("export", "Writes every public page, file and redirect as static files under the same addresses.") { folder, url };
        export.SetAction(async (parsed, cancel) =>
        {
            var into = Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetRequiredValue(folder)));
            var site = parsed.GetRequiredValue(url).TrimEnd('/');
            if (!Uri.TryCreate(site, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                throw CommandFailure.BadInput($"'{site}' is not an address such as https://report.example.org.");
            }

            if (Directory.Exists(into) && Directory.EnumerateFileSystemEntries(into).Any())
            {
                throw CommandFailure.BadInput($"{into} is not empty; nothing was written.");
            }

            IReadOnlyList<string> files;
            await using (var db = await Terminal.OpenAsync(parsed, cancel))
            {
                await MakePicturesAsync(Terminal.InstallationOf(parsed), terminal, cancel);
                files = await PublishedAddresses.AllAsync(db, new RoundForms(), cancel);
            }

            try
            {
                // On an address that only this machine has, and under the site's own name.
                await using var app = await SiteHost.BuildAsync(Terminal.InstallationOf(parsed), ServeRole.Web, ["http://127.0.0.1:0"], terminal.Time, Named(site), cancel);
                await app.StartAsync(cancel);
                var here = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
                var made = await new StaticSite(here, site, into).WriteAsync(files, cancel);
                await app.StopAsync(cancel);
                if (made.Broken.Count > 0)
                {
                    throw CommandFailure.Refused([$"{made.Broken.Count} links lead nowhere:", .. made.Broken]);
                }

                await terminal.SayAsync($"Wrote {made.Files} files and {made.Redirects} redirects to {into}; every link was followed.");
                return 0;
            }
            catch (TemplateException e)
            {
                throw CommandFailure.BadInput(e.Problems);
            }
        });
        return new Command("site", "The public site.") { export };
    }

    /// <summary>What the published versions still lack of pictures is made first, since nobody makes it in the archive. Without the typesetter the site is written as it stands.</summary>
    private static async Task MakePicturesAsync(Installation installation, Terminal terminal, CancellationToken cancel)
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(terminal.Time).AddStorage(installation.Database).AddReports(installation.Root, installation.Templates).BuildServiceProvider();
        var making = services.GetRequiredService<PictureMaking>();
        var problems = new HashSet<string>();
        foreach (var missing in await making.MissingAsync(cancel))
        {
            try
            {
                await making.MakeAsync(missing, cancel);
            }
            catch (TypesettingException e)
            {
                problems.Add(e.Message);
            }
        }

        foreach (var problem in problems)
        {
            await terminal.Error.WriteLineAsync($"Some pictures (PNG) are not there and could not be made; the rest is written. {problem}");
        }
    }

    /// <summary>Lets the site speak of itself under its public name, answer under any, and believe no proxy.</summary>
    private static Action<IServiceCollection> Named(string site) => services =>
    {
        var options = (SiteOptions)services.Last(d => d.ServiceType == typeof(SiteOptions)).ImplementationInstance!;
        services.Replace(ServiceDescriptor.Singleton(options with { PublicUrl = site, Hosts = [], IsBehindProxy = false }));
    };
}
