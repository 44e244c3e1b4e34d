using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Rounds;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>
/// Starts a round in three steps. The first two are forms that only lead on, so that what was chosen stands in the address; the third shows all of it and creates.
/// Every step checks those before it anew and leads back to the first that has a problem. What is offered at the beginning is the round before.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class NewModel(SurveyDb db, SiteOptions options, TimeProvider time) : PageModel
{
    private readonly List<Problem> _problems = [];

    /// <summary>The step that was asked for, 1 to 3; afterwards the one that is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public int Step { get; set; } = 1;

    [BindProperty(SupportsGet = true)]
    public string? Round { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Plan { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Questionnaire { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Regions { get; set; }

    /// <summary>Slugs of optional points that are asked too.</summary>
    [BindProperty(SupportsGet = true)]
    public string[] With { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public bool Pilot { get; set; }

    /// <summary>First and last day as typed; empty for none.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Opens { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Closes { get; set; }

    public IReadOnlyList<Plan> Plans { get; private set; } = [];

    public IReadOnlyList<string> Questionnaires { get; private set; } = [];

    /// <summary>The questionnaires that can be read, by name: what tells them apart.</summary>
    public IReadOnlyDictionary<string, Questionnaire> Readable { get; private set; } = new Dictionary<string, Questionnaire>();

    public IReadOnlyList<string> RegionSchemes { get; private set; } = [];

    /// <summary>The round whose choices are offered, or null for the network's first.</summary>
    public SurveyRound? Last { get; private set; }

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>What was chosen, as it would be created.</summary>
    public RoundDraft Draft { get; private set; } = null!;

    /// <summary>What the round would ask; only on the third step, and null where a template is wrong.</summary>
    public RoundDefinition? Definition { get; private set; }

    /// <summary>The questions of a questionnaire that are newer than its others: those of the latest year that it names.</summary>
    public static (string? Since, IReadOnlyList<Question> Questions) NewestOf(Questionnaire questionnaire)
    {
        ArgumentNullException.ThrowIfNull(questionnaire);
        var since = questionnaire.Questions.Select(q => q.Since).OfType<string>().Max(StringComparer.Ordinal);
        return (since, since is null ? [] : [.. questionnaire.Questions.Where(q => q.Since == since)]);
    }

    public string? ProblemId(string field) => _problems.Exists(p => p.Where == field) ? $"{field}-problem" : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await LookAsync(cancel);
        if (Plan is null)
        {
            Offer();
            return Page();
        }

        await CheckAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LookAsync(cancel);
        Step = 3;
        await CheckAsync(cancel);
        if (_problems.Count > 0)
        {
            return Page();
        }

        var created = await RoundCreation.CreateAsync(db, Folder, Draft, OfficeActor.Of(User), time.GetUtcNow().UtcDateTime, cancel);
        if (created.IsWhole)
        {
            return Redirect($"/office/rounds/{Draft.Slug}?done=created");
        }

        Refuse(created.Problems, 1);
        return Page();
    }

    private TemplateFolder Folder => TemplateFolder.Open(options.TemplatesFolder);

    private async Task LookAsync(CancellationToken cancel)
    {
        var folder = Folder;
        Plans = [.. folder.Of(TemplateKind.Plan).Select(f => PlanFile.Parse(f.Content, f.Path).Value).OfType<Plan>()];
        Questionnaires = folder.Questionnaires;
        Readable = folder.Of(TemplateKind.Questionnaire).Select(f => (f.Name, Read: QuestionnaireFile.Parse(f.Content, f.Path).Value)).Where(f => f.Read is not null).ToDictionary(f => f.Name, f => f.Read!, StringComparer.Ordinal);
        RegionSchemes = folder.Regions;
        Last = EarlierRounds.NewestOf(await db.Rounds.AsNoTracking().Where(r => !r.IsPilot).ToListAsync(cancel));
    }

    private void Offer()
    {
        Step = 1;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        Round = YearOf(Last?.Slug) is { } year ? Digits(year + 1) : Digits(today.Year);
        Plan = Of([.. Plans.Select(p => p.Slug)], Last?.PlanSlug, newest: false);
        // A questionnaire that is named after the new year was made for it.
        Questionnaire = Questionnaires.LastOrDefault(q => q.EndsWith(Round, StringComparison.Ordinal)) ?? Of(Questionnaires, Last?.QuestionnaireName, newest: true);
        Regions = Of(RegionSchemes, Last?.RegionsName, newest: false);
        With = Last is null ? [] : RoundOpening.Points(Last);
        Opens = Last?.OpensOn is { } opened ? Written(opened.AddYears(1)) : "";
        Closes = Last?.ClosesOn is { } closed ? Written(closed.AddYears(1)) : "";
    }

    private static string? Of(IReadOnlyList<string> names, string? last, bool newest) =>
        last is not null && names.Contains(last) ? last : names.Count == 0 ? null : newest ? names[^1] : names[0];

    private async Task CheckAsync(CancellationToken cancel)
    {
        var name = (Round ?? "").Trim();
        if (Pilot && !name.EndsWith(RoundDraft.PilotEnding, StringComparison.Ordinal))
        {
            name += RoundDraft.PilotEnding;
        }

        var plan = Plans.FirstOrDefault(p => p.Slug == Plan);
        // A point that was ticked for another plan is not asked of this one.
        var points = With.Where(slug => plan?.Point(slug)?.IsOptional == true).Distinct().ToList();
        Draft = new(name, Plan ?? "", Questionnaire ?? "", Regions ?? "", points, Day(Opens, "opens"), Day(Closes, "closes"));
        Pilot = Draft.IsPilot;
        var days = _problems.ToList();
        _problems.Clear();
        Refuse([.. Draft.NameProblems(await db.Rounds.Where(r => r.Slug == name).Select(r => r.Slug).ToListAsync(cancel)), .. Unknown(plan)], 1);
        if (_problems.Count == 0 && Step >= 2)
        {
            // Without a step beyond it nothing was typed there yet.
            Refuse(Step == 2 ? [] : [.. days, .. Draft.DayProblems(time.GetUtcNow().UtcDateTime)], 2);
        }

        if (_problems.Count == 0 && Step >= 3)
        {
            Step = 3;
            var bundle = Folder.Bundle(Draft.Slug, Draft.Plan, Draft.Questionnaire, Draft.Regions, Draft.OptionalPoints);
            Definition = bundle.Value?.Definition;
            Refuse(bundle.Problems, 3);
        }

        Step = Math.Clamp(Step, 1, 3);
    }

    private IEnumerable<Problem> Unknown(Plan? plan)
    {
        if (plan is null)
        {
            yield return new("plan", "round.choose", "Choose one.");
        }

        if (!Questionnaires.Contains(Questionnaire ?? ""))
        {
            yield return new("questionnaire", "round.choose", "Choose one.");
        }

        if (!RegionSchemes.Contains(Regions ?? ""))
        {
            yield return new("regions", "round.choose", "Choose one.");
        }
    }

    private void Refuse(IReadOnlyList<Problem> problems, int step)
    {
        if (problems.Count > 0)
        {
            _problems.AddRange(problems);
            Step = step;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
    }

    private DateOnly? Day(string? typed, string field)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        if (RoundDay.Read(typed) is { } day)
        {
            return day;
        }

        _problems.Add(new(field, "round.date", $"'{typed}' is not a date such as 2026-09-01."));
        return null;
    }

    private static int? YearOf(string? slug) => slug is { Length: >= 4 } && int.TryParse(slug[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    private static string Digits(int year) => year.ToString(CultureInfo.InvariantCulture);

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
