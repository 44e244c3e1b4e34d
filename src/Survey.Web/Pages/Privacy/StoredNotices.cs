using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Privacy;

/// <summary>
/// Keeps each version of the privacy notice as it was first shown. At a start the newest is stored; what members were shown once never changes under its version,
/// so a file that did is a problem that stops the start.
/// </summary>
public static class StoredNotices
{
    /// <summary>Stores what is not stored yet; problems name the files that were changed.</summary>
    public static async Task<IReadOnlyList<Problem>> KeepAsync(SurveyDb db, PrivacyFiles notice, DateTime at, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(notice);
        var problems = await ComparedAsync(db, notice, at, cancel);
        if (problems.Count > 0)
        {
            db.ChangeTracker.Clear();
            return problems;
        }

        try
        {
            await db.SaveChangesAsync(cancel);
            return [];
        }
        catch (DbUpdateException)
        {
            // Another process that started at the same time stored it first.
            db.ChangeTracker.Clear();
            problems = await ComparedAsync(db, notice, at, cancel);
            return db.ChangeTracker.HasChanges() ? throw new InvalidOperationException($"The privacy notice {notice.Version} could not be stored.") : problems;
        }
    }

    private static async Task<IReadOnlyList<Problem>> ComparedAsync(SurveyDb db, PrivacyFiles notice, DateTime at, CancellationToken cancel)
    {
        var stored = await db.PrivacyNotices.AsNoTracking().Where(n => n.Version == notice.Version).ToDictionaryAsync(n => n.Language, n => n.Sha256, cancel);
        db.PrivacyNotices.AddRange(notice.Files.Where(f => !stored.ContainsKey(f.Language))
            .Select(f => new PrivacyNotice { Version = notice.Version, Language = f.Language, Content = f.Content, Sha256 = f.Sha256, FirstShownAt = at }));
        return
        [
            .. notice.Files.Where(f => stored.TryGetValue(f.Language, out var was) && was != f.Sha256)
                .Select(f => new Problem(f.Path, "privacy-changed", $"Members were shown version {notice.Version} with another text or other terms (privacy: keep: in network.yaml), and it is kept with what they sent. Put them back, and save the new ones under a new version, such as {Next(at)}.{f.Language}.md.")),
        ];
    }

    private static string Next(DateTime at) => at.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}
