using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>A version beside an earlier one of the same edition: which numbers differ, and, in a language that both have, which words.</summary>
public sealed record VersionComparison(VersionComparison.Side Before, VersionComparison.Side After, IReadOnlyList<CellChange> Numbers, string? Language, ContentComparison? Words)
{
    /// <summary>The languages that only the earlier version has.</summary>
    public IReadOnlyList<string> LanguagesGone { get; private init; } = [];

    /// <summary>The languages that only the later version has.</summary>
    public IReadOnlyList<string> LanguagesAdded { get; private init; } = [];

    /// <summary>The versions before this one with which it can be compared, the newest first.</summary>
    public static Task<List<Side>> EarlierAsync(SurveyDb db, int id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.EditionVersions.AsNoTracking().Where(v => v.Id < id && v.Edition!.Versions.Any(o => o.Id == id)).OrderByDescending(v => v.Id).Take(50)
            .Select(v => new Side(v.Id, v.Number, v.PlannedNumber, v.CreatedAt)).ToListAsync(cancel);
    }

    /// <summary>The newest published version before this one; null where there is none.</summary>
    public static Task<int?> PublishedBeforeAsync(SurveyDb db, int id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.EditionVersions.Where(v => v.Id != id && v.Number != null && v.Edition!.Versions.Any(o => o.Id == id && v.Number < o.PlannedNumber)).OrderByDescending(v => v.Number).Select(v => (int?)v.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>That version, and how many published numbers differ from it; null where there is none.</summary>
    public static async Task<ChangedNumbers?> ChangedNumbersAsync(SurveyDb db, int id, CancellationToken cancel)
    {
        if (await PublishedBeforeAsync(db, id, cancel) is not { } before)
        {
            return null;
        }

        var cubes = await db.EditionVersions.AsNoTracking().Where(v => v.Id == id || v.Id == before).ToDictionaryAsync(v => v.Id, v => v.Cube, cancel);
        return new(before, CubeComparison.Of(CubeJson.Read(cubes[before]), CubeJson.Read(cubes[id])).Count);
    }

    /// <summary>The comparison; null where one of the two is none of this edition.</summary>
    public static async Task<VersionComparison?> OfAsync(SurveyDb db, int before, int after, string language, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var sides = await db.EditionVersions.AsNoTracking().Where(v => v.Id == before || v.Id == after).Select(v => new { v.EditionId, v.Cube, Side = new Side(v.Id, v.Number, v.PlannedNumber, v.CreatedAt) }).ToListAsync(cancel);
        if (sides.Find(s => s.Side.Id == before) is not { } old || sides.Find(s => s.Side.Id == after) is not { } now || old.EditionId != now.EditionId)
        {
            return null;
        }

        var (olds, news) = (await LanguagesAsync(db, before, cancel), await LanguagesAsync(db, after, cancel));
        var languages = (await db.Artefacts.AsNoTracking().Where(a => (a.EditionVersionId == before || a.EditionVersionId == after) && a.Name == Artefact.Content)
            .GroupBy(a => a.Language).Where(g => g.Count() == 2).Select(g => g.Key).ToListAsync(cancel)).Order(StringComparer.Ordinal).ToList();
        var common = languages.Contains(language) ? language : languages.FirstOrDefault();
        var words = common is null ? null : ContentComparison.Of(await ContentAsync(db, before, common, cancel), await ContentAsync(db, after, common, cancel));
        return new(old.Side, now.Side, CubeComparison.Of(CubeJson.Read(old.Cube), CubeJson.Read(now.Cube)), common, words) { LanguagesGone = [.. olds.Except(news)], LanguagesAdded = [.. news.Except(olds)] };
    }

    /// <summary>The languages that a version has, or had before its words were taken back, in the order in which they were made.</summary>
    public static Task<List<string>> LanguagesAsync(SurveyDb db, int version, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == version && a.Language != "").GroupBy(a => a.Language).OrderBy(g => g.Min(a => a.Id)).Select(g => g.Key).ToListAsync(cancel);
    }

    private static async Task<EditionContent> ContentAsync(SurveyDb db, int version, string language, CancellationToken cancel) => JsonSerializer.Deserialize<EditionContent>(
        await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == version && a.Language == language && a.Name == Artefact.Content).Select(a => a.Bytes).FirstAsync(cancel), EditionJson.Options)!;

    /// <summary>One of the two.</summary>
    public sealed record Side(int Id, int? Number, int PlannedNumber, DateTime CreatedAt);

    /// <summary>With which version was compared, and how many numbers differ.</summary>
    public sealed record ChangedNumbers(int With, int Count);
}
