using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Reports;

/// <summary>A published version whose page and reports went with an erasure; <see cref="Instead"/> is the address of the newest version that stands, null while there is none.</summary>
public sealed record WithdrawnVersion(string? Instead)
{
    /// <summary>
    /// The withdrawal of this version, or of any of the round's (null), in the language or in any (null); null where it stands, and where there never was such a version or it was never made
    /// in the language: that is not gone, it is not there.
    /// </summary>
    public static async Task<WithdrawnVersion?> OfAsync(SurveyDb db, string round, int? number, string? language, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var versions = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && version.Number != null
            select new { version.Id, version.RunId, version.Number, version.WithdrawnAt, Stands = version.Artefacts.Any(a => (language == null || a.Language == language) && a.Name == EditionModel.ContentFile) })
            .ToListAsync(cancel);
        var withdrawn = versions.Where(v => v.WithdrawnAt is not null && (number is null || v.Number == number)).ToList();
        if (withdrawn.Count == 0)
        {
            return null;
        }

        // The run of each, and those that added languages to it.
        var (ids, runs) = (withdrawn.Select(v => (int?)v.Id).ToList(), withdrawn.Select(v => v.RunId).ToList());
        var made = await db.Runs.AsNoTracking().Where(r => runs.Contains(r.Id) || ids.Contains(r.EditionVersionId)).Select(r => r.Languages).ToListAsync(cancel);
        return language is null || made.Exists(m => m.Split(' ').Contains(language))
            ? new(versions.Exists(v => v.Stands) ? language is null ? $"/reports/{round}" : $"/reports/{round}/{language}" : null) : null;
    }
}
