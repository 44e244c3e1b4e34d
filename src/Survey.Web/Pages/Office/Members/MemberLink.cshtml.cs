using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Office.Members;

/// <summary>
/// A new personal link for a contact in the round that is open, or that was reopened for the organisation. It is shown once, on the page that answers the form, and stored hashed like every link; the contact's
/// earlier links of this round are revoked where the office asks for it.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberLinkModel(SurveyDb db, TimeProvider time, MailPost post) : PageModel
{
    public Contact Person { get; private set; } = null!;

    public Invitation Invitation { get; private set; } = null!;

    public SurveyRound Round { get; private set; } = null!;

    /// <summary>The link that was just made; null on the page that asks.</summary>
    public string? Link { get; private set; }

    public bool IsRevoked { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, int contact, int? invitation, CancellationToken cancel) => await FindAsync(id, contact, invitation, cancel) ? Page() : KindPage.NotFound();

    public async Task<IActionResult> OnPostAsync(int id, int contact, int? invitation, bool revokes, CancellationToken cancel)
    {
        if (!await FindAsync(id, contact, invitation, cancel))
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        var actor = OfficeActor.Of(User);
        var subject = FormattableString.Invariant($"invitation:{Invitation.Id}/contact:{contact}");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (revokes)
        {
            var links = db.PersonalLinks.Where(l => l.ContactId == contact && l.InvitationId == Invitation.Id && l.RevokedAt == null);
            if (await links.ExecuteUpdateAsync(s => s.SetProperty(l => l.RevokedAt, now), cancel) > 0)
            {
                db.Record(now, actor, "link.revoke", subject);
            }
        }

        var token = PersonalLink.NewToken();
        db.PersonalLinks.Add(new PersonalLink { InvitationId = Invitation.Id, ContactId = contact, TokenHash = PersonalLink.Hash(token), CreatedAt = now });
        db.Record(now, actor, "link.issue", subject);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        (Link, IsRevoked) = (post.Address($"/a/{token}"), revokes);
        return Page();
    }

    private async Task<bool> FindAsync(int id, int contact, int? only, CancellationToken cancel)
    {
        var person = await db.Contacts.AsNoTracking().FirstOrDefaultAsync(c => c.Id == contact && c.OrganisationId == id && c.RemovedAt == null, cancel);
        var invitation = await OpenRound.InvitationAsync(db, id, time.GetUtcNow().UtcDateTime, cancel, only);
        if (person is null || invitation is null)
        {
            return false;
        }

        (Round, Person, Invitation) = (invitation.Round!, person, invitation);
        return true;
    }
}
