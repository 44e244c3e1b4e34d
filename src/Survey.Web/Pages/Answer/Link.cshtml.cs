using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>A personal link. Opening it starts a session and changes nothing else, so that a mail scanner may open it too; wrong ones are limited, right ones never.</summary>
public sealed class LinkModel(SurveyDb db, HeldResponses responses, AttemptLimit limit, UiTexts texts, TimeProvider time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        var hash = PersonalLink.Hash(token);
        var found = await db.PersonalLinks.AsNoTracking().Where(l => l.TokenHash == hash && l.RevokedAt == null && !db.Contacts.Any(c => c.Id == l.ContactId && c.RemovedAt != null))
            .Select(l => new
            {
                l.Id,
                l.Invitation!.Language,
                Contact = db.Contacts.Where(c => c.Id == l.ContactId).Select(c => c.Language).FirstOrDefault(),
            }).FirstOrDefaultAsync(cancel);
        if (found is null || await responses.OfLinkAsync(db, found.Id, cancel) is not { } held)
        {
            return limit.Allow("link", HttpContext.Connection.RemoteIpAddress, AttemptLimit.WrongLinks) ? KindPage.UnknownLink() : KindPage.TooMany();
        }

        var asked = Request.Query["lang"].ToString();
        await MemberSession.OpenAsync(HttpContext, found.Id, texts.Has(asked) ? asked : null, texts.In(found.Contact ?? held.Response?.Language ?? found.Language).Language);
        var now = time.GetUtcNow().UtcDateTime;
        // The mails of a consultation hold the same links as all others, and there is nothing to answer then.
        var isConsulted = !held.AcceptsAnswersAt(now) && await db.Consultations.AnyAsync(c => c.RoundId == held.Round.Id && c.ClosedAt == null && c.ClosesAt > now, cancel);
        return Redirect($"/a/r/{held.PublicId:D}{(isConsulted ? "/consultation" : "")}");
    }
}
