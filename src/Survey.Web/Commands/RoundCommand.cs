using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Geography;
using Survey.Domain.Invitations;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Templates;

namespace Survey.Web.Commands;

/// <summary>
/// A round's life from the command line. Creating copies the templates; opening freezes them and invites every member that is not retired;
/// a round does not open with a change against last year that its questionnaire does not declare.
/// </summary>
internal static partial class RoundCommand
{
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
            var name = parsed.GetRequiredValue(slug);
            if (!Slug().IsMatch(name))
            {
                throw CommandFailure.BadInput($"'{name}' is not a round's name: small letters, digits and hyphens, normally the year.");
            }

            var opensOn = Day(parsed.GetValue(opens), "--opens");
            var closesOn = Day(parsed.GetValue(closes), "--closes");
            if (closesOn < opensOn)
            {
                throw CommandFailure.BadInput("--closes is before --opens.");
            }

            await using var db = await Terminal.OpenAsync(parsed, cancel);
            if (await db.Rounds.AnyAsync(r => r.Slug == name, cancel))
            {
                throw CommandFailure.BadInput($"There is a round {name} already.");
            }

            var installation = Terminal.InstallationOf(parsed);
            var points = parsed.GetValue(optional) ?? [];
            var bundle = TemplateFolder.Open(installation.Templates).Bundle(name, parsed.GetRequiredValue(plan), parsed.GetRequiredValue(questionnaire), parsed.GetRequiredValue(regions), points);
            if (bundle.Value is null)
            {
                throw CommandFailure.BadInput(bundle.Problems);
            }

            var definition = bundle.Value.Definition;
            var round = new SurveyRound
            {
                Slug = name,
                PlanSlug = definition.Plan.Slug,
                QuestionnaireName = definition.Questionnaire.Name,
                RegionsName = definition.Regions.Slug,
                OptionalPoints = string.Join(' ', points),
                OpensOn = opensOn,
                ClosesOn = closesOn,
                ClosesAt = closesOn is { } last ? SurveyRound.EndOfDayAnywhere(last) : null,
                CreatedAt = terminal.Now,
                IsPilot = name.EndsWith("-pilot", StringComparison.Ordinal),
            };
            foreach (var template in bundle.Value.Templates)
            {
                round.Templates.Add(template);
            }

            db.Rounds.Add(round);
            Audit(db, terminal, "round.create", round);
            await db.SaveChangesAsync(cancel);
            await terminal.SayAsync($"Created round {name}: {definition.Points.Count} points, {definition.Questionnaire.Questions.Count()} questions, {definition.Regions.Regions.Count} regions.");
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
        if (round.State is not RoundState.Planned)
        {
            throw CommandFailure.Refused($"Round {round.Slug} is {round.State.ToString().ToLowerInvariant()}; only a planned round opens.");
        }

        var definition = RoundDefinition.Of(round);
        if (!round.IsPilot && await EarlierRounds.OfAsync(db, round, definition.Plan, cancel) is [.., var last])
        {
            var before = RoundDefinition.Of(last);
            var problems = Comparability.Of(before.Questionnaire, definition.Questionnaire).Problems.Concat(Comparability.Of(before.Plan, definition.Plan).Problems).ToList();
            if (problems.Count > 0)
            {
                throw CommandFailure.BadInput(problems.Prepend(new Problem($"round {round.Slug}", "round.undeclared-change", $"It cannot open: changes against {last.Slug} are not declared.")));
            }
        }

        round.Open(terminal.Now);
        var invited = await InviteAsync(db, round, definition.Regions, terminal.Now, cancel);
        Audit(db, terminal, "round.open", round);
        await db.SaveChangesAsync(cancel);
        return $"Opened round {round.Slug}: {invited} organisations are its population{(round.ClosesAt is { } end ? string.Create(CultureInfo.InvariantCulture, $"; it closes {end:yyyy-MM-dd HH:mm} UTC") : "")}.";
    }

    /// <summary>Makes the population: every organisation that is not retired and not in it yet, as it is now.</summary>
    private static async Task<int> InviteAsync(SurveyDb db, SurveyRound round, RegionScheme regions, DateTime now, CancellationToken cancel)
    {
        var organisations = await db.Organisations.AsNoTracking().Where(o => o.RetiredAt == null && !db.Invitations.Any(i => i.RoundId == round.Id && i.OrganisationId == o.Id)).OrderBy(o => o.Id).ToListAsync(cancel);
        var lost = organisations.Where(o => regions.RegionOf(o.Country) is null).Take(5).Select(o => $"{o.Code} ({o.Country})").ToList();
        if (lost.Count > 0)
        {
            throw CommandFailure.BadInput($"The region scheme {regions.Slug} does not know the country of {string.Join(", ", lost)}. Correct the organisations, or choose another scheme.");
        }

        db.Invitations.AddRange(organisations.Select(o => new Invitation
        {
            RoundId = round.Id,
            OrganisationId = o.Id,
            Name = o.Name,
            Country = o.Country,
            Region = regions.RegionOf(o.Country)!.Slug,
            Type = o.Type,
            Language = o.Language,
            IsDiscreet = o.IsDiscreet, // its own choice is asked of it each time, so that it can be taken back
            InvitedAt = now,
        }));
        return organisations.Count + await db.Invitations.CountAsync(i => i.RoundId == round.Id, cancel);
    }

    private static async Task<string> CloseAsync(Terminal terminal, SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        if (round.State is not RoundState.Open)
        {
            throw CommandFailure.Refused($"Round {round.Slug} is {round.State.ToString().ToLowerInvariant()}; only an open round closes.");
        }

        round.Close(terminal.Now);
        Audit(db, terminal, "round.close", round);
        await db.SaveChangesAsync(cancel);
        var submitted = await db.Responses.CountAsync(r => r.RoundId == round.Id && r.Version > 0, cancel);
        var drafts = await db.Responses.CountAsync(r => r.RoundId == round.Id && r.Version == 0, cancel);
        return $"Closed round {round.Slug}: {submitted} responses, {drafts} started and not sent.";
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

    private static void Audit(SurveyDb db, Terminal terminal, string action, SurveyRound round) =>
        db.Record(terminal.Now, "command", action, $"round:{round.Slug}");

    private static DateOnly? Day(string? text, string option) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw CommandFailure.BadInput($"{option}: '{text}' is not a date such as 2026-09-01.");

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex Slug();
}
