using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>Leads to the survey as a member will see it, in each language, before and after the opening. Nothing that is typed there is kept.</summary>
[Authorize(OfficeAccess.MayRead)]
public sealed class PreviewModel(SurveyDb db, PreviewLink previews) : PageModel
{
    public SurveyRound Round { get; private set; } = null!;

    /// <summary>What the links carry.</summary>
    public string Token { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await db.Rounds.AsNoTracking().FirstOrDefaultAsync(r => r.Slug == slug, cancel) is not { } round)
        {
            return KindPage.NotFound();
        }

        (Round, Token) = (round, previews.For(round.Id));
        return Page();
    }
}
