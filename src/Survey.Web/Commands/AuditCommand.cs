using System.CommandLine;
using Survey.Domain.Audit;
using Survey.Domain.Storage;

namespace Survey.Web.Commands;

/// <summary>The audit log from the command line: whether its chain is whole, and a copy of it.</summary>
internal static class AuditCommand
{
    public static Command Make(Terminal terminal) => new("audit", "The log of who did what and when.") { Verify(terminal), Export(terminal) };

    private static Command Verify(Terminal terminal)
    {
        var head = new Option<string?>("--head") { Description = "NUMBER:LINK as noted from an earlier verification: tells a log that was cut off since." };
        var keyFiles = new Option<string[]>("--older-key") { Description = "A file with the key under which the chain began, where it was changed since. May be given several times." };
        var command = new Command("verify", "Finds an entry that was changed, moved or taken out, and says which.") { head, keyFiles };
        command.SetAction(async (parsed, cancel) =>
        {
            var given = parsed.GetValue(head);
            (long Number, string Link)? noted = given is null ? null : AuditVerification.ParseHead(given) ?? throw CommandFailure.BadInput($"--head: '{given}' is not NUMBER:LINK as a verification prints it.");
            var files = parsed.GetValue(keyFiles) ?? [];
            if (files.FirstOrDefault(f => !File.Exists(f)) is { } missing)
            {
                throw CommandFailure.BadInput($"{missing}: there is no such file.");
            }

            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var (number, link, findings) = await AuditReader.VerifyAsync(db, files.Select(AuditKey.InFile), noted, cancel);
            if (findings.Count > 0)
            {
                throw CommandFailure.Refused([.. findings.Select(Words)]);
            }

            await terminal.SayAsync(number == 0 ? "The audit log is empty." : $"The chain of {number} entries is whole. To find a cut later, note its head elsewhere: {number}:{link}");
            return 0;
        });
        return command;
    }

    private static Command Export(Terminal terminal)
    {
        var file = new Argument<string>("FILE");
        var command = new Command("export", "Writes the log as CSV, with its details where they were not erased.") { file };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetRequiredValue(file);
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            await using var stream = File.Create(path);
            var count = await AuditReader.WriteAsync(db, stream, cancel);
            await terminal.SayAsync($"Wrote {count} entries to {path}.");
            return 0;
        });
        return command;
    }

    private static string Words(AuditFinding finding) => finding.Fault switch
    {
        AuditFault.Changed => $"Entry {finding.Number} is not what was written, or stands in another's place.",
        AuditFault.Gap => $"Entry {finding.Number} is missing.",
        AuditFault.DetailChanged => $"The details of entry {finding.Number} are not those that were written.",
        AuditFault.Unchained => $"Row {finding.EntryId} was never part of the chain: something else than this program wrote it.",
        AuditFault.Tail => $"The end of the chain is not the one that its head names: entry {finding.Number} and what followed it were cut off, or the head was changed.",
        AuditFault.NotAsNoted => $"Entry {finding.Number} is not the one that was noted, or is not there any more.",
        AuditFault.HeadLost => "A published version has lost the head of the log that was kept with it. Hold the log against a saved copy of its page: --head NUMBER:LINK.",
        AuditFault.OtherKey => $"Entry {finding.Number} is chained under a key that is not known here. Give it with --older-key.",
        _ => throw new ArgumentOutOfRangeException(nameof(finding)),
    };
}
