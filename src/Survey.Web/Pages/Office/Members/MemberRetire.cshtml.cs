using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Members;

/// <summary>Asks before an organisation is retired or taken back, saying what will happen. It stays in every round it was invited to.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberRetireModel(SurveyDb db, TimeProvider time) : PageModel
{
    public Organisation Member { get; private set; } = null!;

    /// <summary>The round that takes answers now and that it is in, or null.</summary>
    public SurveyRound? Round { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id && o.ErasedAt == null, cancel) is not { } member)
        {
            return KindPage.NotFound();
        }

        Member = member;
        var open = await OpenRound.OfAsync(db, time.GetUtcNow().UtcDateTime, cancel);
        Round = open is not null && await db.Invitations.AnyAsync(i => i.RoundId == open.Id && i.OrganisationId == id, cancel) ? open : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, bool retires, CancellationToken cancel)
    {
        if (!await db.Organisations.AnyAsync(o => o.Id == id && o.ErasedAt == null, cancel))
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // The form sent twice is one decision and one entry.
        var changed = retires
            ? await db.Organisations.Where(o => o.Id == id && o.RetiredAt == null).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetiredAt, now), cancel)
            : await db.Organisations.Where(o => o.Id == id && o.RetiredAt != null).ExecuteUpdateAsync(s => s.SetProperty(o => o.RetiredAt, (DateTime?)null), cancel);
        if (changed == 1)
        {
            db.Record(now, OfficeActor.Of(User), retires ? "organisation.retire" : "organisation.unretire", FormattableString.Invariant($"organisation:{id}"));
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return Redirect(FormattableString.Invariant($"/office/members/{id}?done={(retires ? "retired" : "back")}"));
    }
}
