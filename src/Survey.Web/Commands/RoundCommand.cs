using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Rounds;
using Survey.Web.Templates;

namespace Survey.Web.Commands;

/// <summary>
/// A round's life from the command line. Creating copies the templates; opening freezes them and invites every member that is not retired;
/// a round does not open with a change against last year that its questionnaire does not declare.
/// </summary>
internal static class RoundCommand
{
    private const string Actor = "command";

    public static Command Make(Terminal terminal) => new("round", "Creates, opens, closes and lists rounds.")
    {
        Create(terminal), Step(terminal, "open", "Opens a round: templates are frozen, members are invited.", OpenAsync),
        Step(terminal, "close", "Closes a round: nobody answers any more.", CloseAsync), Listing(terminal),
    };

    private static Command Create(Terminal terminal)
    {
        var slug = new Argument<string>("ROUND") { Description = "Normally the year, for example 2026 or 2026-pilot." };
        var plan = new Option<string>("--plan") { Required = true, Description = "A file of templates/plans, without extension." };
        var questionnaire = new Option<string>("--questionnaire") { Required = true, Description = "A file of templates/questionnaires, without extension." };
        var regions = new Option<string>("--regions") { DefaultValueFactory = _ => "default", Description = "A file of templates/regions, without extension." };
        var opens = new Option<string?>("--opens") { Description = "First day, as 2026-09-01." };
        var closes = new Option<string?>("--closes") { Description = "Last day, as 2026-10-15; it ends in UTC-12." };
        var optional = new Option<string[]>("--with-point") { Description = "An optional point of the plan to ask too.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("create", "Creates a round: its templates are copied into the database.") { slug, plan, questionnaire, regions, opens, closes, optional };
        command.SetAction(async (parsed, cancel) =>
        {
            var draft = new RoundDraft(
                parsed.GetRequiredValue(slug), parsed.GetRequiredValue(plan), parsed.GetRequiredValue(questionnaire), parsed.GetRequiredValue(regions), parsed.GetValue(optional) ?? [],
                Day(parsed.GetValue(opens), "--opens"), Day(parsed.GetValue(closes), "--closes"));
            // What can be seen without the database is said even where there is none yet.
            Refuse([.. draft.NameProblems([]), .. draft.DayProblems(null)]);
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var created = await RoundCreation.CreateAsync(db, TemplateFolder.Open(Terminal.InstallationOf(parsed).Templates), draft, Actor, terminal.Now, cancel);
            Refuse(created.Problems);
            var definition = created.Value!.Definition;
            await terminal.SayAsync($"Created round {draft.Slug}: {definition.Points.Count} points, {definition.Questionnaire.Questions.Count()} questions, {definition.Regions.Regions.Count} regions.");
            return 0;
        });
        return command;
    }

    private static Command Step(Terminal terminal, string name, string description, Func<Terminal, SurveyDb, SurveyRound, CancellationToken, Task<string>> take)
    {
        var slug = new Argument<string>("ROUND");
        var command = new Command(name, description) { slug };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var round = await Terminal.RoundAsync(db, parsed.GetRequiredValue(slug), cancel);
            await terminal.SayAsync(await take(terminal, db, round, cancel));
            return 0;
        });
        return command;
    }

    private static async Task<string> OpenAsync(Terminal terminal, SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        var opened = await RoundOpening.OpenAsync(db, round.Id, OpeningFor.Import, Actor, terminal.Now, cancel);
        Refuse(opened.Problems);
        return $"Opened round {round.Slug}: {opened.Value!.Population} organisations are its population{(round.ClosesAt is { } end ? string.Create(CultureInfo.InvariantCulture, $"; it closes {end:yyyy-MM-dd HH:mm} UTC") : "")}.";
    }

    private static async Task<string> CloseAsync(Terminal terminal, SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        Refuse((await RoundSteps.CloseAsync(db, round.Id, Actor, null, terminal.Now, cancel)).Problems);
        var submitted = await db.Responses.CountAsync(r => r.RoundId == round.Id && r.Version > 0, cancel);
        var drafts = await db.Responses.CountAsync(r => r.RoundId == round.Id && r.Version == 0, cancel);
        return $"Closed round {round.Slug}: {submitted} responses, {drafts} started and not sent.";
    }

    /// <summary>Stops with these problems, if there are any: exit code 1 when the round is not in the state for it, else 2.</summary>
    private static void Refuse(IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0)
        {
            throw problems[0].Code == RoundSteps.LateCode ? CommandFailure.Refused(problems[0].Message)
                // Of an option the message says enough.
                : CommandFailure.BadInput([.. problems.Select(p => p.Where is "slug" or "closes" ? p.Message : p.ToString())]);
        }
    }

    private static Command Listing(Terminal terminal)
    {
        var command = new Command("list", "Lists the rounds.");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var db = await Terminal.OpenAsync(parsed, cancel);
            var rounds = await db.Rounds.AsNoTracking().OrderBy(r => r.Id).Select(r => new
            {
                r.Slug,
                r.State,
                r.PlanSlug,
                r.QuestionnaireName,
                r.ClosesOn,
                Population = db.Invitations.Count(i => i.RoundId == r.Id),
                Responses = db.Responses.Count(a => a.RoundId == r.Id && a.Version > 0),
            }).ToListAsync(cancel);
            foreach (var r in rounds)
            {
                await terminal.SayAsync(string.Create(CultureInfo.InvariantCulture, $"{r.Slug}  {r.State.ToString().ToLowerInvariant()}  plan {r.PlanSlug}, questionnaire {r.QuestionnaireName}  {r.Responses} of {r.Population} answered{(r.ClosesOn is { } day ? $"  closes {day:yyyy-MM-dd}" : "")}"));
            }

            if (rounds.Count == 0)
            {
                await terminal.SayAsync("There is no round yet. Make one: ./progress round create 2026 --plan made-8-point --questionnaire made-2026");
            }

            return 0;
        });
        return command;
    }

    private static DateOnly? Day(string? text, string option) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw CommandFailure.BadInput($"{option}: '{text}' is not a date such as 2026-09-01.");
}
