using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Editions;
using Survey.Domain.Invitations;
using Survey.Domain.Networks;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Consultations;
using Survey.Web.Pages.Answer;
using Survey.Web.Rounds;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>One round, in the order of its year: its life, whom it is for, mails, how far it is by region, the report; starts a run.</summary>
public sealed class RoundModel(SurveyDb db, RoundForms forms, Network network, TimeProvider time, IServiceProvider services) : PageModel
{
    /// <summary>The longest reason for counting anew, in code points: half of what the run's row holds.</summary>
    public const int LongestReason = 1000;

    public RoundStanding Standing { get; private set; } = null!;

    /// <summary>The round's state now.</summary>
    public RoundState State => Standing.StateAt(time.GetUtcNow().UtcDateTime);

    public IReadOnlyList<ReportRun> Runs { get; private set; } = [];

    public IReadOnlyList<VersionLine> Versions { get; private set; } = [];

    /// <summary>The languages in which a report can be made.</summary>
    public IReadOnlyList<string> Languages => network.Languages;

    /// <summary>The times in which members could comment on a draft.</summary>
    public IReadOnlyList<ConsultationCounts> Consultations { get; private set; } = [];

    /// <summary>How many of the round's mails are in which state.</summary>
    public IReadOnlyDictionary<OutboxState, int> Mails { get; private set; } = new Dictionary<OutboxState, int>();

    /// <summary>Whom members added and removed.</summary>
    public IReadOnlyList<MemberChange> Changes { get; private set; } = [];

    /// <summary>Before the round opens: how many members will be in it, and how many of them cannot be reached by mail.</summary>
    public (int Members, int Unreachable) Waiting { get; private set; }

    public RoundForm? Form { get; private set; }

    /// <summary>A start without a language was refused.</summary>
    public bool LacksLanguage { get; private set; }

    /// <summary>What a report made now would lack.</summary>
    public IReadOnlyList<ReadyLine> Ready { get; private set; } = [];

    /// <summary>Whether numbers are published, or were shown to members, that a new version would keep: counting anew is asked for, with a reason.</summary>
    public bool CanRecount { get; private set; }

    /// <summary>The languages that were chosen for a run that was refused; all before that.</summary>
    public IReadOnlyList<string> Chosen { get; private set; } = [];

    /// <summary>Whether counting anew was asked for, and the reason that was typed.</summary>
    public bool Recounts { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>What is wrong with the reason: the last part of <c>officeReport.recount.problem.NAME</c>.</summary>
    public string? ReasonProblem { get; private set; }

    public bool MayEdit { get; private set; }

    /// <summary>When it opens and closes, and the steps that can be taken now.</summary>
    public RoundDesk Desk { get; private set; } = null!;

    /// <summary>The step that was just taken, for the words that say so.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    /// <summary>The newest published version, where it prints what may no longer be printed: a new one is owed.</summary>
    public DueVersion? Due { get; private set; }

    /// <summary>The region's name in the round's own scheme.</summary>
    public string RegionName(string slug, string language) => Form?.Places.Region(slug)?.Title.In(language) ?? slug;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await ShowAsync(slug, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, string[] languages, bool recount, string? reason, CancellationToken cancel)
    {
        if (!await ShowAsync(slug, cancel))
        {
            return KindPage.NotFound();
        }

        if (!MayEdit)
        {
            return Forbid();
        }

        List<string> wanted = [.. Languages.Where(l => languages.Contains(l))];
        (Chosen, Recounts, Reason) = (wanted, recount && CanRecount, DoorText.Clean(reason ?? "").Trim());
        if (wanted.Count == 0 || Standing.Round.State is RoundState.Planned)
        {
            LacksLanguage = true;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        ReasonProblem = !Recounts ? CanRecount && Reason.Length > 0 ? "noTick" : null : Reason.Length == 0 ? "none" : DoorText.Length(Reason) > LongestReason ? "long" : null;
        if (ReasonProblem is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var (now, actor) = (time.GetUtcNow().UtcDateTime, OfficeActor.Of(User));
        var id = await ReportRuns.RequestAsync(db, new ReportWish(Standing.Round.Id, wanted, actor) { RecountReason = Recounts ? Reason : null }, now, cancel);
        if (Recounts)
        {
            db.Record(now, actor, "run.recount", $"round:{slug}", Reason);
        }
        else
        {
            db.Record(now, actor, "run.request", $"round:{slug}");
        }

        await db.SaveChangesAsync(cancel);
        if (services.GetService<JobSignal>() is { } signal)
        {
            await signal.LookAsync(ReportTask.TaskName, cancel);
        }

        return Redirect($"/office/runs/{id}");
    }

    private async Task<bool> ShowAsync(string slug, CancellationToken cancel)
    {
        var id = await db.Rounds.Where(r => r.Slug == slug).Select(r => (int?)r.Id).FirstOrDefaultAsync(cancel);
        if (id is null || (await RoundCounts.AllAsync(db, id, cancel)) is not [var standing])
        {
            return false;
        }

        Standing = standing;
        MayEdit = OfficeMay.Edit(User);
        if (standing.Round.State is RoundState.Planned)
        {
            Waiting = (await RoundOpening.WaitingAsync(db, standing.Round, cancel), await RoundOpening.UnreachableAsync(db, standing.Round, cancel));
        }

        Desk = await RoundDesk.OfAsync(db, standing.Round, time.GetUtcNow().UtcDateTime, MayEdit, OfficeMay.Publish(User), cancel);
        Runs = await db.Runs.AsNoTracking().Where(r => r.RoundId == id).OrderByDescending(r => r.Id).Take(10).ToListAsync(cancel);
        Versions = await db.EditionVersions.AsNoTracking().Where(v => v.Edition!.RoundId == id).OrderByDescending(v => v.Id).Take(20)
            .Select(v => new VersionLine(v.Id, v.Number, v.PlannedNumber, v.CreatedAt, v.PublishedAt, v.WithdrawnAt, v.Artefacts.Where(a => a.Name == Survey.Web.Pages.Reports.EditionList.Pdf).OrderBy(a => a.Id).Select(a => a.Language).ToList(), db.Runs.Any(r => r.Id == v.RunId && r.RecomputesNumbers))).ToListAsync(cancel);
        Consultations = await ConsultationCounts.OfAsync(db, id.Value, cancel);
        Chosen = Languages;
        CanRecount = State is RoundState.Closed or RoundState.Frozen && (await db.EditionVersions.AnyAsync(v => v.Edition!.RoundId == id && v.Number != null, cancel) || Consultations.Count > 0) && await Survey.Reporting.Jobs.Recounts.IsPossibleAsync(db, id.Value, cancel);
        Mails = await db.Outbox.Where(m => m.RoundId == id).GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        Changes = await MemberChanges.OfAsync(db, standing.Round, cancel);
        Form = standing.Round.State is RoundState.Planned ? null : await forms.OfAsync(db, id.Value, cancel);
        if (Form is not null)
        {
            Ready = await ReportReadiness.OfAsync(db, standing.Round, Form.Definition, Languages, time.GetUtcNow().UtcDateTime, cancel);
        }

        Due = Form is null ? null : await DueVersion.OfAsync(db, standing.Round, Form.Definition, cancel);
        return true;
    }

    /// <summary>A version in the list.</summary>
    public sealed record VersionLine(int Id, int? Number, int PlannedNumber, DateTime CreatedAt, DateTime? PublishedAt, DateTime? WithdrawnAt, IReadOnlyList<string> Languages, bool CountsAnew);
}
