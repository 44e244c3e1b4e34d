using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Web.Access;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// The address to quote of a chapter, a figure or a file: leads to it in the newest version that there is in the language. A chapter that the newest version does not have leads to its entry page.
/// </summary>
public sealed class NewestPartModel(SurveyDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string round, string language, string? part, CancellationToken cancel)
    {
        part ??= "";
        var newest = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && version.Number != null
            from artefact in version.Artefacts
            where artefact.Language == language && artefact.Name == EditionModel.ContentFile
            orderby version.Number descending
            select new { version.Id, Number = version.Number!.Value, artefact.Bytes }).FirstOrDefaultAsync(cancel);
        if (newest is null)
        {
            return await WithdrawnVersion.OfAsync(db, round, null, language, cancel) is null ? KindPage.NotFound() : KindPage.Erased(HttpContext, null);
        }

        var root = $"/reports/{round}/v{newest.Number}/{language}";
        if (part.Contains('.', StringComparison.Ordinal))
        {
            if (!await db.Artefacts.AnyAsync(a => a.EditionVersionId == newest.Id && a.Language == language && a.Name == part, cancel))
            {
                return KindPage.NotFound();
            }
        }
        else
        {
            var pages = EditionPages.Of(JsonSerializer.Deserialize<EditionContent>(newest.Bytes, EditionJson.Options)!);
            var id = part.StartsWith(EditionModel.Figures, StringComparison.Ordinal) ? part[EditionModel.Figures.Length..] : part;
            if (pages.Page(id) is null && pages.PageWith(id) is null)
            {
                part = "";
            }
        }

        Response.Headers.CacheControl = "public, max-age=300";
        return Redirect(part.Length == 0 ? root : $"{root}/{part}");
    }
}
