using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Jobs;

/// <summary>
/// A published version to which a language is added later. Everything but the words is what the version has: its cube, its number, its date, its times and counts, its order of the findings, and of quotes and
/// listings only those that it prints, with a name only where it prints the name. The office's texts in the language are those of the day on which it is added. Its other files are never touched.
/// </summary>
internal sealed record AddedLanguage(int VersionId, int Number, Cube Cube, DateOnly Date, KeptEditorial? Kept, IReadOnlyList<EditionMention> Mentions)
{
    /// <summary>The languages that the version has.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    private readonly HashSet<long> named = [.. Mentions.Where(m => m.Kind is MentionKind.QuotedByName).Select(m => m.QuoteId!.Value)];

    private readonly HashSet<(long?, string)> printed = [.. Mentions.Where(m => m.Kind is not MentionKind.Listed).Select(m => (m.QuoteId, m.TextHash))];

    private readonly HashSet<int> listed = [.. Mentions.Where(m => m.Kind is MentionKind.Listed).Select(m => m.OrganisationId)];

    /// <summary>The version; it must be public, and its pages must stand.</summary>
    public static async Task<AddedLanguage> ToAsync(SurveyDb db, int versionId, CancellationToken cancel)
    {
        var version = await db.EditionVersions.AsNoTracking().Include(v => v.Mentions).FirstOrDefaultAsync(v => v.Id == versionId, cancel);
        if (version is not { Number: { } number, WithdrawnAt: null })
        {
            throw new ReportRefusedException("The version to which the language was to be added is not public any more.");
        }

        var languages = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Name == Artefact.Content).OrderBy(a => a.Language).Select(a => a.Language).ToListAsync(cancel);
        var content = await db.Artefacts.AsNoTracking().Where(a => a.EditionVersionId == versionId && a.Name == Artefact.Content).OrderBy(a => a.Language).Select(a => a.Bytes).FirstAsync(cancel);
        return new(versionId, number, CubeJson.Read(version.Cube), JsonSerializer.Deserialize<Dated>(content, EditionJson.Options)!.Date, KeptEditorial.Read(version.Editorial), [.. version.Mentions]) { Languages = languages };
    }

    /// <summary>The input as the version has it.</summary>
    public EditionInput Of(EditionInput input)
    {
        var own = Kept is null ? input : input.WithFacts(Kept);
        return own with
        {
            Facts = own.Facts with { PublishedOn = Date },
            Quotes = [.. own.Quotes.Where(IsPrinted).Select(q => named.Contains(q.QuoteId) ? q : q with { Organisation = null })],
            Listed = [.. own.Listed.Where(l => listed.Contains(l.OrganisationId))],
            Editorial = own.Editorial with { Findings = Kept?.Findings ?? [] },
        };
    }

    /// <summary>What the language prints of organisations and the version did not print so far: translations into it. Without the name where the version has none.</summary>
    public IReadOnlyList<EditionSource.Mention> NewOf(EditionInput input, IReadOnlyList<EditionSource.Mention> mentions)
    {
        var quotes = input.Quotes.Select(q => q.QuoteId).ToHashSet();
        return
        [
            .. mentions.Where(m => m.QuoteId is { } quote && quotes.Contains(quote)).Select(m => named.Contains(m.QuoteId!.Value) ? m : m with { Kind = MentionKind.Quoted })
                .Where(m => !Mentions.Any(p => (p.Kind, p.QuoteId, p.TextHash) == (m.Kind, m.QuoteId, m.TextHash))).Distinct(),
        ];
    }

    // The same words: shortened or changed since, they are others than those that the version's reader sees.
    private bool IsPrinted(EditionQuote quote) => printed.Contains((quote.QuoteId, EditionSource.HashOf(quote.Text)));

    private sealed record Dated(DateOnly Date);
}
