using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Jobs;

/// <summary>
/// A published version to which a language is added later. Everything but the words is what the version has: its cube, its number, its date, its order of the findings, and of quotes and
/// listings only those that it prints. Its other files are never touched.
/// </summary>
internal sealed record AddedLanguage(int VersionId, int Number, Cube Cube, DateOnly Date, IReadOnlyList<ChosenFinding> Findings, IReadOnlySet<long> Quotes, IReadOnlySet<int> Listed)
{
    /// <summary>The version; it must be public, and its pages must stand.</summary>
    public static async Task<AddedLanguage> ToAsync(SurveyDb db, int versionId, CancellationToken cancel)
    {
        var version = await db.EditionVersions.AsNoTracking().Include(v => v.Mentions).FirstOrDefaultAsync(v => v.Id == versionId, cancel);
        if (version is not { Number: { } number, WithdrawnAt: null })
        {
            throw new ReportRefusedException("The version to which the language was to be added is not public any more.");
        }

        var content = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Name == Artefact.Content).OrderBy(a => a.Language).Select(a => a.Bytes).FirstAsync(cancel);
        return new(versionId, number, CubeJson.Read(version.Cube), JsonSerializer.Deserialize<Dated>(content, EditionJson.Options)!.Date, EditorialSource.Read(version.FindingChoices),
            version.Mentions.Where(m => m.QuoteId is not null).Select(m => m.QuoteId!.Value).ToHashSet(), version.Mentions.Where(m => m.Kind is MentionKind.Listed).Select(m => m.OrganisationId).ToHashSet());
    }

    /// <summary>The input as the version has it.</summary>
    public EditionInput Of(EditionInput input) => input with
    {
        Facts = input.Facts with { PublishedOn = Date },
        Quotes = [.. input.Quotes.Where(q => Quotes.Contains(q.QuoteId))],
        Listed = [.. input.Listed.Where(l => Listed.Contains(l.OrganisationId))],
        Editorial = input.Editorial with { Findings = Findings },
    };

    private sealed record Dated(DateOnly Date);
}
