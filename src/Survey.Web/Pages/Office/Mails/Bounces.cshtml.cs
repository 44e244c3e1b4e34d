using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Mails;

/// <summary>
/// Addresses that mails came back from: marked by hand or from a list, which is shown before anything is marked, and unmarked when they work again. Who is marked gets
/// no invitations and reminders.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class BouncesModel(SurveyDb db, TimeProvider time) : PageModel
{
    private const int PageSize = 50, LongestReason = 500;

    public string Address { get; private set; } = "";

    public string Reason { get; private set; } = "";

    /// <summary>What is wrong with the address typed (a key of the ui texts), or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>What is wrong with the list (a key of the ui texts), or null.</summary>
    public string? ListProblem { get; private set; }

    public int? Marked { get; private set; }

    /// <summary>The list as it was given, and what it would do.</summary>
    public string Text { get; private set; } = "";

    public BounceList? Preview { get; private set; }

    public IReadOnlyList<BouncedLine> Bounced { get; private set; } = [];

    /// <summary>The id after which the next page begins; null on the last.</summary>
    public int? After { get; private set; }

    public async Task OnGetAsync(string? address, int? marked, int after, CancellationToken cancel)
    {
        (Address, Marked) = (address ?? "", marked);
        await ShowAsync(after, cancel);
    }

    public async Task<IActionResult> OnPostAsync(string? address, string? reason, CancellationToken cancel)
    {
        (Address, Reason) = (address ?? "", DoorText.Cut(DoorText.Clean(reason ?? "").Trim(), LongestReason));
        var folded = EmailAddress.Of(Address)?.ToLowerInvariant();
        var contacts = folded is null ? [] : await db.Contacts.Where(c => c.EmailFolded == folded && c.RemovedAt == null).ToListAsync(cancel);
        Problem = folded is null ? "noAddress" : contacts.Count == 0 ? "nobodys" : null;
        if (Problem is not null)
        {
            return await AgainAsync(cancel);
        }

        return await MarkAsync([.. contacts.Where(c => c.BouncedAt is null).Select(c => new BounceRow(c.Id, c.EmailFolded, "", Reason))], cancel);
    }

    /// <summary>Reads a list and shows what it would do.</summary>
    public async Task<IActionResult> OnPostListAsync(IFormFile? file, string? rows, CancellationToken cancel)
    {
        Text = rows ?? "";
        if (file is { Length: > 0 })
        {
            using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            Text = await reader.ReadToEndAsync(cancel);
        }

        var list = await BounceList.ReadAsync(db, Text, cancel);
        if (!list.IsTable)
        {
            ListProblem = "notTable";
            return await AgainAsync(cancel);
        }

        Preview = list;
        await ShowAsync(0, cancel);
        return Page();
    }

    /// <summary>Marks what the list that was shown names.</summary>
    public async Task<IActionResult> OnPostConfirmAsync(string? rows, CancellationToken cancel)
    {
        var list = await BounceList.ReadAsync(db, rows ?? "", cancel);
        return list.IsTable ? await MarkAsync(list.Known, cancel) : KindPage.NotFound();
    }

    /// <summary>Takes a mark back.</summary>
    public async Task<IActionResult> OnPostWorksAsync(int id, CancellationToken cancel)
    {
        if (await db.Contacts.FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } contact)
        {
            return KindPage.NotFound();
        }

        if (contact.BouncedAt is not null)
        {
            contact.BouncedAt = null;
            db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), "contact.works", Subject(id));
            await db.SaveChangesAsync(cancel);
        }

        return Redirect("/office/mails/bounces");
    }

    private async Task<IActionResult> MarkAsync(IReadOnlyList<BounceRow> rows, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var ids = rows.Select(r => r.ContactId).ToList();
        foreach (var contact in await db.Contacts.Where(c => ids.Contains(c.Id) && c.BouncedAt == null).ToListAsync(cancel))
        {
            contact.BouncedAt = now;
            var reason = rows.First(r => r.ContactId == contact.Id).Reason;
            db.Record(now, OfficeActor.Of(User), "contact.bounce", Subject(contact.Id), reason.Length > 0 ? reason : null);
        }

        await db.SaveChangesAsync(cancel);
        return Redirect($"/office/mails/bounces?marked={rows.Count}");
    }

    private static string Subject(int contact) => string.Create(CultureInfo.InvariantCulture, $"contact:{contact}");

    private async Task<IActionResult> AgainAsync(CancellationToken cancel)
    {
        await ShowAsync(0, cancel);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task ShowAsync(int after, CancellationToken cancel)
    {
        var found = await (
            from contact in db.Contacts.AsNoTracking()
            where contact.BouncedAt != null && contact.RemovedAt == null && contact.Id > after
            join organisation in db.Organisations on contact.OrganisationId equals organisation.Id
            orderby contact.Id
            select new BouncedLine(contact.Id, contact.Email, organisation.Name, contact.BouncedAt!.Value)).Take(PageSize + 1).ToListAsync(cancel);
        Bounced = [.. found.Take(PageSize)];
        After = found.Count > PageSize ? Bounced[^1].Id : null;
    }

    /// <summary>A marked contact in the list.</summary>
    public sealed record BouncedLine(int Id, string Address, string Organisation, DateTime At);
}
