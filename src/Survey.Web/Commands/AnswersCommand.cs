using System.CommandLine;
using Survey.Domain.Imports;
using Survey.Domain.Storage;

namespace Survey.Web.Commands;

/// <summary>Brings answers in from a file, and out again for the office.</summary>
internal static class AnswersCommand
{
    public static Command Make(Terminal terminal) => new("answers", "Answers from and to files.") { Import(terminal), Export(terminal) };

    private static Command Import(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A CSV file." };
        var mapping = new Option<string>("--mapping") { Required = true, Description = "What the columns mean (YAML); see docs/import.md." };
        var isTrial = new Option<bool>("--dry-run") { Description = "Says what would change and writes nothing." };
        var skips = new Option<bool>("--skip-bad-rows") { Description = "Writes the good rows although some are bad." };
        var replaces = new Option<bool>("--replace") { Description = "Also replaces answers given in the browser; the old version is kept." };
        var command = new Command("import", "Imports answers; nothing at all is written if one row is bad.") { file, mapping, isTrial, skips, replaces };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetRequiredValue(mapping);
            if (!File.Exists(path))
            {
                throw CommandFailure.BadInput($"{path}: there is no such file.");
            }

            var meaning = AnswersMapping.Parse(await File.ReadAllTextAsync(path, cancel), path);
            if (meaning.Value is null)
            {
                throw CommandFailure.BadInput(meaning.Problems);
            }

            await using var db = await Terminal.OpenAsync(parsed, cancel);
            await using var stream = Terminal.Read(parsed.GetRequiredValue(file));
            var options = new AnswersImportOptions(
                parsed.GetValue(isTrial) ? ImportWrites.Nothing : ImportWrites.Everything,
                parsed.GetValue(skips) ? BadRows.Skip : BadRows.RefuseAll,
                parsed.GetValue(replaces) ? OtherAnswers.Replace : OtherAnswers.Keep);
            var done = await AnswersImport.RunAsync(db, stream, meaning.Value, options, terminal.Now, cancel);
            foreach (var line in done.Notices.Concat(done.Problems))
            {
                await terminal.Error.WriteLineAsync($"{parsed.GetRequiredValue(file)}, {line}");
            }

            var counts = $"{done.Responses} responses in {done.Rounds.Count} rounds: {done.New} new, {done.Changed} changed, {done.Unchanged} unchanged; {done.BadRows} bad rows";
            if (!done.IsWritten && options.Writes is ImportWrites.Everything)
            {
                throw CommandFailure.BadInput($"Nothing was written. Of {done.Rows} rows {done.BadRows} are bad: put them right, or leave them out with --skip-bad-rows.");
            }

            await terminal.SayAsync(done.IsWritten ? $"Imported {counts}." : $"Would import {counts}.");
            return done.Problems.Count > 0 && options.BadRows is BadRows.RefuseAll ? 2 : 0;
        });
        return command;
    }

    private static Command Export(Terminal terminal)
    {
        var slug = new Argument<string>("ROUND");
        var target = new Option<string>("--out") { Required = true, Description = "The CSV file to write." };
        var command = new Command("export", "Writes the counted answers as CSV, for the office only: they are not protected.") { slug, target };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var round = await Terminal.RoundAsync(db, parsed.GetRequiredValue(slug), cancel);
            var path = parsed.GetRequiredValue(target);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            (int Responses, int Rows) done;
            await using (var stream = File.Create(path + ".part"))
            {
                done = await AnswersExport.WriteAsync(db, round, stream, cancel);
            }

            File.Move(path + ".part", path, overwrite: true);
            await terminal.SayAsync($"Wrote {done.Rows} answers in {done.Responses} responses of round {round.Slug} to {path}. They are not protected: for the office only.");
            return 0;
        });
        return command;
    }
}
