using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Geography;
using Survey.Domain.Imports;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
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
            var (regions, types, languages) = await KnownAsync(db, Terminal.InstallationOf(parsed), cancel);
            await using var stream = Terminal.Read(parsed.GetRequiredValue(file));
            var writes = parsed.GetValue(isTrial) ? ImportWrites.Nothing : ImportWrites.Everything;
            var done = await MembersImport.RunAsync(db, stream, new PlaceMatcher(regions), types, languages, writes, terminal.Now, cancel);
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

    private static async Task<(RegionScheme Regions, IReadOnlyCollection<string> Types, IReadOnlyList<string> Languages)> KnownAsync(SurveyDb db, Installation installation, CancellationToken cancel)
    {
        var round = await db.Rounds.AsNoTracking().Include(r => r.Templates).OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancel);
        if (round is not null)
        {
            var definition = RoundDefinition.Of(round);
            return (definition.Regions, TypesOf(definition.Questionnaire), definition.Network.Languages);
        }

        var templates = TemplateFolder.Open(installation.Templates);
        var regions = Whole(templates.Of(TemplateKind.Regions).Where(f => f.Name == "default").Select(f => RegionScheme.Parse(f.Content, f.Path)));
        var network = Whole(templates.Of(TemplateKind.Network).Select(f => Domain.Networks.NetworkFile.Parse(f.Content, f.Path)));
        var questionnaire = Whole(templates.Of(TemplateKind.Questionnaire).OrderByDescending(f => f.Name, StringComparer.Ordinal).Take(1).Select(f => QuestionnaireFile.Parse(f.Content, f.Path)));
        return (regions, TypesOf(questionnaire), network.Languages);
    }

    private static string[] TypesOf(Questionnaire questionnaire) => [.. questionnaire.WithRole(QuestionRole.Type)?.Choices.Select(c => c.Code) ?? []];

    private static T Whole<T>(IEnumerable<Domain.Parsed<T>> parsed)
        where T : class
    {
        var first = parsed.FirstOrDefault() ?? throw CommandFailure.Refused("The templates are incomplete. Run ./progress check.");
        return first.Value ?? throw CommandFailure.BadInput(first.Problems);
    }
}
