using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Geography;
using Survey.Domain.Imports;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Web.Erasures;
using Survey.Web.Localization;
using Survey.Web.Members;
using Survey.Web.Pages.Answer;
using Survey.Web.Templates;

namespace Survey.Web.Commands;

/// <summary>Imports the member list, hands out all that is held about a member, and erases one. Countries are recognised by the newest round's region scheme, or by the default one while there is no round.</summary>
internal static class MembersCommand
{
    public static Command Make(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A CSV file or a workbook (.xlsx); see docs/import.md." };
        var isTrial = new Option<bool>("--dry-run") { Description = "Says what would change and writes nothing." };
        var import = new Command("import", "Imports organisations and contacts.") { file, isTrial };
        import.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var terms = await MemberTerms.OfAsync(db, Terminal.InstallationOf(parsed), cancel);
            await using var given = Terminal.Read(parsed.GetRequiredValue(file));
            await using var stream = TableOf(given, parsed.GetRequiredValue(file));
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
        return new Command("members", "The member list.") { import, Export(terminal), Erase(terminal) };
    }

    /// <summary>The file as a CSV, which a workbook is made into.</summary>
    private static Stream TableOf(FileStream given, string name)
    {
        var start = new byte[4];
        var isWorkbook = Workbook.IsOne(start.AsSpan(0, given.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
        given.Position = 0;
        if (!isWorkbook)
        {
            return given;
        }

        var sheet = Workbook.ToCsv(given);
        return sheet.IsWhole ? new MemoryStream(sheet.Value) : throw CommandFailure.BadInput([.. sheet.Problems.Select(p => $"{name}: {p.Message}")]);
    }

    private static Command Export(Terminal terminal)
    {
        var code = Code();
        var file = new Argument<string>("FILE") { Description = "The ZIP file to write." };
        var export = new Command("export", "Writes all that is held about one organisation.") { code, file };
        export.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var organisation = await FindAsync(db, parsed.GetRequiredValue(code), cancel);
            var folder = TemplateFolder.Open(Terminal.InstallationOf(parsed).Templates);
            var texts = folder.UiTexts().Value ?? throw CommandFailure.BadInput(folder.UiTexts().Problems);
            using var zip = new MemoryStream();
            await new MemberExport(new RoundForms(), new UiTexts(texts)).WriteAsync(db, organisation.Id, zip, cancel);
            await ReportCommand.WriteAsync(parsed.GetRequiredValue(file), zip.ToArray(), cancel);
            db.Record(terminal.Now, "command", MemberExport.Exported, FormattableString.Invariant($"organisation:{organisation.Id}"));
            await db.SaveChangesAsync(cancel);
            await terminal.SayAsync($"Wrote all data of {organisation.Code} to {parsed.GetRequiredValue(file)}.");
            return 0;
        });
        return export;
    }

    private static Command Erase(Terminal terminal)
    {
        var code = new Argument<string?>("CODE") { Description = "The organisation's code.", Arity = ArgumentArity.ZeroOrOne };
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the audit log, so name nobody." };
        var applies = new Option<bool>("--apply-list") { Description = "Erases again what the erasure list names: after an older copy of the database was restored." };
        var erase = new Command("erase", "Erases one organisation for good, or what the erasure list names.") { code, reason, applies };
        erase.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var mails = Terminal.InstallationOf(parsed).MailFolder;
            if (parsed.GetValue(applies))
            {
                return await ApplyAsync(terminal, db, mails, cancel);
            }

            var organisation = await FindAsync(db, parsed.GetValue(code) ?? throw CommandFailure.BadInput("Name an organisation by its code, or give --apply-list."), cancel);
            var why = parsed.GetValue(reason) ?? throw CommandFailure.BadInput("Say why with --reason; name nobody in it.");
            if (FoldedText.Of(why).Contains(organisation.NameFolded, StringComparison.Ordinal))
            {
                throw CommandFailure.BadInput("The reason names the organisation, and would be kept. Say it without the name.");
            }

            var done = (await MemberErasure.RunAsync(db, organisation.Id, mails, "command", why, terminal.Now, cancel))!;
            await SayAsync(terminal, organisation.Id, done);
            return 0;
        });
        return erase;
    }

    private static async Task<int> ApplyAsync(Terminal terminal, SurveyDb db, string mails, CancellationToken cancel)
    {
        var listed = ErasureList.Read(db);
        if (!listed.IsWhole)
        {
            throw CommandFailure.BadInput(listed.Problems);
        }

        var back = await Erasure.BroughtBackAsync(db, listed.Value, cancel);
        foreach (var id in back)
        {
            await SayAsync(terminal, id, (await MemberErasure.RunAsync(db, id, mails, "command", "erasure list", terminal.Now, cancel))!);
        }

        // The file too: what an earlier erasure could not rewrite.
        var isScrubbed = await Erasure.ScrubAsync(db, cancel);
        await terminal.SayAsync(FormattableString.Invariant($"Of {listed.Value.Count} on the list, {back.Count} were in this database{(isScrubbed ? "" : "; its file was being read and still holds deleted text")}."));
        return 0;
    }

    private static async Task SayAsync(Terminal terminal, int id, ErasureDone done)
    {
        await terminal.SayAsync(FormattableString.Invariant($"Erased organisation {id}, {done.MailFiles} mail files{(done.IsScrubbed ? "" : "; the database's file was being read: run ./progress members erase --apply-list once more")}."));
        foreach (var edition in done.Editions)
        {
            await terminal.SayAsync(FormattableString.Invariant($"Version {edition.Number} of the {edition.Round} edition is withdrawn. A serving process makes and publishes the next one."));
        }

        foreach (var text in done.Texts)
        {
            await terminal.SayAsync($"Its name stands in a text of the office still: /office/rounds/{text}");
        }
    }

    private static Argument<string> Code() => new("CODE") { Description = "The organisation's code." };

    private static async Task<Organisation> FindAsync(SurveyDb db, string code, CancellationToken cancel) =>
        await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Code == code && o.ErasedAt == null, cancel)
            ?? throw CommandFailure.BadInput($"There is no organisation with the code '{code}'. The office's page of a member names its code.");
}
