using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Reports;

/// <summary>The published editions, newest round first, each with its newest version. Drafts and pilots are never among them.</summary>
public static class EditionList
{
    /// <summary>The file of an edition in one language that the public downloads.</summary>
    public const string Pdf = "report.pdf";

    public static async Task<IReadOnlyList<PublishedEdition>> AllAsync(SurveyDb db, RoundForms forms, CancellationToken cancel, int most = int.MaxValue, string? language = null, ContentIndex? index = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await (
            from edition in db.Editions.AsNoTracking()
            join round in db.Rounds on edition.RoundId equals round.Id
            where !round.IsPilot
            from version in edition.Versions
            where version.Number != null && version.Number == edition.Versions.Where(v => v.WithdrawnAt == null).Max(v => v.Number)
            orderby version.PublishedAt descending, round.Slug descending
            select new { Round = round, round.Slug, version.Id, version.EditionId, Number = version.Number!.Value, PublishedAt = version.PublishedAt!.Value, IsSample = round.IsSample || version.IsSample })
            .ToListAsync(cancel);
        rows = [.. rows.OrderByDescending(r => r.Slug, StringComparer.Ordinal).Take(most)];
        var ids = rows.Select(r => r.Id).ToList();
        var pdfs = (await db.Artefacts.AsNoTracking().Where(a => ids.Contains(a.EditionVersionId) && a.Name == Pdf)
            .OrderBy(a => a.Id).Select(a => new { a.EditionVersionId, File = new LanguageFile(a.Language, a.Length) }).ToListAsync(cancel)).ToLookup(p => p.EditionVersionId, p => p.File);
        var editions = new List<PublishedEdition>();
        foreach (var r in rows)
        {
            var definition = (await forms.OfAsync(db, r.Round.Id, cancel)).Definition;
            var lapsed = await LapsedMentions.LanguagesAsync(db, r.Round, definition, r.Id, cancel);
            editions.Add(new(r.Slug, r.Number, r.PublishedAt, r.IsSample, [.. pdfs[r.Id]], lapsed)
            {
                Headline = language is null || index is null ? null : (await index.OfAsync(db, r.Id, cancel)).GetValueOrDefault(language)?.Headline,
                Earlier = language is null || pdfs[r.Id].Any(p => p.Language == language) ? null
                    : await db.EditionVersions.AsNoTracking().Where(v => v.EditionId == r.EditionId && v.Number < r.Number && v.WithdrawnAt == null && v.Artefacts.Any(a => a.Language == language && a.Name == EditionModel.ContentFile)).MaxAsync(v => v.Number, cancel),
                Corrections = await db.EditionVersions.AsNoTracking().Where(v => v.EditionId == r.EditionId && v.Number != null && v.Erratum != "")
                    .OrderBy(v => v.Number).Select(v => new PublishedVersion.Correction(v.Number!.Value, v.PublishedAt!.Value, v.Erratum)).ToListAsync(cancel),
            });
        }

        return editions;
    }
}

/// <summary>A round's newest published version.</summary>
public sealed record PublishedEdition(string Round, int Number, DateTime PublishedAt, bool IsSample, IReadOnlyList<LanguageFile> Pdfs, IReadOnlySet<string> Lapsed)
{
    /// <summary>What it says in one sentence, in the language that was asked for; null where it was not asked or there is none.</summary>
    public EditionHeadline? Headline { get; init; }

    /// <summary>The newest version before it that is there in the language that was asked for, where it is not itself; null where it is, or where none is.</summary>
    public int? Earlier { get; init; }

    /// <summary>What its versions correct, the oldest first.</summary>
    public IReadOnlyList<PublishedVersion.Correction> Corrections { get; init; } = [];

    /// <summary>The PDFs to link to: those that hold nothing which may no longer be printed.</summary>
    public IReadOnlyList<LanguageFile> Offered => [.. Pdfs.Where(p => !Lapsed.Contains(p.Language))];

    /// <summary>The languages that it was made in; English alone where no file says.</summary>
    public IReadOnlyList<string> Languages => Pdfs.Count > 0 ? [.. Pdfs.Select(p => p.Language)] : ["en"];
}

/// <summary>A file in one language and how many bytes it has.</summary>
public sealed record LanguageFile(string Language, long Length);
