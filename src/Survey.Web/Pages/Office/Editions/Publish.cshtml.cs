using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>Says what publishing does, and does it. A version is published once; its number is the next one, and two that try at once cannot both have it.</summary>
[Authorize(OfficeAccess.MayPublish)]
public sealed class PublishModel(SurveyDb db, TimeProvider time) : PageModel
{
    public VersionSeen Version { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await VersionSeen.FindAsync(db, id, cancel) is not { } version)
        {
            return KindPage.NotFound();
        }

        Version = version;
        return version.CanBePublished ? Page() : Redirect($"/office/editions/{id}");
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await VersionSeen.FindAsync(db, id, cancel) is not { } seen)
        {
            return KindPage.NotFound();
        }

        // Holds the row until the transaction ends; who comes second finds it published.
        var isMine = await db.EditionVersions.Where(v => v.Id == id && v.Number == null).ExecuteUpdateAsync(s => s.SetProperty(v => v.Erratum, v => v.Erratum), cancel) == 1;
        if (!isMine || !seen.CanBePublished)
        {
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        var now = time.GetUtcNow().UtcDateTime;
        var version = await db.EditionVersions.SingleAsync(v => v.Id == id, cancel);
        version.Publish(now, OfficeActor.Of(User));
        db.AuditEntries.Add(new AuditEntry { At = now, Actor = OfficeActor.Of(User), Action = "edition.publish", Subject = $"edition:{seen.Round}/v{version.Number}" });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // The unique index on number: another draft came out first.
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        await transaction.CommitAsync(cancel);
        return Redirect($"/office/editions/{id}");
    }
}
