using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Survey.Domain.Storage;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// The files of published versions. Bytes at an address never change: each answer says so to caches, carries the SHA-256 as its tag and may be asked for in parts.
/// A draft, a pilot and what was never there look the same.
/// </summary>
public static class EditionFiles
{
    public static void MapEditionFiles(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/reports/{round}/v{number:int}/{**file}", [HttpMethods.Get, HttpMethods.Head], ServeAsync);

    private static async Task<IResult> ServeAsync(string round, int number, string file, HttpContext context, SurveyDb db, UiTexts texts)
    {
        var (language, name) = Split(file);
        var cancel = context.RequestAborted;
        var found = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && version.Number == number
            from artefact in version.Artefacts
            where (artefact.Language == language && artefact.Name == name) || (artefact.Language == "" && artefact.Name == file)
            select new { artefact.Bytes, artefact.MediaType, artefact.Sha256, version.PublishedAt }).FirstOrDefaultAsync(cancel);
        if (found is null)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // a published chart may be shown elsewhere
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = DownloadName(round, number, language, name) }.ToString();
        if (language.Length > 0)
        {
            context.Response.Headers.ContentLanguage = language;
        }

        return Results.Bytes(found.Bytes, found.MediaType, enableRangeProcessing: true, lastModified: found.PublishedAt, entityTag: new EntityTagHeaderValue($"\"{found.Sha256}\""));

        (string, string) Split(string path) => path.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && IsLanguage(path[..slash]) ? (path[..slash], path[(slash + 1)..]) : ("", path);
        bool IsLanguage(string word) => texts.Has(word) || word.Length == 2;
    }

    private static string DownloadName(string round, int number, string language, string name) =>
        string.Join('-', new[] { "progress-report", round, $"v{number}", language, Path.GetFileName(name) }.Where(p => p.Length > 0));
}
