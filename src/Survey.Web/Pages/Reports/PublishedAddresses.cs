using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// Every public address that stands for itself: pages of published versions, their files, and the addresses that lead to the newest. Of versions that were withdrawn only what still
/// stands, and no file with words or names that may no longer be printed.
/// </summary>
public static class PublishedAddresses
{
    /// <summary>The addresses, sorted.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(SurveyDb db, RoundForms forms, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var files = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where !owner.IsPilot && version.Number != null
            from artefact in version.Artefacts
            select new { version.Id, owner.Slug, Number = version.Number!.Value, artefact.Language, artefact.Name }).ToListAsync(cancel);
        var lapsed = await LapsedAsync(db, forms, [.. files.Select(f => f.Id).Distinct()], cancel);
        var all = new SortedSet<string>(StringComparer.Ordinal) { "/", "/reports", "/privacy", "/sitemap.xml", "/robots.txt" };
        foreach (var file in files)
        {
            var version = $"/reports/{file.Slug}/v{file.Number.ToString(CultureInfo.InvariantCulture)}";
            var root = file.Language.Length > 0 ? $"{version}/{file.Language}" : version;
            if (!(file.Name is Artefact.Content or Artefact.Pdf && lapsed.Contains((file.Id, file.Language))))
            {
                all.Add($"{root}/{file.Name}");
            }

            if (file.Name == EditionModel.ContentFile)
            {
                all.UnionWith([version, root, $"/reports/{file.Slug}", $"/reports/{file.Slug}/{file.Language}"]);
            }
        }

        // What leads to the newest version in a language: pages and files.
        var index = new ContentIndex();
        foreach (var group in files.Where(f => f.Name == Artefact.Content).GroupBy(f => (f.Slug, f.Language)))
        {
            var newest = group.MaxBy(f => f.Number)!;
            var named = $"/reports/{newest.Slug}/{newest.Language}";
            all.UnionWith((await index.OfAsync(db, newest.Id, cancel))[newest.Language].Pages.Select(p => named + p));
            all.UnionWith(from file in files
                          where file.Id == newest.Id && (file.Language == newest.Language || file.Language.Length == 0) && all.Contains(AddressOf(file.Slug, file.Number, file.Language, file.Name))
                          select $"{named}/{file.Name}");
        }

        return [.. all];
    }

    private static string AddressOf(string round, int number, string language, string name) =>
        $"/reports/{round}/v{number.ToString(CultureInfo.InvariantCulture)}/{(language.Length > 0 ? language + "/" : "")}{name}";

    /// <summary>Which versions print, in which language, what they may no longer.</summary>
    private static async Task<HashSet<(int Version, string Language)>> LapsedAsync(SurveyDb db, RoundForms forms, IReadOnlyList<int> versions, CancellationToken cancel)
    {
        var found = new HashSet<(int, string)>();
        foreach (var id in versions)
        {
            var round = await db.Rounds.AsNoTracking().SingleAsync(r => db.EditionVersions.Any(v => v.Id == id && v.Edition!.RoundId == r.Id), cancel);
            var lapsed = await LapsedMentions.LanguagesAsync(db, round, (await forms.OfAsync(db, round.Id, cancel)).Definition, id, cancel);
            found.UnionWith(lapsed.Select(l => (id, l)));
        }

        return found;
    }
}
