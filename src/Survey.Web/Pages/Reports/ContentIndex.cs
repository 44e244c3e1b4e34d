using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// Which chapters and figures the versions have in each language, and their headlines. A language may have a chapter that others do not, such as a foreword. Each content is read once:
/// what is stored never changes. Nothing in it is a member's word.
/// </summary>
public sealed class ContentIndex
{
    private readonly ConcurrentDictionary<(long, string), IndexedContent> known = new();

    /// <summary>The version's contents by language.</summary>
    public async Task<IReadOnlyDictionary<string, IndexedContent>> OfAsync(SurveyDb db, int versionId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var stored = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Name == Artefact.Content).Select(a => new { a.Id, a.Language, a.Sha256 }).ToListAsync(cancel);
        var all = new Dictionary<string, IndexedContent>(StringComparer.Ordinal);
        foreach (var content in stored)
        {
            if (!known.TryGetValue((content.Id, content.Sha256), out var index))
            {
                var bytes = await db.Artefacts.AsNoTracking().Where(a => a.Id == content.Id).Select(a => a.Bytes).FirstOrDefaultAsync(cancel);
                if (bytes is null)
                {
                    // An erasure took it meanwhile.
                    continue;
                }

                known[(content.Id, content.Sha256)] = index = IndexedContent.Of(EditionPages.Of(JsonSerializer.Deserialize<EditionContent>(bytes, EditionJson.Options)!));
            }

            all[content.Language] = index;
        }

        return all;
    }
}
