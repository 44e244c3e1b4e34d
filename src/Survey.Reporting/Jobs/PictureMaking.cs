using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Typesetting;

namespace Survey.Reporting.Jobs;

/// <summary>
/// Makes the pictures of published versions (PNG of each figure and of the headline) after they came out, so that no report run waits for them. The truth is in the files: a language without
/// its headline's picture has none yet, and all of a language are stored in one transaction. What is stored is never made again; a version that was withdrawn meanwhile gets none.
/// </summary>
public sealed class PictureMaking(IDbContextFactory<SurveyDb> contexts, Typesetter typesetter)
{
    /// <summary>The languages of published versions that have no pictures, the newest version first.</summary>
    public async Task<IReadOnlyList<MissingPictures>> MissingAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await (
            from version in db.EditionVersions.AsNoTracking()
            join round in db.Rounds on version.Edition!.RoundId equals round.Id
            where version.Number != null && version.WithdrawnAt == null && !round.IsPilot
            from content in version.Artefacts
            where content.Name == Artefact.Content && !version.Artefacts.Any(a => a.Language == content.Language && a.Name == Artefact.Headline)
            orderby version.Id descending, content.Language
            select new MissingPictures(version.Id, round.Id, content.Language)).ToListAsync(cancel);
    }

    /// <summary>Makes those of one language. Returns false when another process was quicker, or the version is not public any more.</summary>
    public async Task<bool> MakeAsync(MissingPictures missing, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(missing);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var bytes = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == missing.VersionId && a.Language == missing.Language && a.Name == Artefact.Content).Select(a => a.Bytes).FirstOrDefaultAsync(cancel);
        if (bytes is null)
        {
            return false;
        }

        var content = JsonSerializer.Deserialize<EditionContent>(bytes, EditionJson.Options)!;
        var round = await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstAsync(r => r.Id == missing.RoundId, cancel);
        var files = await typesetter.DrawAsync(content, EditionPictures.Of(content, RoundDefinition.Of(round).Network.Licence), cancel);

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Held, so that neither an erasure nor another process comes in between.
        await db.EditionVersions.Where(v => v.Id == missing.VersionId).ExecuteUpdateAsync(s => s.SetProperty(v => v.Doi, v => v.Doi), cancel);
        if (!await db.EditionVersions.AnyAsync(v => v.Id == missing.VersionId && v.WithdrawnAt == null && !v.Artefacts.Any(a => a.Language == missing.Language && a.Name == Artefact.Headline), cancel))
        {
            return false;
        }

        db.Artefacts.AddRange(files.Select(f => new Artefact
        {
            EditionVersionId = missing.VersionId,
            Language = missing.Language,
            Name = f.Name,
            MediaType = "image/png",
            Bytes = f.Bytes,
            Length = f.Bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(f.Bytes)),
        }));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}

/// <summary>A language of a published version without pictures.</summary>
public sealed record MissingPictures(int VersionId, int RoundId, string Language);
