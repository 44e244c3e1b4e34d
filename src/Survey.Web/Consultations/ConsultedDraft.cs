using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;

namespace Survey.Web.Consultations;

/// <summary>
/// A draft in one language as members read it: what a published version would show, and nothing else. Words and names that may no longer be printed are gone from it, and its PDF is not offered as long as it holds any.
/// </summary>
public sealed record ConsultedDraft(int VersionId, EditionContent Content, IReadOnlyList<string> Languages, IReadOnlySet<string> Files, bool HasPdf)
{
    public EditionPages Pages { get; } = EditionPages.Of(Content);

    public EditionNumbers Numbers { get; } = new(Content);

    /// <summary>The draft in a language, or in the first of its own where it is not in that one; null where it is not there (any more).</summary>
    public static async Task<ConsultedDraft?> OfAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, int versionId, string language, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var languages = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Name == Artefact.Content).OrderBy(a => a.Id).Select(a => a.Language).ToListAsync(cancel);
        var chosen = languages.Contains(language) ? language : languages.FirstOrDefault();
        if (await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Name == Artefact.Content && a.Language == chosen).Select(a => a.Bytes).FirstOrDefaultAsync(cancel) is not { } bytes)
        {
            return null;
        }

        var content = JsonSerializer.Deserialize<EditionContent>(bytes, EditionJson.Options)!;
        var lapsed = await LapsedMentions.OfAsync(db, round, definition, versionId, cancel);
        var files = (await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Language == chosen).Select(a => a.Name).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        return new(versionId, lapsed.Without(content), languages, files, files.Contains(Artefact.Pdf) && !lapsed.AreIn(content));
    }

    /// <summary>Where a chapter stands, from 1; 0 where there is no such chapter.</summary>
    public int PlaceOf(string chapter) => Pages.Pages.Index().Where(p => p.Item.Chapter.Id == chapter).Select(p => p.Index + 1).FirstOrDefault();
}
