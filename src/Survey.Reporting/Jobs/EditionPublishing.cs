using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Jobs;

/// <summary>
/// The one way in which a version comes out. Only the next number is published, never that of a pilot, and only when it was counted after
/// the last answer (sample rounds may be published while open). What the version prints of organisations must still be allowed: the same words, approved, from a response that
/// counts, with no less consent; the listing still agreed to; the organisation not discreet. A closed round is frozen with its first publication, so that
/// the numbers which then stand for ever are those of the round. Numbers that members have read in a draft stand as well: a draft that was counted beside them does not come out. Languages that its imprint calls not reviewed come out only where that was said.
/// </summary>
public static class EditionPublishing
{
    /// <summary>The longest text of what a version corrects, in code points.</summary>
    public const int LongestErratum = 2000;

    /// <summary>Publishes a draft, writes the audit entry, keeps the head of the log with the version and freezes the round, all or nothing. Problems' codes begin with <c>publish.</c>.</summary>
    public static Task<Parsed<EditionVersion>> PublishAsync(SurveyDb db, int versionId, string by, DateTime now, Unreviewed unreviewed, CancellationToken cancel = default) =>
        PublishAsync(db, versionId, by, now, unreviewed, "", cancel);

    /// <summary>The same with what the version corrects, in the office's words of at most <see cref="LongestErratum"/> code points; it stands with the version for ever.</summary>
    public static async Task<Parsed<EditionVersion>> PublishAsync(SurveyDb db, int versionId, string by, DateTime now, Unreviewed unreviewed, string erratum, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Both rows are held until the transaction ends: who comes second finds it published, and the round cannot open or close meanwhile.
        await db.EditionVersions.Where(v => v.Id == versionId).ExecuteUpdateAsync(s => s.SetProperty(v => v.Erratum, v => v.Erratum), cancel);
        await db.Rounds.Where(r => db.EditionVersions.Any(v => v.Id == versionId && v.Edition!.RoundId == r.Id)).ExecuteUpdateAsync(s => s.SetProperty(r => r.OptionalPoints, r => r.OptionalPoints), cancel);
        var problems = await ProblemsAsync(db, versionId, now, cancel);
        if (problems.Count > 0)
        {
            return Parsed<EditionVersion>.Refused(problems);
        }

        var languages = await UnreviewedAsync(db, versionId, cancel);
        if (languages.Count > 0 && unreviewed is Unreviewed.Refused)
        {
            return Parsed<EditionVersion>.Refused([new($"version {versionId}", "publish.unreviewed", $"Nobody has reviewed these translations: {string.Join(", ", languages)}.")]);
        }

        var version = await db.EditionVersions.Include(v => v.Edition).SingleAsync(v => v.Id == versionId, cancel);
        var round = await db.Rounds.SingleAsync(r => r.Id == version.Edition!.RoundId, cancel);
        await db.Entry(version).ReloadAsync(cancel);
        await db.Entry(round).ReloadAsync(cancel);
        version.Erratum = erratum;
        version.Publish(now, by);
        if (round.State is RoundState.Open && IsOver(round, now))
        {
            round.Close(now);
        }

        if (round.State is RoundState.Closed)
        {
            round.Freeze(now);
        }

        db.Record(now, by, "edition.publish", $"edition:{round.Slug}/v{version.Number}");
        // Comments on a report that is out come too late. A replacement that the job makes is no new report.
        if (unreviewed is not Unreviewed.NotAsked && await db.Consultations.FirstOrDefaultAsync(c => c.RoundId == round.Id && c.ClosedAt == null && c.ClosesAt > now, cancel) is { } consultation)
        {
            consultation.ClosedAt = now;
            db.Record(now, by, "consultation.close", $"round:{round.Slug}/consultation:{consultation.Number}");
        }

        if (languages.Count > 0 && unreviewed is Unreviewed.Accepted)
        {
            db.Record(now, by, "edition.publish-unreviewed", $"edition:{round.Slug}/v{version.Number}/{string.Join('+', languages)}");
        }

        try
        {
            await db.SaveChangesAsync(cancel);
            var head = await db.AuditHeads.AsNoTracking().SingleAsync(cancel);
            await db.EditionVersions.Where(v => v.Id == versionId).ExecuteUpdateAsync(s => s.SetProperty(v => v.AuditHead, head.ToString()), cancel);
        }
        catch (DbUpdateException)
        {
            // The unique index on number: another draft came out first.
            db.ChangeTracker.Clear();
            return Parsed<EditionVersion>.Refused([Outdated(round.Slug, version.PlannedNumber)]);
        }

        await transaction.CommitAsync(cancel);
        return Parsed<EditionVersion>.Of(version);
    }

    /// <summary>Why a version cannot be published now; empty when it can.</summary>
    public static async Task<IReadOnlyList<Problem>> ProblemsAsync(SurveyDb db, int versionId, DateTime now, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var version = await db.EditionVersions.AsNoTracking().Where(v => v.Id == versionId)
            .Select(v => new { v.Number, v.PlannedNumber, v.DataAsOf, v.WithdrawnAt, v.Edition!.RoundId, Newest = v.Edition.Versions.Max(o => o.Number) ?? 0 }).FirstOrDefaultAsync(cancel);
        if (version is null)
        {
            return [new Problem($"version {versionId}", "publish.unknown", "There is no such version.")];
        }

        var round = await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstAsync(r => r.Id == version.RoundId, cancel);
        var problems = new List<Problem>();
        var where = $"round {round.Slug}";
        if (round.IsPilot)
        {
            problems.Add(new(where, "publish.pilot", "This is a pilot round; its report is never published."));
        }

        if (version.Number is { } number)
        {
            problems.Add(new(where, "publish.done", $"Version {number} is published already."));
        }
        else if (version.PlannedNumber != version.Newest + 1)
        {
            problems.Add(Outdated(round.Slug, version.PlannedNumber));
        }

        if (version is { Number: null, WithdrawnAt: not null })
        {
            problems.Add(new(where, "publish.withdrawn", "Its files were deleted because they named or quoted an organisation that was erased. Build the report again."));
        }
        else if (version.Number is null && await ShownVersions.IsBesideAsync(db, versionId, cancel))
        {
            problems.Add(new(where, "publish.consulted", "Members have read a draft with other numbers, and this one was counted without regard to them. Build the report again."));
        }

        if (!round.IsSample && round.State is RoundState.Planned or RoundState.Open && !IsOver(round, now))
        {
            problems.Add(new(where, "publish.open", $"The round still takes answers. Close it first (./progress round close {round.Slug}), then build the report again."));
        }
        else if (!round.IsSample && version.DataAsOf < LastMoment(round))
        {
            problems.Add(new(where, "publish.early", "It was counted while answers still came in. Build the report again."));
        }

        if (await EditionSource.LapsedAsync(db, round, RoundDefinition.Of(round), versionId, cancel) is { Count: > 0 } lapsed)
        {
            problems.Add(new(where, "publish.mentions", $"It quotes or lists organisations that may no longer be printed so ({lapsed.Count}). Build the report again."));
        }

        return problems;
    }

    /// <summary>The languages of a version that its imprint calls not reviewed, sorted. A version from before its content said so was written from the network's file alone.</summary>
    public static async Task<IReadOnlyList<string>> UnreviewedAsync(SurveyDb db, int versionId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var contents = (await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Name == Artefact.Content).Select(a => new { a.Language, a.Bytes }).ToListAsync(cancel))
            .OrderBy(c => c.Language, StringComparer.Ordinal).Select(c => (c.Language, JsonSerializer.Deserialize<ReviewedContent>(c.Bytes, EditionJson.Options)!.IsUnreviewed)).ToList();
        var round = contents.Exists(c => c.IsUnreviewed is null)
            ? await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstAsync(r => db.EditionVersions.Any(v => v.Id == versionId && v.Edition!.RoundId == r.Id), cancel) : null;
        var definition = round is null ? null : RoundDefinition.Of(round);
        return [.. contents.Where(c => c.IsUnreviewed ?? UnreviewedTranslations.Has(c.Language, definition!.Questionnaire, definition.Network, [])).Select(c => c.Language)];
    }

    private sealed record ReviewedContent(bool? IsUnreviewed);

    private static bool IsOver(SurveyRound round, DateTime now) => round.State is RoundState.Open && round.ClosesAt + SurveyRound.Grace <= now;

    private static DateTime? LastMoment(SurveyRound round) => round.ClosedAt is null || round.ClosesAt < round.ClosedAt ? round.ClosesAt : round.ClosedAt;

    private static Problem Outdated(string round, int planned) =>
        new($"round {round}", "publish.outdated", $"The files say version {planned}, but another version came out first. Build the report again.");
}

/// <summary>
/// Whether a version may come out with translations that nobody has reviewed: somebody must have said so, which is written down; the job that replaces a public version asks
/// nobody.
/// </summary>
public enum Unreviewed { Refused, Accepted, NotAsked }
