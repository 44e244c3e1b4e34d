using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain;
using Survey.Domain.Offices;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;
using Survey.Web.Pages.Office.Access;

namespace Survey.Web.Pages.Office.Accounts;

/// <summary>The accounts of the office; adds one. Its set-up link is shown once, on the page that answers the form, and stored hashed.</summary>
[Authorize(OfficeAccess.MayAdminister)]
public sealed class AccountsModel(SurveyDb db, MailPost post, TimeProvider time) : PageModel
{
    public IReadOnlyList<AccountLine> Accounts { get; private set; } = [];

    /// <summary>The link that was just made; null otherwise.</summary>
    public string? Link { get; private set; }

    /// <summary>The address as it was typed.</summary>
    public string Email { get; private set; } = "";

    public string Role { get; private set; } = OfficeRoles.Editor;

    /// <summary>What is wrong with the address: a key of <c>accounts.problem</c>; null when nothing.</summary>
    public string? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Accounts = await AccountLine.AllAsync(db, null, time.GetUtcNow(), cancel);

    public async Task<IActionResult> OnPostAsync(string? email, string? role, CancellationToken cancel)
    {
        (Email, Role) = (DoorText.Clean(email ?? "").Trim(), OfficeRoles.All.FirstOrDefault(r => r == role) ?? OfficeRoles.Reader);
        if (Email.Length > 254 || !System.Net.Mail.MailAddress.TryCreate(Email, out var parsed) || parsed.Address != Email)
        {
            Problem = "email";
        }
        else if (await OfficeAccounts.AddAsync(db, Email, Role, SetUpToken.SetUp, OfficeActor.Of(User), time.GetUtcNow().UtcDateTime, cancel) is { } token)
        {
            Link = post.Address($"/office/set-up/{token}");
        }
        else
        {
            Problem = "taken";
        }

        Response.StatusCode = Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        Accounts = await AccountLine.AllAsync(db, null, time.GetUtcNow(), cancel);
        return Page();
    }
}
