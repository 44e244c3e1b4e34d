using Microsoft.EntityFrameworkCore;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// The office's word on a sent response. <c>Answers</c> holds exactly what counts, so setting a response aside takes its rows out in the same transaction, and
/// taking it in again puts those of what was sent last back.
/// </summary>
public static class ResponseReview
{
    /// <summary>Judges the response of a change; the caller commits. What is judged as it was already changes nothing but who spoke last.</summary>
    public static async Task JudgeAsync(SurveyDb db, ResponseChange change, Questionnaire questionnaire, ReviewState review, string? reason, string actor, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(change);
        var response = change.Response;
        var counted = response.Counts;
        response.Judge(review, reason, actor, at);
        if (counted && !response.Counts)
        {
            await db.Answers.Where(a => a.ResponseId == response.Id).ExecuteDeleteAsync(cancel);
        }
        else if (!counted && response.Counts)
        {
            db.Answers.AddRange((await change.SentAsync(cancel)).ToAnswers(response.Id, response.RoundId, change.Invitation.Region, questionnaire));
        }

        db.Record(at, actor, Actions[review], $"response:{response.Id}", reason);
    }

    private static readonly Dictionary<ReviewState, string> Actions = new()
    {
        [ReviewState.Unread] = "response.take-in",
        [ReviewState.Accepted] = "response.accept",
        [ReviewState.HasQuestion] = "response.ask",
        [ReviewState.SetAside] = "response.set-aside",
    };
}
