using System.CommandLine;
using System.Globalization;
using Survey.Domain.Networks;
using Survey.Domain.Storage;
using Survey.Web.Templates;

namespace Survey.Web.Commands;

/// <summary>Says what is due to be deleted, now and in the next weeks; deletes what is due now only when told to.</summary>
internal static class RetentionCommand
{
    private const int DaysAhead = 60;

    public static Command Make(Terminal terminal)
    {
        var apply = new Option<bool>("--apply") { Description = "Deletes what is due now. A serving process does so by itself, a few times a day." };
        var command = new Command("retention", $"Lists what the privacy notice says is not kept any longer: due now, and in the next {DaysAhead} days. Deletes nothing without --apply.") { apply };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var folder = TemplateFolder.Open(Terminal.InstallationOf(parsed).Templates);
            var network = folder.Of(TemplateKind.Network).Select(f => NetworkFile.Parse(f.Content, f.Path)).FirstOrDefault();
            if (network?.Value is null)
            {
                throw CommandFailure.BadInput(network?.Problems ?? []);
            }

            if (parsed.GetValue(apply))
            {
                var done = await DataRetention.ApplyAsync(db, network.Value.Privacy.Keep, "command", terminal.Now, cancel);
                await SayAsync(terminal, done, _ => "deleted");
                return 0;
            }

            var due = await DataRetention.DueAsync(db, network.Value.Privacy.Keep, terminal.Now.AddDays(DaysAhead), cancel);
            await SayAsync(terminal, due, d => d.From <= terminal.Now ? "due now" : d.From.ToString("'due 'yyyy-MM-dd", CultureInfo.InvariantCulture));
            return 0;
        });
        return command;
    }

    private static async Task SayAsync(Terminal terminal, IReadOnlyList<RetentionDue> due, Func<RetentionDue, string> state)
    {
        foreach (var line in due)
        {
            await terminal.SayAsync(string.Create(CultureInfo.InvariantCulture, $"{state(line)}: {line.Kind.ToString().ToLowerInvariant()}{(line.Round is null ? "" : $" of round {line.Round}")}, {line.Count}"));
        }

        if (due.Count == 0)
        {
            await terminal.SayAsync("Nothing is due.");
        }
    }
}
