using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Office.Members;

/// <summary>
/// A person of an organisation: added, changed, marked or taken off. Taking off revokes the person's links and drops the mails that wait; nobody is deleted, and adding
/// the address again brings the person back. A mail that waits goes to the new address, and to nobody who opted out or whose address bounced.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberContactModel(SurveyDb db, UiTexts texts, TimeProvider time) : PageModel
{
    private const int LongestName = 200;

    public Organisation Member { get; private set; } = null!;

    /// <summary>The person's id; 0 for a new one.</summary>
    public int ContactId { get; private set; }

    public string PersonName { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string Language { get; private set; } = "";

    public bool IsOptedOut { get; private set; }

    public bool IsBounced { get; private set; }

    /// <summary>Whether the page asks before the person is taken off.</summary>
    public bool AsksToRemove { get; private set; }

    /// <summary>Other organisations that the address serves.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    private Contact? stored;

    public async Task<IActionResult> OnGetAsync(int id, int contact, bool remove, CancellationToken cancel)
    {
        if (!await FindAsync(id, contact, cancel))
        {
            return KindPage.NotFound();
        }

        if (stored is not null)
        {
            (PersonName, Email, Language, IsOptedOut, IsBounced) = (stored.Name, stored.Email, stored.Language, stored.OptedOutAt is not null, stored.BouncedAt is not null);
            Others = await db.Contacts.Where(c => c.EmailFolded == stored.EmailFolded && c.OrganisationId != id && c.RemovedAt == null)
                .Join(db.Organisations, c => c.OrganisationId, o => o.Id, (c, o) => o.Name).Order().Take(20).ToListAsync(cancel);
        }
        else
        {
            Language = Member.Language;
        }

        AsksToRemove = remove && stored is not null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, int contact, string? name, string? email, string? language, bool optedOut, bool bounced, bool wasOptedOut, bool wasBounced, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockOrganisationAsync(id, cancel);
        if (!await FindAsync(id, contact, cancel))
        {
            return KindPage.NotFound();
        }

        (PersonName, Email, Language, IsOptedOut, IsBounced) = (DoorText.Clean(name ?? "").ReplaceLineEndings(" ").Trim(), email ?? "", language ?? "", optedOut, bounced);
        var problems = new Dictionary<string, string>();
        var address = EmailAddress.Of(Email);
        var folded = address?.ToLowerInvariant() ?? "";
        if (DoorText.Length(PersonName) > LongestName)
        {
            problems["person"] = "longName";
        }

        if (address is null)
        {
            problems["email"] = "email";
        }

        if (!texts.Has(Language) && Language != stored?.Language)
        {
            problems["language"] = "language";
        }

        var same = address is null ? null : await db.Contacts.FirstOrDefaultAsync(c => c.OrganisationId == id && c.EmailFolded == folded && c.Id != ContactId, cancel);
        // A new person may be one who was taken off; a changed address may not be another person's.
        if (same is not null && (same.RemovedAt is null || stored is not null))
        {
            problems["email"] = same.RemovedAt is null ? "sameEmail" : "removedEmail";
        }

        if (problems.Count > 0)
        {
            Problems = problems;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        // A mark that was not touched on the page stays as it is: the person may have asked for no more mails meanwhile, or before being taken off. An address that
        // is given again is taken to work.
        var known = stored ?? same;
        IsOptedOut = optedOut == wasOptedOut ? known?.OptedOutAt is not null : optedOut;
        IsBounced = bounced == wasBounced ? stored?.BouncedAt is not null : bounced;
        await WriteAsync(id, known, address!, cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(FormattableString.Invariant($"/office/members/{id}?done=contact"));
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id, int contact, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockOrganisationAsync(id, cancel);
        if (!await FindAsync(id, contact, cancel) || stored is null)
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        await db.PersonalLinks.Where(l => l.ContactId == contact && l.RevokedAt == null).ExecuteUpdateAsync(s => s.SetProperty(l => l.RevokedAt, now), cancel);
        await db.Outbox.Where(m => m.ContactId == contact && m.State == OutboxState.Waiting).ExecuteDeleteAsync(cancel);
        stored.RemovedAt = now;
        db.Record(now, OfficeActor.Of(User), "contact.remove", FormattableString.Invariant($"contact:{contact}"));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(FormattableString.Invariant($"/office/members/{id}?done=removed"));
    }

    private async Task WriteAsync(int id, Contact? known, string address, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var contact = known ?? db.Contacts.Add(new Contact { OrganisationId = id, Email = address, EmailFolded = "", CreatedAt = now }).Entity;
        var isNew = known?.RemovedAt is not null || known is null;
        (contact.Name, contact.Email, contact.EmailFolded, contact.Language, contact.RemovedAt) = (PersonName, address, address.ToLowerInvariant(), Language, null);
        contact.OptedOutAt = IsOptedOut ? contact.OptedOutAt ?? now : null;
        contact.BouncedAt = IsBounced ? contact.BouncedAt ?? now : null;
        await db.SaveChangesAsync(cancel);
        var waiting = db.Outbox.Where(m => m.ContactId == contact.Id && m.State == OutboxState.Waiting);
        if (IsOptedOut || IsBounced)
        {
            await waiting.ExecuteDeleteAsync(cancel);
        }
        else
        {
            await waiting.ExecuteUpdateAsync(s => s.SetProperty(m => m.ToAddress, address), cancel);
        }

        db.Record(now, OfficeActor.Of(User), isNew ? "contact.add" : "contact.change", FormattableString.Invariant($"contact:{contact.Id}"),
            FormattableString.Invariant($"{contact.Name} <{contact.Email}> {contact.Language}{(IsOptedOut ? " opted out" : "")}{(IsBounced ? " bounced" : "")}"));
        await db.SaveChangesAsync(cancel);
    }

    private async Task<bool> FindAsync(int id, int contact, CancellationToken cancel)
    {
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id && o.ErasedAt == null, cancel) is not { } member)
        {
            return false;
        }

        (Member, ContactId) = (member, contact);
        stored = contact == 0 ? null : await db.Contacts.FirstOrDefaultAsync(c => c.Id == contact && c.OrganisationId == id && c.RemovedAt == null, cancel);
        return contact == 0 || stored is not null;
    }
}
