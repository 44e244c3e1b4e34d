using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Typesetting;
using Survey.Web.Access;
using Survey.Web.Copies;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>The round's questionnaire as a PDF with boxes and lines, for members who answer on paper. Set when asked for, in a second or two, one after another; before the opening it is what the round holds now.</summary>
[Authorize(OfficeAccess.MayRead)]
public sealed class BlankModel(SurveyDb db, UiTexts texts, BlankWriting writing, Typesetter typesetter) : PageModel
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public string Slug { get; private set; } = "";

    public string Language { get; private set; } = "";

    /// <summary>Why it could not be set.</summary>
    public string Failure { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string slug, string language, CancellationToken cancel)
    {
        if (!texts.Has(language) || await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstOrDefaultAsync(r => r.Slug == slug, cancel) is not { } round)
        {
            return KindPage.NotFound();
        }

        (Slug, Language) = (slug, language);
        var content = writing.Write(new RoundForm(RoundDefinition.Of(round)), round, language);
        await OneAtATime.WaitAsync(cancel);
        try
        {
            return File(await typesetter.SetAsync(content, cancel), "application/pdf", $"questionnaire-{slug}-{language}.pdf");
        }
        catch (TypesettingException e)
        {
            Failure = e.Message;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Page();
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
