using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Networks;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Writing;

/// <summary>What the office writes for a round's report: every text with the languages in which it stands, and what is missing in each.</summary>
public sealed class WritingModel(SurveyDb db, Network network) : PageModel
{
    public WritingDesk Desk { get; private set; } = null!;

    public bool MayEdit => OfficeMay.Edit(User);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await WritingDesk.OfAsync(db, slug, network.Languages, cancel) is not { } desk)
        {
            return KindPage.NotFound();
        }

        Desk = desk;
        return Page();
    }
}
