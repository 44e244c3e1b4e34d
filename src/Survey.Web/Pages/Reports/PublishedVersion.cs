using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Networks;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// A published version in one language, as its pages are made from it. <see cref="State"/> holds everything that a page depends on and that may change while the version does not: a newer
/// version, a version or a language that was added, a correction, what may no longer be printed, that its pictures are there. Two requests with the same state get the same page.
/// </summary>
public sealed record PublishedVersion(int Id, string Round, int Number, string Language, DateTime PublishedAt, DateTime DataAsOf, bool IsSample, int Newest, string? AuditHead, string ContentSha256)
{
    /// <summary>What its versions correct, whichever of them is looked at, the oldest first.</summary>
    public required IReadOnlyList<Correction> Corrections { get; init; }

    /// <summary>The identifier of this version; null without one. Never that of all versions together.</summary>
    public required string? Doi { get; init; }

    /// <summary>Whether a newer version stands, in whatever language: what this one may no longer print is not made anew for it.</summary>
    public required bool IsSuperseded { get; init; }

    /// <summary>All versions of the edition that stand, in whatever language, the oldest first.</summary>
    public required IReadOnlyList<Standing> Versions { get; init; }

    /// <summary>The newest version, where it is not there in this language; null where it is, or where it is this one.</summary>
    public Standing? NewestElsewhere => Versions is [.., var last] && last.Number > Number && !last.Languages.Contains(Language) ? last : null;

    /// <summary>The identifier that the network has for its report, which stands for all versions together; null without one.</summary>
    public string? DoiOfAll => Network.Doi is { Length: > 0 } doi ? doi : null;

    /// <summary>Whether its figures and its headline are there as PNG in its language: they are made some moments after it came out.</summary>
    public required bool HasPictures { get; init; }

    /// <summary>The languages that it is there in; one may come later.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>What it prints and may no longer.</summary>
    public required LapsedMentions Lapsed { get; init; }

    /// <summary>The plan, the questionnaire and the network as frozen for its round.</summary>
    public required RoundDefinition Definition { get; init; }

    /// <summary>The network as it was when the round was made.</summary>
    public Network Network => Definition.Network;

    /// <summary>The address of this version, without language.</summary>
    public string Address => $"/reports/{Round}/v{Number}";

    /// <summary>The address of this version in its language.</summary>
    public string Root => $"{Address}/{Language}";

    /// <summary>What the pages of this version depend on, as a hash.</summary>
    public string State => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('|', Id, ContentSha256, Newest, IsSuperseded, HasPictures, Doi, string.Join(' ', Languages), Lapsed.Fingerprint, string.Join('\n', Corrections.Select(c => $"{c.Number} {c.Says}")), string.Join('\n', Versions.Select(v => $"{v.Number} {string.Join(' ', v.Languages)}"))))));

    /// <summary>What a version corrects, in the office's words.</summary>
    public sealed record Correction(int Number, DateTime PublishedAt, string Says);

    /// <summary>A version that stands, with the languages that it is there in.</summary>
    public sealed record Standing(int Number, DateTime PublishedAt, IReadOnlyList<string> Languages);
}

/// <summary>Finds published versions, each once a request. Drafts, pilots, withdrawn versions and those without the language are not found.</summary>
public sealed class PublishedVersions(SurveyDb db, RoundForms forms)
{
    private readonly Dictionary<(string, int, string), PublishedVersion?> found = [];

    /// <summary>The version, or null.</summary>
    public async Task<PublishedVersion?> FindAsync(string round, int number, string language, CancellationToken cancel)
    {
        if (found.TryGetValue((round, number, language), out var known))
        {
            return known;
        }

        var row = await (
            from version in db.EditionVersions.AsNoTracking()
            join owner in db.Rounds on version.Edition!.RoundId equals owner.Id
            where owner.Slug == round && !owner.IsPilot && version.Number == number
            from artefact in version.Artefacts
            where artefact.Language == language && artefact.Name == EditionModel.ContentFile
            select new
            {
                version.Id,
                PublishedAt = version.PublishedAt!.Value,
                version.DataAsOf,
                IsSample = owner.IsSample || version.IsSample,
                Newest = version.Edition!.Versions.Where(o => o.WithdrawnAt == null && o.Artefacts.Any(a => a.Language == language && a.Name == EditionModel.ContentFile)).Max(o => o.Number) ?? number,
                NewestOfAll = version.Edition!.Versions.Where(o => o.WithdrawnAt == null).Max(o => o.Number) ?? number,
                version.AuditHead,
                version.Doi,
                Languages = version.Artefacts.Where(a => a.Name == EditionModel.ContentFile).Select(a => a.Language).ToList(),
                HasPictures = version.Artefacts.Any(a => a.Language == language && a.Name == Artefact.Headline),
                artefact.Sha256,
                version.EditionId,
                Owner = owner,
            }).FirstOrDefaultAsync(cancel);
        if (row is null)
        {
            return found[(round, number, language)] = null;
        }

        var definition = (await forms.OfAsync(db, row.Owner.Id, cancel)).Definition;
        var standing = await db.EditionVersions.AsNoTracking().Where(v => v.EditionId == row.EditionId && v.Number != null && v.WithdrawnAt == null).OrderBy(v => v.Number)
            .Select(v => new { Number = v.Number!.Value, PublishedAt = v.PublishedAt!.Value, Languages = v.Artefacts.Where(a => a.Name == EditionModel.ContentFile).OrderBy(a => a.Language).Select(a => a.Language).ToList() }).ToListAsync(cancel);
        return found[(round, number, language)] = new(row.Id, round, number, language, row.PublishedAt, row.DataAsOf, row.IsSample, row.Newest, row.AuditHead, row.Sha256)
        {
            Definition = definition,
            Doi = row.Doi,
            IsSuperseded = row.NewestOfAll > number,
            HasPictures = row.HasPictures,
            Languages = [.. row.Languages.Order(StringComparer.Ordinal)],
            Corrections = await db.EditionVersions.AsNoTracking().Where(v => v.EditionId == row.EditionId && v.Number != null && v.Erratum != "")
                .OrderBy(v => v.Number).Select(v => new PublishedVersion.Correction(v.Number!.Value, v.PublishedAt!.Value, v.Erratum)).ToListAsync(cancel),
            Versions = [.. standing.Where(v => v.Languages.Count > 0).Select(v => new PublishedVersion.Standing(v.Number, v.PublishedAt, v.Languages))],
            Lapsed = await LapsedMentions.OfAsync(db, row.Owner, definition, row.Id, cancel),
        };
    }

    /// <summary>The content of a version, with what may no longer be printed still in it.</summary>
    public async Task<EditionContent> ContentAsync(PublishedVersion version, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(version);
        var bytes = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == version.Id && a.Language == version.Language && a.Name == EditionModel.ContentFile).Select(a => a.Bytes).FirstAsync(cancel);
        return JsonSerializer.Deserialize<EditionContent>(bytes, EditionJson.Options)!;
    }

    /// <summary>The files of a version, without their bytes, by language and name.</summary>
    public async Task<IReadOnlyList<VersionFile>> FilesAsync(PublishedVersion version, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(version);
        return await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == version.Id).OrderBy(a => a.Language).ThenBy(a => a.Name)
            .Select(a => new VersionFile(a.Language, a.Name, a.MediaType, a.Length, a.Sha256)).ToListAsync(cancel);
    }
}

/// <summary>A file of a version, without its bytes.</summary>
public sealed record VersionFile(string Language, string Name, string MediaType, long Length, string Sha256);
