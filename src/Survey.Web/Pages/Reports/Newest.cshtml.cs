using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Reports;

/// <summary>The address to quote: leads to the newest version of a round's report.</summary>
public sealed class NewestModel(SurveyDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string round, string language, CancellationToken cancel)
    {
        var edition = (await EditionList.AllAsync(db, cancel)).FirstOrDefault(e => e.Round == round);
        if (edition is null || !edition.Languages.Contains(language))
        {
            return KindPage.NotFound();
        }

        Response.Headers.CacheControl = "public, max-age=300";
        return Redirect($"/reports/{round}/v{edition.Number}/{language}");
    }
}
