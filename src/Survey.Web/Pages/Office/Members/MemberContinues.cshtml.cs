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

/// <summary>Says whom an organisation continues, after a real merger or split; taken back on the same page. Never itself, nor two each other; no number hangs on it.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberContinuesModel(SurveyDb db, RoundForms forms, Installation installation, TimeProvider time) : PageModel
{
    public Organisation Member { get; private set; } = null!;

    public IReadOnlyList<MemberName> Continues { get; private set; } = [];

    public string Find { get; private set; } = "";

    public IReadOnlyList<MemberSearch> Found { get; private set; } = [];

    public RegionScheme Regions { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, string? find, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } member)
        {
            return KindPage.NotFound();
        }

        (Member, Find) = (member, DoorText.Clean(find ?? "").Trim());
        Regions = (await OpenRound.TermsAsync(db, forms, installation, cancel)).Regions;
        Continues = await (from c in db.Continuations.AsNoTracking() where c.OrganisationId == id join o in db.Organisations on c.ContinuesId equals o.Id orderby o.Id select new MemberName(o.Id, o.Name)).ToListAsync(cancel);
        Found = Find.Length == 0 ? [] : await MemberSearch.OfAsync(db, id, Find, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, int other, bool ends, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockOrganisationAsync(Math.Min(id, other), cancel);
        await db.LockOrganisationAsync(Math.Max(id, other), cancel);
        if (id == other || await FindAsync(id, cancel) is null || await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == other && o.ErasedAt == null, cancel) is not { } before)
        {
            return KindPage.NotFound();
        }

        var isThere = await db.Continuations.AnyAsync(c => c.OrganisationId == id && c.ContinuesId == other, cancel);
        if (await db.Continuations.AnyAsync(c => c.OrganisationId == other && c.ContinuesId == id, cancel) || (!ends && before.MergedIntoId is not null))
        {
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        if (isThere == ends)
        {
            if (ends)
            {
                await db.Continuations.Where(c => c.OrganisationId == id && c.ContinuesId == other).ExecuteDeleteAsync(cancel);
            }
            else
            {
                db.Continuations.Add(new Continuation { OrganisationId = id, ContinuesId = other });
            }

            db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), ends ? "organisation.discontinue" : "organisation.continue", FormattableString.Invariant($"organisation:{id}/organisation:{other}"));
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return Redirect(FormattableString.Invariant($"/office/members/{id}?done=continues"));
    }

    private Task<Organisation?> FindAsync(int id, CancellationToken cancel) =>
        db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id && o.ErasedAt == null && o.MergedIntoId == null, cancel);
}
