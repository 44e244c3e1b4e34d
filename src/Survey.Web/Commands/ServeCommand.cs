using System.CommandLine;
using Survey.Domain.Storage;
using Survey.Web.Hosting;
using Survey.Web.Templates;

namespace Survey.Web.Commands;

/// <summary>Serves the site and works in the background until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Make(Terminal terminal)
    {
        var role = new Option<ServeRole>("--role") { Description = "all, web or worker; on SQLite only all.", DefaultValueFactory = _ => ServeRole.All };
        var urls = new Option<string>("--urls") { Description = "Addresses to listen on, separated by semicolons.", DefaultValueFactory = _ => "http://localhost:5080" };
        var command = new Command("serve", "Serves the site and works in the background.") { role, urls };
        command.SetAction(async (parsed, cancel) =>
        {
            var installation = Terminal.InstallationOf(parsed);
            var chosen = parsed.GetValue(role);
            if (chosen is not ServeRole.All && !StorageSetup.IsPostgres(installation.Database))
            {
                throw CommandFailure.BadInput("On SQLite one process serves and works: several need PostgreSQL. Leave --role out, or name a PostgreSQL database.");
            }

            var addresses = parsed.GetRequiredValue(urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (addresses.FirstOrDefault(a => !Uri.TryCreate(a.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal), UriKind.Absolute, out _)) is { } wrong)
            {
                throw CommandFailure.BadInput($"'{wrong}' is not an address such as http://localhost:5080.");
            }

            try
            {
                await using var app = await SiteHost.BuildAsync(installation, chosen, addresses, terminal.Time, cancel: cancel);
                await app.StartAsync(cancel);
                await terminal.SayAsync(chosen is ServeRole.Worker ? "Working in the background." : $"Serving on {string.Join(", ", app.Urls)}");
                await app.WaitForShutdownAsync(cancel);
                return 0;
            }
            catch (TemplateException e)
            {
                throw CommandFailure.BadInput(e.Problems);
            }
        });
        return command;
    }
}
