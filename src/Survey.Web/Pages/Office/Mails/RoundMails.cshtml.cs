using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Mails;

/// <summary>A round's mailings so far, each with what became of its mails, and the way to the next invitation or reminder.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class RoundMailsModel(SurveyDb db, TimeProvider time) : PageModel
{
    public SurveyRound Round { get; private set; } = null!;

    public bool IsOpen { get; private set; }

    public IReadOnlyList<MailingLine> Mailings { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await db.Rounds.AsNoTracking().FirstOrDefaultAsync(r => r.Slug == slug, cancel) is not { } round)
        {
            return KindPage.NotFound();
        }

        (Round, IsOpen) = (round, round.IsOpenAt(time.GetUtcNow().UtcDateTime));
        Mailings = await MailingLine.OfAsync(db, db.Mailings.Where(m => m.RoundId == round.Id), cancel);
        return Page();
    }
}
