using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>Opens a preview of a round in this browser, by a link that the office made. Changes nothing else.</summary>
public sealed class PreviewModel(SurveyDb db, PreviewLink previews, PageTexts texts) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (previews.Read(token) is not { } preview || await db.Rounds.AsNoTracking().FirstOrDefaultAsync(r => r.Id == preview.RoundId, cancel) is not { } round)
        {
            return KindPage.UnknownLink();
        }

        var asked = Request.Query["lang"].ToString();
        await MemberSession.PreviewAsync(HttpContext, token, texts.Language);
        if (texts.Languages.Any(l => l.Language == asked))
        {
            await MemberSession.SpeakAsync(HttpContext, asked);
        }

        return Redirect($"/a/r/{MemberSession.PreviewIdOf(round):D}");
    }
}
