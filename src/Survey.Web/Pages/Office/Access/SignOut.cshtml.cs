using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Access;

/// <summary>Ends the office session in this browser.</summary>
public sealed class SignOutModel(OfficeSignIn signIn) : PageModel
{
    public IActionResult OnGet() => Redirect("/office");

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        return Redirect("/office/sign-in");
    }
}
