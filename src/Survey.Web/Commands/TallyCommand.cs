using System.CommandLine;
using Survey.Reporting.Tallies;

namespace Survey.Web.Commands;

/// <summary>Prints the counts of a round as CSV: unprotected, for the office's own eyes.</summary>
internal static class TallyCommand
{
    public static Command Make(Terminal terminal)
    {
        var roundSlug = new Argument<string>("ROUND");
        var command = new Command("tally", "Prints counts by region, point, question and choice as CSV. Unprotected: for the office only.") { roundSlug };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var round = await Terminal.RoundAsync(db, parsed.GetRequiredValue(roundSlug), cancel);
            var rows = await TallyReader.RowsAsync(db, round.Id, cancel);
            await terminal.SayAsync("region,point,question,choice,count");
            // All five are slugs, codes and numbers: nothing to quote.
            foreach (var row in rows.OrderBy(r => r.Region, StringComparer.Ordinal).ThenBy(r => r.Point, StringComparer.Ordinal).ThenBy(r => r.Question, StringComparer.Ordinal).ThenBy(r => r.Choice, StringComparer.Ordinal))
            {
                await terminal.SayAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Region},{row.Point},{row.Question},{row.Choice},{row.Count}"));
            }

            return 0;
        });
        return command;
    }
}
