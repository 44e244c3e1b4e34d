using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Jobs;

/// <summary>Reads what the office adds to an edition, and how long the members took.</summary>
public static class EditorialSource
{
    /// <summary>The office's texts and its choice of findings as they are now, less the texts that are held back for naming an organisation that was erased.</summary>
    public static async Task<EditionEditorial> OfAsync(SurveyDb db, int roundId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new(
            (await db.EditorialTexts.AsNoTracking().Where(t => t.RoundId == roundId && !t.NamesErased).ToListAsync(cancel))
                .OrderBy(t => t.Kind).ThenBy(t => t.Subject, StringComparer.Ordinal).ThenBy(t => t.Language, StringComparer.Ordinal)
                .Select(t => new EditorialWords(t.Kind, t.Subject, t.Language, t.Text, t.SignedBy, t.SignedAs)).ToList(),
            (await db.FindingChoices.AsNoTracking().Where(c => c.RoundId == roundId).ToListAsync(cancel))
                .OrderBy(c => c.Finding, StringComparer.Ordinal).Select(c => new ChosenFinding(c.Finding, c.IsHidden, c.Position)).ToList());
    }

    /// <summary>The median time taken by who answered on the site and sent once; null where too few did.</summary>
    public static async Task<int?> MedianMinutesAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        var times = await db.Responses.AsNoTracking()
            .Where(r => r.RoundId == round.Id && r.Version == 1 && r.Review != ReviewState.SetAside && r.Mode == ResponseMode.Web && r.SubmittedAt != null)
            .Select(r => new { r.StartedAt, SubmittedAt = r.SubmittedAt!.Value }).ToListAsync(cancel);
        return TimeTaken.MedianMinutes(times.Select(t => t.SubmittedAt - t.StartedAt));
    }

    /// <summary>What a version in these languages prints of an input beside the cube, in the form in which it is kept.</summary>
    internal static KeptEditorial KeptOf(EditionInput input, IReadOnlyList<string> languages) => new(
        [.. input.Editorial.Texts.Where(t => languages.Contains(t.Language))], input.Editorial.Findings, input.Facts.MedianMinutes, input.Facts.InvitationsSent, input.Facts.RemindersSent,
        input.Quotes.ToDictionary(q => q.QuoteId, q => new SharedCounts(q.SharedBy, q.SharedLanguage)));

    /// <summary>The input with the times and counts that a version of these numbers printed; the office's texts and choices stay those of the input.</summary>
    internal static EditionInput WithFacts(this EditionInput input, KeptEditorial kept) => input with
    {
        Facts = input.Facts with { MedianMinutes = kept.MedianMinutes, InvitationsSent = kept.InvitationsSent, RemindersSent = kept.RemindersSent },
        Quotes = [.. input.Quotes.Select(q => kept.Shared?.GetValueOrDefault(q.QuoteId) is { } shared ? q with { SharedBy = shared.Type, SharedLanguage = shared.Language } : q)],
    };
}
