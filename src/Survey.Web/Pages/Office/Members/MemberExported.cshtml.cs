using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Members;

namespace Survey.Web.Pages.Office.Members;

/// <summary>Hands out all that is held about one organisation (<see cref="MemberExport"/>), and writes down that it did. Only asked for as a form, so that no prefetch takes it.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberExportedModel(SurveyDb db, MemberExport export, TimeProvider time) : PageModel
{
    public IActionResult OnGet(int id) => Redirect(FormattableString.Invariant($"/office/members/{id}"));

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancel)
    {
        using var file = new MemoryStream();
        if (!await export.WriteAsync(db, id, file, cancel))
        {
            return KindPage.NotFound();
        }

        db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), MemberExport.Exported, FormattableString.Invariant($"organisation:{id}"));
        await db.SaveChangesAsync(cancel);
        Response.Headers.CacheControl = "no-store";
        return File(file.ToArray(), "application/zip", FormattableString.Invariant($"organisation-{id}.zip"));
    }
}
