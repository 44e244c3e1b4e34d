using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Jobs;
using Survey.Reporting.OpenData;

namespace Survey.Web.Commands;

/// <summary>Writes the protected data pack of a round: from the newest published cube, or from a fresh one while nothing is published.</summary>
internal static class DataCommand
{
    public static Command Make(Terminal terminal)
    {
        var slug = new Argument<string>("ROUND");
        var folder = new Option<string>("--out") { Required = true, Description = "The folder for the files." };
        var export = new Command("export", "Writes the protected data pack of a round.") { slug, folder };
        export.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var round = await Terminal.RoundAsync(db, parsed.GetRequiredValue(slug), cancel);
            var definition = RoundDefinition.Of(round);
            var stored = await db.EditionVersions.AsNoTracking().Where(v => v.Edition!.RoundId == round.Id && v.Number != null).OrderByDescending(v => v.Number).Select(v => new { v.Cube, v.Number }).FirstOrDefaultAsync(cancel);
            var input = await EditionSource.ReadAsync(db, round, definition, stored is null ? null : CubeJson.Read(stored.Cube), stored?.Number ?? 1, [], terminal.Now, cancel);
            var files = DataPack.Of(input, definition.ReportTexts);
            foreach (var file in files)
            {
                await ReportCommand.WriteAsync(Path.Combine(parsed.GetRequiredValue(folder), file.Name), file.Bytes, cancel);
            }

            await terminal.SayAsync($"Wrote {files.Count} files to {parsed.GetRequiredValue(folder)}.");
            return 0;
        });
        return new Command("data", "Data for reuse.") { export };
    }
}
