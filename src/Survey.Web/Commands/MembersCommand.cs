using System.CommandLine;
using Survey.Domain.Geography;
using Survey.Domain.Imports;
using Survey.Domain.Storage;
using Survey.Web.Templates;

namespace Survey.Web.Commands;

/// <summary>Imports the member list. Countries are recognised by the newest round's region scheme, or by the default one while there is no round.</summary>
internal static class MembersCommand
{
    public static Command Make(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A CSV file; see docs/import.md." };
        var isTrial = new Option<bool>("--dry-run") { Description = "Says what would change and writes nothing." };
        var import = new Command("import", "Imports organisations and contacts.") { file, isTrial };
        import.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var terms = await MemberTerms.OfAsync(db, Terminal.InstallationOf(parsed), cancel);
            await using var stream = Terminal.Read(parsed.GetRequiredValue(file));
            var writes = parsed.GetValue(isTrial) ? ImportWrites.Nothing : ImportWrites.Everything;
            var done = await MembersImport.RunAsync(db, stream, new PlaceMatcher(terms.Regions), terms.TypeCodes, terms.Languages, writes, terminal.Now, cancel);
            foreach (var notice in done.Notices)
            {
                await terminal.Error.WriteLineAsync($"{parsed.GetRequiredValue(file)}, {notice}");
            }

            if (done.Problems.Count > 0)
            {
                throw CommandFailure.BadInput([.. done.Problems.Select(p => $"{parsed.GetRequiredValue(file)}, {p}"), $"Nothing was written: {done.Problems.Count} problems."]);
            }

            await terminal.SayAsync($"{(done.IsWritten ? "Imported members" : "Would import members")}: {done.Added} added, {done.Changed} changed, {done.Unchanged} unchanged.");
            return 0;
        });
        return new Command("members", "The member list.") { import };
    }
}
