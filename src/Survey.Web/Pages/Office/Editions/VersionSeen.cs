using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>What the office sees of a version.</summary>
public sealed record VersionSeen(int Id, string Round, bool IsSample, bool IsPilot, int? Number, int PlannedNumber, int NextNumber, DateTime CreatedAt, DateTime DataAsOf, DateTime? PublishedAt, DateTime? WithdrawnAt, string? Doi, bool CountsAnew, string? Reason)
{
    public IReadOnlyList<VersionFileSeen> Files { get; private set; } = [];

    /// <summary>Its files say which number they are; only the one that is next can come out.</summary>
    public bool CanBePublished => Number is null && WithdrawnAt is null && !IsPilot && PlannedNumber == NextNumber;

    public static async Task<VersionSeen?> FindAsync(SurveyDb db, int id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var version = await (
            from v in db.EditionVersions.AsNoTracking()
            join round in db.Rounds on v.Edition!.RoundId equals round.Id
            join run in db.Runs on v.RunId equals run.Id
            where v.Id == id
            select new VersionSeen(v.Id, round.Slug, round.IsSample || v.IsSample, round.IsPilot, v.Number, v.PlannedNumber, (v.Edition!.Versions.Max(o => o.Number) ?? 0) + 1, v.CreatedAt, v.DataAsOf, v.PublishedAt, v.WithdrawnAt, v.Doi, run.RecomputesNumbers, run.Reason))
            .FirstOrDefaultAsync(cancel);
        if (version is not null)
        {
            version.Files = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == id).OrderBy(a => a.Id)
                .Select(a => new VersionFileSeen(a.Language, a.Name, a.Length)).ToListAsync(cancel);
        }

        return version;
    }
}

/// <summary>A file of a version in the office's list.</summary>
public sealed record VersionFileSeen(string Language, string Name, long Length);
