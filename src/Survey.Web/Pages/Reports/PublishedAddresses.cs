using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// Every public address that stands for itself: pages of published versions, their files, and the addresses that lead to the newest. Of versions that were withdrawn only what still
/// stands.
/// </summary>
public static class PublishedAddresses
{
    /// <summary>The addresses, sorted.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(SurveyDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var files = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where !owner.IsPilot && version.Number != null
            from artefact in version.Artefacts
            select new { owner.Slug, Number = version.Number!.Value, artefact.Language, artefact.Name }).ToListAsync(cancel);
        var all = new SortedSet<string>(StringComparer.Ordinal) { "/", "/reports", "/privacy", "/sitemap.xml", "/robots.txt" };
        foreach (var file in files)
        {
            var version = $"/reports/{file.Slug}/v{file.Number.ToString(CultureInfo.InvariantCulture)}";
            var root = file.Language.Length > 0 ? $"{version}/{file.Language}" : version;
            all.Add($"{root}/{file.Name}");
            if (file.Name == EditionModel.ContentFile)
            {
                all.UnionWith([version, root, $"/reports/{file.Slug}", $"/reports/{file.Slug}/{file.Language}"]);
            }
        }

        foreach (var version in await SiteMap.NewestAsync(db, cancel))
        {
            all.UnionWith(from language in version.Languages from page in version.Pages where page.Length > 0 select $"/reports/{version.Round}/{language}{page}");
        }

        return [.. all];
    }
}
