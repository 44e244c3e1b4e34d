using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Offices;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Office;

/// <summary>Keeps the language that an account wants to work in.</summary>
public sealed class LanguageModel(UserManager<OfficeAccount> accounts, OfficeSignIn signIn, UiTexts texts) : PageModel
{
    public IActionResult OnGet() => Redirect("/office");

    public async Task<IActionResult> OnPostAsync(string? language, string? back)
    {
        if (texts.Has(language) && await accounts.GetUserAsync(User) is { } account)
        {
            account.Language = language!;
            await accounts.UpdateAsync(account);
            await signIn.RefreshSignInAsync(account);
        }

        return Redirect(Url.IsLocalUrl(back) && back.StartsWith("/office", StringComparison.Ordinal) ? back : "/office");
    }
}
