using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;

namespace Survey.Web.Pages.Office.Writing;

/// <summary>
/// Which texts the office may write for a round, and which it has. One that stands in some language is missing in the others; the foreword is missing in every language
/// where it does not stand. A comment that nobody began is not missed, nor one on a region without a chapter of its own in <see cref="Chapters"/>: the regions of the newest version, null where there is none yet.
/// </summary>
public sealed record WritingDesk(SurveyRound Round, RoundDefinition Definition, IReadOnlyList<EditorialKey> Keys, IReadOnlyList<string> Languages, IReadOnlyList<WrittenText> Written, IReadOnlySet<string>? Chapters)
{
    /// <summary>Whether a report with the newest version's regions has no place for the text: its region stands among the others there, or no region does.</summary>
    public bool HasNoPlace(EditorialKey key) => key.Kind is EditorialKind.Region && Chapters?.Contains(key.Subject) == false;

    /// <summary>The comments that were written and that the next report has no place for.</summary>
    public IReadOnlyList<EditorialKey> WithoutPlace => [.. Keys.Where(k => HasNoPlace(k) && Written.Any(w => w.Key == k))];

    public WrittenText? Find(EditorialKey key, string language) => Written.FirstOrDefault(w => w.Key == key && w.Language == language);

    /// <summary>The texts that are missing in a language.</summary>
    public IReadOnlyList<EditorialKey> MissingIn(string language) =>
        [.. Keys.Where(k => !HasNoPlace(k) && Find(k, language) is null && (k.Kind is EditorialKind.Foreword || Written.Any(w => w.Key == k)))];

    /// <summary>What a text is about in words: the point's or the region's name; null for the others and for the regions that stand together.</summary>
    public string? SubjectOf(EditorialKey key, string language) => key.Kind switch
    {
        EditorialKind.Point => Definition.Plan.Point(key.Subject)?.ShortTitle.In(language) ?? key.Subject,
        EditorialKind.Region when key.Subject != PublishedRegion.OtherRegions => Definition.Regions.Region(key.Subject)?.Title.In(language) ?? key.Subject,
        _ => null,
    };

    /// <summary>The round's desk; null where there is no such round.</summary>
    public static async Task<WritingDesk?> OfAsync(SurveyDb db, string slug, IReadOnlyList<string> languages, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstOrDefaultAsync(r => r.Slug == slug, cancel) is { } round
            ? await OfAsync(db, round, RoundDefinition.Of(round), languages, cancel) : null;
    }

    /// <summary>The desk of a round whose definition is at hand.</summary>
    public static async Task<WritingDesk> OfAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, IReadOnlyList<string> languages, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(definition);
        var written = await db.EditorialTexts.AsNoTracking().Where(t => t.RoundId == round.Id).Select(t => new WrittenText(new EditorialKey(t.Kind, t.Subject), t.Language, t.ChangedAt, t.NamesErased)).ToListAsync(cancel);
        IReadOnlyList<EditorialKey> keys =
        [
            new(EditorialKind.Foreword, ""),
            .. definition.Points.Select(p => new EditorialKey(EditorialKind.Point, p)),
            .. definition.Regions.Regions.Select(r => r.Slug).Append(PublishedRegion.OtherRegions).Select(r => new EditorialKey(EditorialKind.Region, r)),
            new(EditorialKind.Acknowledgements, ""),
        ];
        var cube = await db.EditionVersions.AsNoTracking().Where(v => v.Edition!.RoundId == round.Id).OrderByDescending(v => v.Id).Select(v => v.Cube).FirstOrDefaultAsync(cancel);
        var chapters = cube is null ? null : CubeJson.Read(cube).Regions.Select(r => r.Slug).ToHashSet(StringComparer.Ordinal);
        // A language that the network has given up is printed still by a round that was frozen with it.
        return new(round, definition, keys, [.. languages.Concat(definition.ReportTexts.Keys.Concat(written.Select(w => w.Language)).Order(StringComparer.Ordinal)).Distinct()], written, chapters);
    }
}

/// <summary>A text that the office has written, and whether it is held back for naming an organisation that was erased.</summary>
public sealed record WrittenText(EditorialKey Key, string Language, DateTime ChangedAt, bool IsHeldBack);
