using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Web.Access;

namespace Survey.Web.Pages.Answer;

/// <summary>"Finish and clear this computer": the session ends and the browser is told to forget what it kept, so that the next person at it sees nothing.</summary>
public sealed class FinishModel : PageModel
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(MemberSession.Scheme);
        // Not "cookies": that would also end an office session in the same browser.
        Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return RedirectToPage();
    }
}
