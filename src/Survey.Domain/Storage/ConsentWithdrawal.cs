using Microsoft.EntityFrameworkCore;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// Takes a member's permission back: to quote an example, or to be listed. Possible at any time, after the close, the freeze and the publication too, and never the
/// other way. The draft, what was sent last and the counted answers say so afterwards, the quote is gone, and an audit entry stands; all or nothing. What was sent
/// last becomes a new version in which only the consent differs, so that no number of a report changes: when it was sent, whether it was late and what is unsent stay.
/// </summary>
public static class ConsentWithdrawal
{
    /// <summary>The action in the audit, by which the office is told.</summary>
    public const string Withdrawn = "consent.withdraw";

    /// <summary>Stands in the audit where the listing was withdrawn.</summary>
    private const string Listing = "listing";

    /// <summary>Withdraws the consent to quote the example of a point. Returns false when none was given.</summary>
    public static Task<bool> OfExampleAsync(SurveyDb db, long responseId, Questionnaire questionnaire, string point, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(questionnaire);
        return questionnaire.WithRole(QuestionRole.Consent) is { } question
            ? RunAsync(db, responseId, new(point, question.Key), ConsentCodes.None, point, at, cancel)
            : Task.FromResult(false);
    }

    /// <summary>Withdraws the consent to be named in the list of participants. Returns false when none was given.</summary>
    public static Task<bool> OfListingAsync(SurveyDb db, long responseId, Questionnaire questionnaire, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(questionnaire);
        return questionnaire.WithRole(QuestionRole.Listing) is { } question
            ? RunAsync(db, responseId, new("", question.Key), ListingCodes.No, Listing, at, cancel)
            : Task.FromResult(false);
    }

    /// <summary>What a response's member took back from a moment on: slugs of points, and the empty one for the listing.</summary>
    internal static async Task<IReadOnlySet<string>> SinceAsync(SurveyDb db, long responseId, DateTime from, CancellationToken cancel)
    {
        var subject = $"response:{responseId}/";
        return (await db.AuditEntries.Where(a => a.Action == Withdrawn && a.At >= from && a.Subject.StartsWith(subject)).Select(a => a.Subject).ToListAsync(cancel))
            .Select(s => s[subject.Length..]).Select(what => what == Listing ? "" : what).ToHashSet();
    }

    private static async Task<bool> RunAsync(SurveyDb db, long responseId, AnswerKey key, string refusal, string what, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // The row is held first: a save or a submission of the same response waits, and so does a second click.
        await db.Responses.Where(r => r.Id == responseId).ExecuteUpdateAsync(s => s.SetProperty(r => r.Revision, r => r.Revision), cancel);
        var response = await db.Responses.AsNoTracking().SingleAsync(r => r.Id == responseId, cancel);
        var last = await db.Submissions.AsNoTracking().SingleOrDefaultAsync(s => s.ResponseId == responseId && s.Version == response.Version, cancel);
        var sent = last is null ? AnswerSheet.Of([]) : AnswerSheet.FromJson(last.Content);
        var isSent = IsGiven(sent.Find(key.Point, key.Question)?.Choices, refusal);
        var inDraft = await db.DraftAnswers.Where(a => a.ResponseId == responseId && a.Point == key.Point && a.Question == key.Question && a.Choice != refusal)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.Choice, refusal), cancel);
        if (!isSent && inDraft == 0)
        {
            return false;
        }

        if (isSent)
        {
            await SendAsync(db, response, last!, AnswerSheet.Of([.. sent.Answers, new(key, AnswerValue.Of(refusal))]), at, cancel);
            await db.Answers.Where(a => a.ResponseId == responseId && a.Point == key.Point && a.Question == key.Question).ExecuteUpdateAsync(s => s.SetProperty(a => a.Choice, refusal), cancel);
            await db.Quotes.Where(q => q.ResponseId == responseId && q.Point == key.Point && what != Listing).ExecuteDeleteAsync(cancel);
        }

        // Draft and submission changed alike: what was unsent stays unsent, and what was not does not become so.
        var revision = response.Revision + 1;
        var sentRevision = response.HasUnsentChanges ? response.SubmittedRevision : revision;
        await db.Responses.Where(r => r.Id == responseId).ExecuteUpdateAsync(s => s.SetProperty(r => r.Revision, revision).SetProperty(r => r.SubmittedRevision, sentRevision).SetProperty(r => r.ChangedAt, at), cancel);
        db.Record(at, "member", Withdrawn, $"response:{responseId}/{what}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static async Task SendAsync(SurveyDb db, SurveyResponse response, Submission last, AnswerSheet sheet, DateTime at, CancellationToken cancel)
    {
        db.Submissions.Add(new Submission
        {
            ResponseId = response.Id,
            Version = response.Version + 1,
            Mode = last.Mode,
            SubmittedAt = at,
            Content = sheet.ToJson(),
            ContentHash = sheet.Hash(),
            PrivacyVersion = last.PrivacyVersion,
        });
        await db.Responses.Where(r => r.Id == response.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Version, response.Version + 1), cancel);
    }

    // Nothing answered is a refusal too.
    private static bool IsGiven(IReadOnlyList<string>? choices, string refusal) => choices is [var choice, ..] && choice != refusal;
}
