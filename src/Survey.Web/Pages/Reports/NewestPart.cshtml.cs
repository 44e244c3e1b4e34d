using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// The address to quote of a chapter, a figure or a file: leads to it in the newest version that there is in the language. A chapter or figure that the newest version does not have
/// leads to its entry page. Files that belong to all languages are found below each.
/// </summary>
public sealed class NewestPartModel(SurveyDb db, ContentIndex index) : PageModel
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
            select new { version.Id, Number = version.Number!.Value }).FirstOrDefaultAsync(cancel);
        if (newest is null)
        {
            return await WithdrawnVersion.OfAsync(db, round, null, language, cancel) is null ? KindPage.NotFound() : KindPage.Erased(HttpContext, null);
        }

        var root = $"/reports/{round}/v{newest.Number}/{language}";
        if (part.Contains('.', StringComparison.Ordinal))
        {
            var found = await db.Artefacts.Where(a => a.EditionVersionId == newest.Id && (a.Language == language || a.Language == "") && a.Name == part).Select(a => a.Language).ToListAsync(cancel);
            if (found.Count == 0)
            {
                // A picture may not be made yet: its own address says so in words.
                return part.EndsWith(".png", StringComparison.Ordinal) ? Redirect($"{root}/{part}") : KindPage.NotFound();
            }

            root = found.Contains(language) ? root : $"/reports/{round}/v{newest.Number}";
        }
        else
        {
            var content = (await index.OfAsync(db, newest.Id, cancel)).GetValueOrDefault(language);
            if (content is null || !(content.Has("/" + part) || content.Anchors.Contains(part)))
            {
                part = "";
            }
        }

        Response.Headers.CacheControl = "public, max-age=300";
        return Redirect(part.Length == 0 ? root : $"{root}/{part}");
    }
}
