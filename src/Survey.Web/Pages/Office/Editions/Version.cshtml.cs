using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>A version of a round's report: its files to look at before it is published, and whether it is.</summary>
public sealed class VersionModel(SurveyDb db) : PageModel
{
    public VersionSeen Version { get; private set; } = null!;

    public bool MayPublish => Version.CanBePublished && OfficeMay.Publish(User);

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await VersionSeen.FindAsync(db, id, cancel) is not { } version)
        {
            return KindPage.NotFound();
        }

        Version = version;
        return Page();
    }

    /// <summary>A file of the version, published or not, for people of the office.</summary>
    public async Task<IActionResult> OnGetFileAsync(int id, string? file, CancellationToken cancel)
    {
        if (file is null)
        {
            return KindPage.NotFound();
        }

        var slash = file.IndexOf('/', StringComparison.Ordinal);
        var (language, name) = slash > 0 ? (file[..slash], file[(slash + 1)..]) : ("", file);
        var found = await db.Artefacts.AsNoTracking()
            .Where(a => a.EditionVersionId == id && ((a.Language == language && a.Name == name) || (a.Language == "" && a.Name == file)))
            .Select(a => new { a.Bytes, a.MediaType }).FirstOrDefaultAsync(cancel);
        return found is null ? KindPage.NotFound() : new FileContentResult(found.Bytes, found.MediaType) { EnableRangeProcessing = true };
    }
}
