using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>What the office wrote or chose since a version was made, in the version's languages: the version does not print it, and what it prints instead may be what was to be mended.</summary>
public sealed record EditorialSince(IReadOnlyList<EditorialSince.Text> Texts, bool HasOtherFindings)
{
    public static EditorialSince Nothing { get; } = new([], false);

    public bool IsEmpty => Texts.Count == 0 && !HasOtherFindings;

    /// <summary>Nothing for a version from before its texts were kept.</summary>
    public static async Task<EditorialSince> OfAsync(SurveyDb db, int versionId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var version = await db.EditionVersions.AsNoTracking().Where(v => v.Id == versionId)
            .Select(v => new { v.Edition!.RoundId, v.Editorial, Languages = v.Artefacts.Where(a => a.Name == Artefact.Content).Select(a => a.Language).ToList() }).FirstAsync(cancel);
        if (KeptEditorial.Read(version.Editorial) is not { } kept)
        {
            return Nothing;
        }

        var now = await EditorialSource.OfAsync(db, version.RoundId, cancel);
        var texts = now.Texts.Where(t => version.Languages.Contains(t.Language)).ToHashSet();
        texts.SymmetricExceptWith(kept.Texts);
        return new(
            [.. texts.Select(t => new Text(new EditorialKey(t.Kind, t.Subject), t.Language)).Distinct().OrderBy(t => t.Key.Kind).ThenBy(t => t.Key.Subject, StringComparer.Ordinal).ThenBy(t => t.Language, StringComparer.Ordinal)],
            !Chosen(now.Findings).SetEquals(Chosen(kept.Findings)));
    }

    // One that was hidden and shown again, and never moved, is no choice.
    private static HashSet<ChosenFinding> Chosen(IReadOnlyList<ChosenFinding> findings) => [.. findings.Where(f => f.IsHidden || f.Position is not null)];

    /// <summary>A text that is another now, or gone, or new.</summary>
    public sealed record Text(EditorialKey Key, string Language);
}
