using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;
using Survey.Web.Pages.Office.Rounds;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>
/// Adds a language to a published version: a run sets it from the version's own numbers, and it is public as soon as the run is done. The files that the version has stay as they are. A translation
/// that nobody has reviewed takes a word of its own, as with publishing.
/// </summary>
[Authorize(OfficeAccess.MayPublish)]
public sealed class AddLanguageModel(SurveyDb db, RoundForms forms, TimeProvider time, IServiceProvider services) : PageModel
{
    private SurveyRound round = null!;

    public VersionSeen Version { get; private set; } = null!;

    /// <summary>The languages in which the round has words of a report and the version does not stand yet.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    /// <summary>Those of them that are translations which nobody has reviewed.</summary>
    public IReadOnlyList<string> Unreviewed { get; private set; } = [];

    /// <summary>How many texts of the office, which are printed as they are now, hold a name that is not to be named, or a word like it.</summary>
    public int Named { get; private set; }

    public string? Chosen { get; private set; }

    /// <summary>What is wrong: <c>none</c> or <c>unreviewed</c>.</summary>
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel) => await FindAsync(id, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnPostAsync(int id, string? language, bool unreviewed, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        Chosen = Languages.FirstOrDefault(l => l == language);
        var isUnreviewed = Chosen is not null && Unreviewed.Contains(Chosen);
        Problem = Chosen is null ? "none" : isUnreviewed && !unreviewed ? "unreviewed" : null;
        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var (now, actor) = (time.GetUtcNow().UtcDateTime, OfficeActor.Of(User));
        var run = await ReportRuns.RequestAsync(db, new ReportWish(round.Id, [Chosen!], actor) { AddsToVersionId = id, AcceptsUnreviewed = isUnreviewed }, now, cancel);
        db.Record(now, actor, "run.request", $"round:{round.Slug}");
        await db.SaveChangesAsync(cancel);
        if (services.GetService<JobSignal>() is { } signal)
        {
            await signal.LookAsync(ReportTask.TaskName, cancel);
        }

        return Redirect($"/office/runs/{run}");
    }

    /// <summary>The languages that can be added to a version.</summary>
    public static IReadOnlyList<string> Offered(VersionSeen version, RoundDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(definition);
        return version is { Number: not null, WithdrawnAt: null } ? [.. definition.Network.Languages.Where(l => definition.ReportTexts.ContainsKey(l) && !version.Files.Any(f => f.Language == l && f.Name == Artefact.Content))] : [];
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        if (await VersionSeen.FindAsync(db, id, cancel) is not { Number: not null, WithdrawnAt: null } version)
        {
            return false;
        }

        Version = version;
        round = await db.Rounds.AsNoTracking().FirstAsync(r => r.Slug == version.Round, cancel);
        var definition = (await forms.OfAsync(db, round.Id, cancel)).Definition;
        Languages = Offered(version, definition);
        var reviewed = await db.TranslationReviews.AsNoTracking().Select(r => r.Language).ToListAsync(cancel);
        Unreviewed = [.. Languages.Where(l => UnreviewedTranslations.Has(l, definition.Questionnaire, definition.Network, reviewed))];
        Named = (await UnnamedOrganisations.TextsAsync(db, round, cancel)).Count;
        return true;
    }
}
