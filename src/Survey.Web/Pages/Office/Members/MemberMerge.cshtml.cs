using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Geography;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Members;

/// <summary>
/// Puts two entries of one organisation side by side and makes them one (<see cref="Merging"/>): this page's organisation stays. Where both answered in a round that is
/// not over, the office picks whose answers count.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberMergeModel(SurveyDb db, RoundForms forms, Installation installation, TimeProvider time) : PageModel
{
    public Side Stays { get; private set; } = null!;

    /// <summary>The other one; null while it is looked for.</summary>
    public Side? Goes { get; private set; }

    public string Find { get; private set; } = "";

    public IReadOnlyList<MemberSearch> Found { get; private set; } = [];

    public IReadOnlyList<MergedRound> Rounds { get; private set; } = [];

    /// <summary>Rounds for which a choice is missing.</summary>
    public IReadOnlyList<int> Unchosen { get; private set; } = [];

    public IReadOnlyDictionary<int, int> Chosen { get; private set; } = new Dictionary<int, int>();

    public RegionScheme Regions { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, int? other, string? find, CancellationToken cancel) =>
        await ShowAsync(id, other, find, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnPostAsync(int id, int other, CancellationToken cancel)
    {
        if (!await ShowAsync(id, other, null, cancel) || Goes is null)
        {
            return KindPage.NotFound();
        }

        Chosen = Rounds.Where(r => r.NeedsChoice && int.TryParse(Request.Form[$"counts-{r.Id}"], out var chosen) && (chosen == id || chosen == other))
            .ToDictionary(r => r.Id, r => int.Parse(Request.Form[$"counts-{r.Id}"]!, System.Globalization.CultureInfo.InvariantCulture));
        Unchosen = [.. Rounds.Where(r => r.NeedsChoice && !Chosen.ContainsKey(r.Id)).Select(r => r.Id)];
        if (Unchosen.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        return await Merging.RunAsync(db, id, other, Chosen, OfficeActor.Of(User), time.GetUtcNow().UtcDateTime, cancel) is null
            ? new KindPage(StatusCodes.Status409Conflict, "409") : Redirect(FormattableString.Invariant($"/office/members/{id}?done=merged"));
    }

    public async Task<IActionResult> OnPostUndoAsync(int id, int merge, CancellationToken cancel)
    {
        if (!await db.Merges.AnyAsync(m => m.Id == merge && m.SurvivorId == id, cancel))
        {
            return KindPage.NotFound();
        }

        return await Merging.UndoAsync(db, merge, OfficeActor.Of(User), time.GetUtcNow().UtcDateTime, cancel)
            ? Redirect(FormattableString.Invariant($"/office/members/{id}?done=unmerged")) : new KindPage(StatusCodes.Status409Conflict, "409");
    }

    private async Task<bool> ShowAsync(int id, int? other, string? find, CancellationToken cancel)
    {
        if (await SideAsync(id, cancel) is not { } stays || (other is { } there && (there == id || await SideAsync(there, cancel) is null)))
        {
            return false;
        }

        Regions = (await OpenRound.TermsAsync(db, forms, installation, cancel)).Regions;
        (Stays, Find) = (stays, DoorText.Clean(find ?? "").Trim());
        if (other is { } second)
        {
            Goes = await SideAsync(second, cancel);
            Rounds = await Merging.RoundsAsync(db, id, second, cancel);
        }
        else
        {
            Found = await MemberSearch.OfAsync(db, id, Find, cancel);
        }

        return true;
    }

    private async Task<Side?> SideAsync(int id, CancellationToken cancel) =>
        await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id && o.ErasedAt == null && o.MergedIntoId == null, cancel) is { } organisation
            ? new(organisation, await db.Contacts.AsNoTracking().Where(c => c.OrganisationId == id && c.RemovedAt == null).OrderBy(c => c.Id).Select(c => c.Name.Length > 0 ? c.Name + " · " + c.Email : c.Email).ToListAsync(cancel))
            : null;

    /// <summary>One of the two as it stands.</summary>
    public sealed record Side(Organisation Organisation, IReadOnlyList<string> Contacts);
}
