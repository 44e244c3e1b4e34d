using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Reports;

/// <summary>The address to quote: leads to the newest version of a round's report that there is in the language; without one, in the reader's own if there is such a report, else in the first.</summary>
public sealed class NewestModel(SurveyDb db, PageTexts texts) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string round, string? language, CancellationToken cancel)
    {
        if (language is null)
        {
            return await LanguageAsync(round, cancel) is { } chosen ? Redirect($"/reports/{round}/{chosen}")
                : await WithdrawnVersion.OfAsync(db, round, null, null, cancel) is null ? KindPage.NotFound() : KindPage.Erased(HttpContext, null);
        }

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

    /// <summary>The language in which a reader who names none gets the round's newest version; null where nothing is published.</summary>
    private async Task<string?> LanguageAsync(string round, CancellationToken cancel)
    {
        var newest = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && version.Number != null && version.Artefacts.Any(a => a.Name == EditionModel.ContentFile)
            orderby version.Number descending
            select version.Artefacts.Where(a => a.Name == EditionModel.ContentFile).Select(a => a.Language).ToList()).FirstOrDefaultAsync(cancel);
        Response.Headers.Vary = "Accept-Language";
        return newest is null || newest.Count == 0 ? null : texts.Among(newest);
    }
}
