using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>
/// The generated findings of a round's report, chapter by chapter: the office moves one among its neighbours, or hides it and says why. It rewords none, and the report says what it did.
/// The next draft follows; versions that are built stay as they are.
/// </summary>
public sealed class FindingsModel(SurveyDb db, PageTexts texts, SiteOptions site, TimeProvider time) : PageModel
{
    public FindingDesk Desk { get; private set; } = null!;

    public bool MayEdit => OfficeMay.Edit(User);

    /// <summary>The finding whose reason is missing or too long, with what was typed.</summary>
    public (string Finding, string Typed, string Problem)? Wrong { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await FindAsync(slug, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnPostHideAsync(string slug, string? finding, string? reason, CancellationToken cancel)
    {
        if (await RefusalAsync(slug, finding, cancel) is { } refusal)
        {
            return refusal;
        }

        if (Desk.PartOf(finding!) is null)
        {
            return KindPage.NotFound();
        }

        var why = DoorText.Clean(reason ?? "").Trim();
        if (why.Length == 0 || DoorText.Length(why) > FindingChoice.LongestReason)
        {
            Wrong = (finding!, why, why.Length == 0 ? "noReason" : "longReason");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        return await ChooseAsync(finding!, "finding.hide", why, choice => (choice.IsHidden, choice.Reason, choice.Said) = (true, why, Desk.Find(finding!)!.Said), cancel);
    }

    public async Task<IActionResult> OnPostShowAsync(string slug, string? finding, CancellationToken cancel) =>
        await RefusalAsync(slug, finding, cancel) ?? await ChooseAsync(finding!, "finding.show", null, choice => (choice.IsHidden, choice.Reason, choice.Said) = (false, "", null), cancel);

    public Task<IActionResult> OnPostUpAsync(string slug, string? finding, CancellationToken cancel) => MoveAsync(slug, finding, -1, cancel);

    public Task<IActionResult> OnPostDownAsync(string slug, string? finding, CancellationToken cancel) => MoveAsync(slug, finding, 1, cancel);

    private async Task<IActionResult> MoveAsync(string slug, string? finding, int by, CancellationToken cancel)
    {
        if (await RefusalAsync(slug, finding, cancel) is { } refusal)
        {
            return refusal;
        }

        if (Desk.PartOf(finding!) is not { } part)
        {
            return KindPage.NotFound();
        }

        // The order is read when the row is held: of two moves at one moment the second is made in the order that the first left. Only that: the desk takes the making of a report.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await HoldAsync(slug, cancel);
        var known = await ChoicesAsync(cancel);
        var lines = FindingDesk.InOrder(part.Findings, known.Values).Select(f => f.Id!).ToList();
        var (from, to) = (lines.IndexOf(finding!), lines.IndexOf(finding!) + by);
        if (to < 0 || to >= lines.Count)
        {
            return Back(finding!);
        }

        (lines[from], lines[to]) = (lines[to], lines[from]);
        var (now, actor) = (time.GetUtcNow().UtcDateTime, OfficeActor.Of(User));
        foreach (var (position, id) in lines.Index())
        {
            var choice = Known(known, id, actor, now);
            (choice.Position, choice.ChangedBy, choice.ChangedAt) = (position, actor, now);
        }

        db.Record(now, actor, "finding.move", $"round:{slug}/finding:{finding}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Back(finding!);
    }

    private async Task<IActionResult> ChooseAsync(string finding, string action, string? details, Action<FindingChoice> choose, CancellationToken cancel)
    {
        var (now, actor) = (time.GetUtcNow().UtcDateTime, OfficeActor.Of(User));
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await HoldAsync(Desk.Round.Slug, cancel);
        var choice = Known(await ChoicesAsync(cancel), finding, actor, now);
        choose(choice);
        (choice.ChangedBy, choice.ChangedAt) = (actor, now);
        db.Record(now, actor, action, $"round:{Desk.Round.Slug}/finding:{finding}", details);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Back(finding);
    }

    /// <summary>Holds the round's row until the transaction ends: of two clicks at one moment the second sees the first.</summary>
    private Task<int> HoldAsync(string slug, CancellationToken cancel) => db.Rounds.Where(r => r.Slug == slug).ExecuteUpdateAsync(s => s.SetProperty(r => r.Slug, r => r.Slug), cancel);

    private Task<Dictionary<string, FindingChoice>> ChoicesAsync(CancellationToken cancel) =>
        db.FindingChoices.Where(c => c.RoundId == Desk.Round.Id).ToDictionaryAsync(c => c.Finding, StringComparer.Ordinal, cancel);

    private FindingChoice Known(Dictionary<string, FindingChoice> known, string finding, string actor, DateTime now) =>
        known.GetValueOrDefault(finding) ?? db.FindingChoices.Add(new FindingChoice { RoundId = Desk.Round.Id, Finding = finding, ChangedBy = actor, ChangedAt = now }).Entity;

    private RedirectResult Back(string finding) => Redirect($"/office/rounds/{Desk.Round.Slug}/findings#{FindingDesk.AnchorOf(finding)}");

    private async Task<IActionResult?> RefusalAsync(string slug, string? finding, CancellationToken cancel) =>
        !MayEdit ? Forbid() : !await FindAsync(slug, cancel) || finding is null || Desk.Find(finding) is null ? KindPage.NotFound() : null;

    private async Task<bool> FindAsync(string slug, CancellationToken cancel)
    {
        if (await FindingDesk.OfAsync(db, slug, texts.Language, site.TemplatesFolder, time.GetUtcNow().UtcDateTime, cancel) is not { } desk)
        {
            return false;
        }

        Desk = desk;
        return true;
    }
}
