using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Reporting.Jobs;

/// <summary>
/// Which of a round's versions somebody outside the office has seen: published ones, and drafts that went to members for comments. For small groups both are the same: a later version keeps the numbers of the
/// newest of them, or corrects them, and never stands beside them with numbers that were counted without regard to them.
/// </summary>
public static class ShownVersions
{
    /// <summary>The version that was published or shown to members last, withdrawn or not; null where nobody has seen any.</summary>
    public static async Task<ShownVersion?> NewestAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var published = await PublishedAsync(db, roundId, cancel);
        var consulted = await (
            from consultation in db.Consultations.AsNoTracking()
            where consultation.RoundId == roundId
            join version in db.EditionVersions on consultation.EditionVersionId equals version.Id
            orderby consultation.Number descending
            select new ShownVersion(version.Id, version.Cube, version.Editorial, version.WithdrawnAt != null, consultation.ShownAt)).FirstOrDefaultAsync(cancel);
        return published is null || consulted?.At > published.At ? consulted ?? published : published;
    }

    /// <summary>The newest published version, withdrawn or not; null where none came out.</summary>
    public static Task<ShownVersion?> PublishedAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.EditionVersions.AsNoTracking().Where(v => v.Edition!.RoundId == roundId && v.Number != null).OrderByDescending(v => v.Number)
            .Select(v => new ShownVersion(v.Id, v.Cube, v.Editorial, v.WithdrawnAt != null, v.Edition!.Versions.Where(o => o.Number != null && o.CubeSha256 == v.CubeSha256).Min(o => o.PublishedAt)!.Value)).FirstOrDefaultAsync(cancel);
    }

    /// <summary>The draft that members saw last; null where they saw none.</summary>
    public static Task<int?> ConsultedAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Consultations.Where(c => c.RoundId == roundId).OrderByDescending(c => c.Number).Select(c => (int?)c.EditionVersionId).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Whether a draft was counted without regard to the draft that members saw last, and has other numbers: it must not be seen beside that.</summary>
    public static Task<bool> IsBesideAsync(SurveyDb db, int versionId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (
            from version in db.EditionVersions
            where version.Id == versionId
            from consultation in db.Consultations
            where consultation.RoundId == version.Edition!.RoundId && consultation.Number == db.Consultations.Where(c => c.RoundId == consultation.RoundId).Max(c => c.Number)
                && consultation.EditionVersionId != versionId && versionId <= consultation.LastVersionId
            join shown in db.EditionVersions on consultation.EditionVersionId equals shown.Id
            where shown.CubeSha256 != version.CubeSha256
            select 1).AnyAsync(cancel);
    }
}

/// <summary>A version that was seen outside the office, with what a later one keeps of it, and since when its numbers are known.</summary>
public sealed record ShownVersion(int Id, string Cube, string? Editorial, bool IsWithdrawn, DateTime At);
