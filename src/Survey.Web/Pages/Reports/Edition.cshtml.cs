using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// A published version as a page: the same content as its PDF, with its figures and files; without words and names that may no longer be printed, from the moment
/// at which that is so. Until a new version is out its PDF, which still holds them, is not offered.
/// </summary>
public sealed class EditionModel(SurveyDb db, RoundForms forms, SiteOptions options) : PageModel
{
    /// <summary>The file that the page is made from, and the folders of figures and data.</summary>
    public const string ContentFile = "content.json", Figures = "figures/", Data = "data/";

    public required EditionContent Report { get; set; }

    public required VersionFacts Version { get; set; }

    /// <summary>Whether something that the version printed is left out here.</summary>
    public bool LeavesOut { get; private set; }

    /// <summary>The address of this version, without language.</summary>
    public string Root => $"/reports/{Version.Round}/v{Version.Number}";

    /// <summary>The site's address as it is quoted.</summary>
    public string Site => options.PublicUrl ?? $"{Request.Scheme}://{Request.Host}";

    public async Task<IActionResult> OnGetAsync(string round, int number, string language, CancellationToken cancel)
    {
        var version = await (
            from v in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on v.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && v.Number == number
            select new VersionFacts(v.Id, owner.Slug, number, v.PublishedAt!.Value, v.DataAsOf, owner.IsSample || v.IsSample, v.Edition!.Versions.Max(o => o.Number) ?? number, v.AuditHead, v.Doi))
            .FirstOrDefaultAsync(cancel);
        var content = version is null ? null : await db.Artefacts.AsNoTracking()
            .Where(a => a.EditionVersionId == version.Id && a.Language == language && a.Name == ContentFile).Select(a => a.Bytes).FirstOrDefaultAsync(cancel);
        if (version is null || content is null)
        {
            return await WithdrawnVersion.OfAsync(db, round, number, language, cancel) is { } withdrawn ? KindPage.Erased(HttpContext, withdrawn.Instead) : KindPage.NotFound();
        }

        version.Files = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == version.Id).OrderBy(a => a.Language).ThenBy(a => a.Name)
            .Select(a => new VersionFile(a.Language, a.Name, a.MediaType, a.Length, a.Sha256)).ToListAsync(cancel);
        version.Corrections = await db.EditionVersions.AsNoTracking().Where(v => v.Edition!.Versions.Any(o => o.Id == version.Id) && v.Number != null && v.Erratum != "")
            .OrderBy(v => v.Number).Select(v => new Correction(v.Number!.Value, v.PublishedAt!.Value, v.Erratum)).ToListAsync(cancel);
        Version = version;
        var report = JsonSerializer.Deserialize<EditionContent>(content, EditionJson.Options)!;
        var owning = await db.Rounds.AsNoTracking().SingleAsync(r => r.Slug == round, cancel);
        var lapsed = await LapsedMentions.OfAsync(db, owning, (await forms.OfAsync(db, owning.Id, cancel)).Definition, version.Id, cancel);
        (Report, LeavesOut) = (lapsed.Without(report), lapsed.AreIn(report));
        // Asked for anew each time: what a member takes back is gone from it at once, and a newer version is told of.
        Response.Headers.CacheControl = "public, no-cache";
        return Page();
    }

    /// <summary>What the page says of the version.</summary>
    public sealed record VersionFacts(int Id, string Round, int Number, DateTime PublishedAt, DateTime DataAsOf, bool IsSample, int Newest, string? AuditHead, string? Doi = null)
    {
        /// <summary>All its files.</summary>
        public IReadOnlyList<VersionFile> Files { get; set; } = [];

        /// <summary>What its versions correct, whichever of them is looked at, the oldest first.</summary>
        public IReadOnlyList<Correction> Corrections { get; set; } = [];
    }

    /// <summary>What a version corrects, in the office's words.</summary>
    public sealed record Correction(int Number, DateTime PublishedAt, string Says);

    /// <summary>A file of the version, without its bytes.</summary>
    public sealed record VersionFile(string Language, string Name, string MediaType, long Length, string Sha256);
}
