using System.CommandLine;
using Survey.Domain.Storage;

namespace Survey.Web.Commands;

/// <summary>Makes the database, or brings an older one up to date.</summary>
internal static class InitCommand
{
    public static Command Make(Terminal terminal)
    {
        var command = new Command("init", "Makes the database, or brings it up to date.");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = StorageSetup.Open(Terminal.InstallationOf(parsed).Database);
            var wasReady = await StorageSetup.IsUpToDateAsync(db, cancel);
            await StorageSetup.MigrateAsync(db, cancel);
            await terminal.SayAsync(wasReady ? "The database is up to date already." : "The database is ready.");
            return 0;
        });
        return command;
    }
}
