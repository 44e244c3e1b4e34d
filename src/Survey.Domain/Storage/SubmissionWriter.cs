using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// The one way in which answers begin to count. A submission keeps the sheet for ever, replaces the response's counted answers and brings its quotes
/// in line with the consent given; all in the caller's transaction. The same sheet sent twice makes no second version.
/// </summary>
public static class SubmissionWriter
{
    /// <summary>
    /// Adds a submission of <paramref name="sheet"/> (checked, and already <see cref="AnswerSheet.Applicable"/>) to the context, for a response that has its id; the caller saves.
    /// Returns whether there is a new version.
    /// </summary>
    public static Task<bool> SubmitAsync(SurveyDb db, SurveyResponse response, Invitation invitation, AnswerSheet sheet, Questionnaire questionnaire, ResponseMode mode, DateTime at, CancellationToken cancel) =>
        SubmitAsync(db, response, invitation, sheet, questionnaire, mode, at, null, null, cancel);

    /// <summary>The same for a sender who was shown a privacy notice.</summary>
    /// <param name="privacyVersion">The privacy notice that the sender was shown, or null.</param>
    public static Task<bool> SubmitAsync(SurveyDb db, SurveyResponse response, Invitation invitation, AnswerSheet sheet, Questionnaire questionnaire, ResponseMode mode, DateTime at, string? privacyVersion, CancellationToken cancel) =>
        SubmitAsync(db, response, invitation, sheet, questionnaire, mode, at, privacyVersion, null, cancel);

    /// <summary>
    /// The same for many responses at a time: the counted rows are handed to <paramref name="counted"/>, and the caller inserts them (<see cref="AnswerRows"/>)
    /// in the same transaction.
    /// </summary>
    internal static async Task<bool> SubmitAsync(SurveyDb db, SurveyResponse response, Invitation invitation, AnswerSheet sheet, Questionnaire questionnaire, ResponseMode mode, DateTime at, string? privacyVersion, List<Answer>? counted, CancellationToken cancel)
    {
        var content = sheet.ToJson();
        var hash = sheet.Hash();
        var isNew = response.Version == 0;
        var last = isNew ? null : await db.Submissions.AsNoTracking().Where(s => s.ResponseId == response.Id && s.Version == response.Version).Select(s => s.ContentHash).FirstOrDefaultAsync(cancel);
        if (last == hash)
        {
            // Changed and changed back: nothing is left unsent.
            response.SubmittedRevision = response.Revision;
            return false;
        }

        response.Version++;
        response.SubmittedAt = at;
        response.SubmittedRevision = response.Revision;
        response.Mode = mode;
        db.Submissions.Add(new Submission { ResponseId = response.Id, Version = response.Version, Mode = mode, SubmittedAt = at, Content = content, ContentHash = hash, PrivacyVersion = privacyVersion });
        if (!isNew)
        {
            await db.Answers.Where(a => a.ResponseId == response.Id).ExecuteDeleteAsync(cancel);
        }

        if (response.Review is not ReviewState.SetAside)
        {
            var rows = sheet.ToAnswers(response.Id, response.RoundId, invitation.Region, questionnaire);
            if (counted is null)
            {
                db.Answers.AddRange(rows);
            }
            else
            {
                counted.AddRange(rows);
            }
        }

        var quotes = isNew ? [] : await db.Quotes.Where(q => q.ResponseId == response.Id).ToListAsync(cancel);
        var allowed = QuotesOf(response, sheet, questionnaire).ToDictionary(q => q.Point);
        foreach (var old in quotes)
        {
            if (!allowed.Remove(old.Point, out var now))
            {
                db.Quotes.Remove(old);
            }
            else if (old.Text != now.Text || old.Consent != now.Consent)
            {
                (old.Text, old.Shortened, old.Consent, old.Language, old.Review, old.ReviewReason) = (now.Text, null, now.Consent, now.Language, QuoteReview.Pending, null);
                // Written even where it was pending already: the office may be approving the old words at this moment.
                db.Entry(old).Property(q => q.Review).IsModified = true;
            }
        }

        db.Quotes.AddRange(allowed.Values);
        return true;
    }

    /// <summary>The quotes that a sheet's consents allow, all pending.</summary>
    public static IEnumerable<Quote> QuotesOf(SurveyResponse response, AnswerSheet sheet, Questionnaire questionnaire)
    {
        if (questionnaire.WithRole(QuestionRole.Example) is not { } example || questionnaire.WithRole(QuestionRole.Consent) is not { } consent)
        {
            yield break;
        }

        foreach (var (key, value) in sheet.Answers.Where(a => a.Key.Question == example.Key && a.Value.Text is not null))
        {
            QuoteConsent? given = sheet.Find(key.Point, consent.Key)?.Choices switch
            {
                [ConsentCodes.Anonymous] => QuoteConsent.WithoutName,
                [ConsentCodes.Named] => QuoteConsent.WithName,
                _ => null,
            };
            if (given is { } level)
            {
                yield return new Quote { ResponseId = response.Id, RoundId = response.RoundId, Point = key.Point, Question = key.Question, Text = value.Text!, Language = response.Language, Consent = level };
            }
        }
    }
}
