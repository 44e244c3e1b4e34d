using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Reports;

/// <summary>The published editions, newest round first, each with its newest version. Drafts and pilots are never among them.</summary>
public static class EditionList
{
    /// <summary>The file of an edition in one language that the public downloads.</summary>
    public const string Pdf = "report.pdf";

    public static async Task<IReadOnlyList<PublishedEdition>> AllAsync(SurveyDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await (
            from edition in db.Editions.AsNoTracking()
            join round in db.Rounds on edition.RoundId equals round.Id
            where !round.IsPilot
            from version in edition.Versions
            where version.Number != null && version.Number == edition.Versions.Max(v => v.Number)
            orderby version.PublishedAt descending, round.Slug descending
            select new { round.Slug, version.Id, Number = version.Number!.Value, PublishedAt = version.PublishedAt!.Value, IsSample = round.IsSample || version.IsSample })
            .ToListAsync(cancel);
        var ids = rows.Select(r => r.Id).ToList();
        var pdfs = (await db.Artefacts.AsNoTracking().Where(a => ids.Contains(a.EditionVersionId) && a.Name == Pdf)
            .OrderBy(a => a.Id).Select(a => new { a.EditionVersionId, File = new LanguageFile(a.Language, a.Length) }).ToListAsync(cancel)).ToLookup(p => p.EditionVersionId, p => p.File);
        return [.. rows.OrderByDescending(r => r.Slug, StringComparer.Ordinal).Select(r => new PublishedEdition(r.Slug, r.Number, r.PublishedAt, r.IsSample, [.. pdfs[r.Id]]))];
    }
}

/// <summary>A round's newest published version.</summary>
public sealed record PublishedEdition(string Round, int Number, DateTime PublishedAt, bool IsSample, IReadOnlyList<LanguageFile> Pdfs)
{
    /// <summary>The languages that it was made in; English alone where no file says.</summary>
    public IReadOnlyList<string> Languages => Pdfs.Count > 0 ? [.. Pdfs.Select(p => p.Language)] : ["en"];
}

/// <summary>A file in one language and how many bytes it has.</summary>
public sealed record LanguageFile(string Language, long Length);
