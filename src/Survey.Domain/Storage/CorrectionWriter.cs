using Microsoft.EntityFrameworkCore;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// Puts one answer of a sent response right, as a new version, and undoes that. Words and permissions are the member's own and are never corrected, nor are lists of countries, which nothing counts.
/// A quote that the new answer skips is kept with the correction and comes back with the undo (<see cref="KeptQuote"/>); a permission comes back no further than the member's word goes today. The draft
/// follows where the member has not changed that answer since, so that sending again does not bring the slip back; what was unsent stays unsent, and when the
/// response was sent, whether it was late and what the office said of it stay too.
/// </summary>
public static class CorrectionWriter
{
    /// <summary>Whether the office may correct answers to this question.</summary>
    public static bool MayCorrect(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.Role is not (QuestionRole.Consent or QuestionRole.Listing) && question.Kind is not (QuestionKind.ShortText or QuestionKind.LongText or QuestionKind.Countries);
    }

    /// <summary>Corrects one answer; the caller commits. False where the response says so already, or nothing was sent.</summary>
    public static async Task<bool> CorrectAsync(SurveyDb db, ResponseChange change, Questionnaire questionnaire, AnswerKey key, AnswerValue value, string reason, string actor, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(key);
        var sent = await change.SentAsync(cancel);
        var now = AnswerSheet.Of([.. sent.Answers, new(key, value)]).Applicable(questionnaire);
        if (change.Response.Version == 0 || now.Hash() == sent.Hash())
        {
            return false;
        }

        var before = AnswerSheet.Of(sent.Answers.Where(a => a.Key == key || now.Find(a.Key.Point, a.Key.Question) is null));
        var after = AnswerSheet.Of([new(key, value)]);
        var lost = await LostQuotesAsync(db, change.Response, now, questionnaire, cancel);
        await SendAsync(db, change, questionnaire, sent, now, [key], at, cancel);
        db.Corrections.Add(new Correction
        {
            ResponseId = change.Response.Id,
            Point = key.Point,
            Question = key.Question,
            Before = before.ToJson(),
            After = after.ToJson(),
            Quotes = KeptQuote.ToJson(lost),
            Version = change.Response.Version,
            Reason = reason,
            CorrectedBy = actor,
            CorrectedAt = at,
        });
        db.Record(at, actor, "response.correct", $"response:{change.Response.Id}/{key}", reason);
        return true;
    }

    /// <summary>Undoes a correction; the caller commits. False where it was undone already, or the answer is not the corrected one any more.</summary>
    public static async Task<bool> UndoAsync(SurveyDb db, ResponseChange change, Questionnaire questionnaire, long id, string actor, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(change);
        if (await db.Corrections.SingleOrDefaultAsync(c => c.Id == id && c.ResponseId == change.Response.Id && c.UndoneAt == null, cancel) is not { } correction)
        {
            return false;
        }

        var sent = await change.SentAsync(cancel);
        var key = new AnswerKey(correction.Point, correction.Question);
        if (!IsSame(sent, AnswerSheet.FromJson(correction.After), key))
        {
            return false;
        }

        // What the member has answered meanwhile is newer than what the correction had skipped.
        var before = await AllowedTodayAsync(db, correction, questionnaire, cancel);
        var then = AnswerSheet.Of([.. before, .. sent.Answers.Where(a => a.Key != key)]).Applicable(questionnaire);
        await SendAsync(db, change, questionnaire, sent, then, [key], at, cancel);
        await RestoreQuotesAsync(db, correction, cancel);
        (correction.UndoneBy, correction.UndoneAt, correction.Quotes) = (actor, at, null);
        db.Record(at, actor, "response.undo-correction", $"response:{change.Response.Id}/{key}");
        return true;
    }

    /// <summary>The response's quotes that <paramref name="now"/> allows no more, as they stand.</summary>
    private static async Task<List<KeptQuote>> LostQuotesAsync(SurveyDb db, SurveyResponse response, AnswerSheet now, Questionnaire questionnaire, CancellationToken cancel)
    {
        var stay = SubmissionWriter.QuotesOf(response, now, questionnaire).Select(q => q.Point).ToHashSet();
        var lost = (await db.Quotes.AsNoTracking().Where(q => q.ResponseId == response.Id).OrderBy(q => q.Point).ToListAsync(cancel)).Where(q => !stay.Contains(q.Point)).ToList();
        var ids = lost.ConvertAll(q => q.Id);
        var translations = (await db.QuoteTranslations.AsNoTracking().Where(t => ids.Contains(t.QuoteId)).ToListAsync(cancel)).ToLookup(t => t.QuoteId);
        return lost.ConvertAll(q => KeptQuote.Of(q, translations[q.Id]));
    }

    /// <summary>Gives the quotes that came back with an undo what the correction kept of them.</summary>
    private static async Task RestoreQuotesAsync(SurveyDb db, Correction correction, CancellationToken cancel)
    {
        var came = db.ChangeTracker.Entries<Quote>().Where(e => e.State is EntityState.Added && e.Entity.ResponseId == correction.ResponseId).Select(e => e.Entity).ToList();
        var restored = (from kept in KeptQuote.FromJson(correction.Quotes) from quote in came where kept.Restore(quote) select (Kept: kept, Quote: quote)).ToList();
        if (restored.Count > 0)
        {
            // The translations need the quotes' ids.
            await db.SaveChangesAsync(cancel);
            db.QuoteTranslations.AddRange(restored.SelectMany(r => r.Kept.TranslationsOf(r.Quote.Id)));
        }
    }

    /// <summary>
    /// What the correction had changed or skipped, its permissions no wider than the member allows today: one that was withdrawn since stays withdrawn, and where the draft says less, that counts, though
    /// it is not sent. A draft in which the skipped answers are no more says nothing.
    /// </summary>
    private static async Task<List<KeyValuePair<AnswerKey, AnswerValue>>> AllowedTodayAsync(SurveyDb db, Correction correction, Questionnaire questionnaire, CancellationToken cancel)
    {
        var draft = AnswerSheet.FromDraft(await db.DraftAnswers.AsNoTracking().Where(a => a.ResponseId == correction.ResponseId).ToListAsync(cancel));
        var withdrawn = await ConsentWithdrawal.SinceAsync(db, correction.ResponseId, correction.CorrectedAt, cancel);
        var example = questionnaire.WithRole(QuestionRole.Example)?.Key ?? "";
        return AnswerSheet.FromJson(correction.Before).Answers.ToList().ConvertAll(answer =>
        {
            string[]? levels = questionnaire.Question(answer.Key.Question)?.Role switch
            {
                QuestionRole.Consent => [ConsentCodes.None, ConsentCodes.Anonymous, ConsentCodes.Named],
                QuestionRole.Listing => [ListingCodes.No, ListingCodes.Yes],
                _ => null,
            };
            if (levels is null)
            {
                return answer;
            }

            int LevelOf(AnswerValue? value) => Math.Max(0, Array.IndexOf(levels, value is { Choices: [var choice, ..] } ? choice : ""));
            var now = draft.Find(answer.Key.Point, answer.Key.Question);
            var most = withdrawn.Contains(answer.Key.Point) ? 0
                : now is not null || draft.Find(answer.Key.Point, example) is not null ? LevelOf(now) : levels.Length - 1;
            return most < LevelOf(answer.Value) ? new(answer.Key, AnswerValue.Of(levels[most])) : answer;
        });
    }

    private static async Task SendAsync(SurveyDb db, ResponseChange change, Questionnaire questionnaire, AnswerSheet from, AnswerSheet to, IReadOnlyList<AnswerKey> keys, DateTime at, CancellationToken cancel)
    {
        var response = change.Response;
        var (isUnsent, sentRevision, sentAt, mode) = (response.HasUnsentChanges, response.SubmittedRevision, response.SubmittedAt, response.Mode);
        var privacy = await db.Submissions.Where(s => s.ResponseId == response.Id && s.Version == response.Version).Select(s => s.PrivacyVersion).SingleAsync(cancel);
        await SubmissionWriter.SubmitAsync(db, response, change.Invitation, to, questionnaire, mode, at, privacy, cancel);
        var draft = AnswerSheet.FromDraft(await db.DraftAnswers.AsNoTracking().Where(a => a.ResponseId == response.Id).ToListAsync(cancel));
        foreach (var key in keys.Where(k => IsSame(draft, from, k)))
        {
            await db.DraftAnswers.Where(a => a.ResponseId == response.Id && a.Point == key.Point && a.Question == key.Question).ExecuteDeleteAsync(cancel);
            if (to.Find(key.Point, key.Question) is { } value)
            {
                db.DraftAnswers.AddRange(AnswerSheet.Of([new(key, value)]).ToDraft(response.Id, questionnaire));
            }
        }

        response.SubmittedAt = sentAt;
        response.Revision++;
        response.SubmittedRevision = isUnsent ? sentRevision : response.Revision;
    }

    private static bool IsSame(AnswerSheet one, AnswerSheet other, AnswerKey key) => Only(one, key) == Only(other, key);

    private static string Only(AnswerSheet sheet, AnswerKey key) => AnswerSheet.Of(sheet.Answers.Where(a => a.Key == key)).ToJson();
}
