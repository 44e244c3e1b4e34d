using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// The files of published versions. Bytes at an address never change: each answer carries the SHA-256 as its tag and may be asked for in parts, and caches are told to keep it, but for
/// what may hold members' words: that is asked for anew each time, so that no cache goes on giving it when it is gone. Each file has one address; other spellings lead to it.
/// A draft, a pilot and what was never there look the same. Only what may no longer be printed ends that: once a version without it is out, a file that holds it
/// answers 410 and says where the newest version is; files without words of members stay.
/// </summary>
public static class EditionFiles
{
    public static void MapEditionFiles(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/reports/{round}/v{number:int}/{**file}", [HttpMethods.Get, HttpMethods.Head], ServeAsync);

    private static async Task<IResult> ServeAsync(string round, int number, string? file, HttpContext context, SurveyDb db, RoundForms forms, UiTexts texts, PageTexts words)
    {
        var cancel = context.RequestAborted;
        if (file is null)
        {
            context.Response.Headers.Vary = "Accept-Language";
            return await LanguageAsync(db, round, number, words, cancel) is { } chosen ? Results.Redirect($"/reports/{round}/v{number}/{chosen}")
                : await WithdrawnVersion.OfAsync(db, round, number, null, cancel) is { } erased ? KindPage.ErasedFile(context, erased.Instead) : Results.NotFound();
        }

        var (language, name) = Split(file);
        var found = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && version.Number == number
            from artefact in version.Artefacts
            where (artefact.Language == language && artefact.Name == name) || (artefact.Language == "" && artefact.Name == file)
            select new { artefact.Id, artefact.MediaType, artefact.Sha256, artefact.Length, version.PublishedAt, VersionId = version.Id, owner, Newest = version.Edition!.Versions.Where(v => v.WithdrawnAt == null).Max(v => v.Number) }).FirstOrDefaultAsync(cancel);
        if (found is null)
        {
            return language.Length > 0 && await WithdrawnVersion.OfAsync(db, round, number, language, cancel) is { } withdrawn ? KindPage.ErasedFile(context, withdrawn.Instead)
                : await IsPictureToComeAsync(db, round, number, language, name, cancel) ? KindPage.NotMadeYet(context) : Results.NotFound();
        }

        var address = $"/reports/{round}/v{number.ToString(CultureInfo.InvariantCulture)}/{file}";
        if (!string.Equals(context.Request.Path.Value, address, StringComparison.Ordinal))
        {
            return Results.Redirect(address, permanent: true);
        }

        var isPage = name == EditionModel.ContentFile;
        var mayHoldWords = isPage || name == EditionList.Pdf;
        context.Response.Headers.CacheControl = mayHoldWords ? "public, no-cache" : "public, max-age=31536000, immutable";
        if (mayHoldWords && await HoldsLapsedAsync(db, forms, found.owner, found.VersionId, language, cancel))
        {
            if (isPage || found.Newest > number)
            {
                return KindPage.Withdrawn(context, $"/reports/{round}/{language}");
            }

            // It is about to go.
            context.Response.Headers.CacheControl = "no-store";
        }

        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // a published chart may be shown elsewhere
        if (language.Length > 0)
        {
            context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = DownloadName(round, number, language, name) }.ToString();
        }

        if (language.Length > 0)
        {
            context.Response.Headers.ContentLanguage = language;
        }

        var tag = new EntityTagHeaderValue($"\"{found.Sha256}\"");
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false)))
        {
            context.Response.Headers.ETag = tag.ToString();
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        // The bytes last: a file may be large, and most questions are answered without it.
        return await db.Artefacts.AsNoTracking().Where(a => a.Id == found.Id).Select(a => a.Bytes).FirstOrDefaultAsync(cancel) is { } bytes
            ? Results.Bytes(bytes, found.MediaType, enableRangeProcessing: true, lastModified: found.PublishedAt, entityTag: tag) : Results.NotFound();

        (string, string) Split(string path) => path.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && IsLanguage(path[..slash]) ? (path[..slash], path[(slash + 1)..]) : ("", path);
        bool IsLanguage(string word) => texts.Has(word) || word.Length == 2;
    }

    /// <summary>The language in which a reader who names none gets this version: their own where the version has it, else the first of the site's.</summary>
    private static async Task<string?> LanguageAsync(SurveyDb db, string round, int number, PageTexts words, CancellationToken cancel)
    {
        var languages = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && version.Number == number
            from artefact in version.Artefacts
            where artefact.Name == EditionModel.ContentFile
            select artefact.Language).ToListAsync(cancel);
        return languages.Count == 0 ? null : words.Among(languages);
    }

    /// <summary>Whether a published version gets this picture: its language has the headline, and each figure that it has a drawing of.</summary>
    private static async Task<bool> IsPictureToComeAsync(SurveyDb db, string round, int number, string language, string name, CancellationToken cancel)
    {
        var sibling = name == Artefact.Headline ? Artefact.Content : name.StartsWith(EditionModel.Figures, StringComparison.Ordinal) ? Path.ChangeExtension(name, ".svg") : null;
        return sibling is not null && name.EndsWith(".png", StringComparison.Ordinal) && await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && version.Number == number
            from artefact in version.Artefacts
            where artefact.Language == language && artefact.Name == sibling
            select artefact.Id).AnyAsync(cancel);
    }

    private static async Task<bool> HoldsLapsedAsync(SurveyDb db, RoundForms forms, SurveyRound round, int versionId, string language, CancellationToken cancel)
    {
        var lapsed = await LapsedMentions.OfAsync(db, round, (await forms.OfAsync(db, round.Id, cancel)).Definition, versionId, cancel);
        if (lapsed.IsEmpty)
        {
            return false;
        }

        var content = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Language == language && a.Name == EditionModel.ContentFile).Select(a => a.Bytes).FirstOrDefaultAsync(cancel);
        return content is not null && lapsed.AreIn(JsonSerializer.Deserialize<EditionContent>(content, EditionJson.Options)!);
    }

    private static string DownloadName(string round, int number, string language, string name) =>
        string.Join('-', new[] { "progress-report", round, $"v{number}", language, Path.GetFileName(name) }.Where(p => p.Length > 0));
}
