using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// "No more invitations and reminders": what the link in each of them opens. Looking changes nothing, because mail scanners open links; the button opts out, and takes it
/// back. Mail programs press it too, over the head of the mail (RFC 8058), and have no form token: nobody's session is used here, the address alone says who it is about.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class OptOutModel(SurveyDb db, OptOutLink links, AttemptLimit limit, PageTexts texts, TimeProvider time) : PageModel
{
    public string Token { get; private set; } = "";

    /// <summary>The address that is written to.</summary>
    public string Email { get; private set; } = "";

    public bool IsOut { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) => await FindAsync(token, cancel) is null ? Unknown() : Page();

    public async Task<IActionResult> OnPostAsync(string token, string? choice, CancellationToken cancel)
    {
        if (await FindAsync(token, cancel) is not { } contactId)
        {
            return Unknown();
        }

        var isOut = choice != "in";
        if (isOut != IsOut)
        {
            var now = time.GetUtcNow().UtcDateTime;
            DateTime? outAt = isOut ? now : null;
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (await db.Contacts.Where(c => c.Id == contactId && c.OptedOutAt != null != isOut).ExecuteUpdateAsync(s => s.SetProperty(c => c.OptedOutAt, outAt), cancel) == 1)
            {
                db.Record(now, "member", isOut ? "contact.opt-out" : "contact.opt-in", string.Create(CultureInfo.InvariantCulture, $"contact:{contactId}"));
                await db.SaveChangesAsync(cancel);
            }

            await transaction.CommitAsync(cancel);
        }

        return Redirect($"/a/opt-out/{token}?lang={texts.Language}");
    }

    private KindPage Unknown() => limit.Allow("link", HttpContext.Connection.RemoteIpAddress, AttemptLimit.WrongLinks) ? KindPage.UnknownLink() : KindPage.TooMany();

    private async Task<int?> FindAsync(string token, CancellationToken cancel)
    {
        if (links.ContactOf(token) is not { } id || await db.Contacts.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.RemovedAt == null, cancel) is not { } contact)
        {
            return null;
        }

        if (Request.Query["lang"].Count == 0)
        {
            texts.Use(contact.Language);
        }

        (Token, Email, IsOut) = (token, contact.Email, contact.OptedOutAt is not null);
        return id;
    }
}
