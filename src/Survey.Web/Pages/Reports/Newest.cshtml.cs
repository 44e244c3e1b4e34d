using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Reports;

/// <summary>The address to quote: leads to the newest version of a round's report that there is in the language.</summary>
public sealed class NewestModel(SurveyDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string round, string language, CancellationToken cancel)
    {
        var newest = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && version.Artefacts.Any(a => a.Language == language && a.Name == EditionModel.ContentFile)
            select version.Number).MaxAsync(cancel);
        if (newest is not { } number)
        {
            return await WithdrawnVersion.OfAsync(db, round, null, language, cancel) is null ? KindPage.NotFound() : KindPage.Erased(HttpContext, null);
        }

        Response.Headers.CacheControl = "public, max-age=300";
        return Redirect($"/reports/{round}/v{number}/{language}");
    }
}
