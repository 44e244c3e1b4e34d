using Survey.Domain.Responses;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>
/// What the office sees of answers that were saved and not sent: that they are there, when the last was saved, and how many parts are done. Never an answer: words that a member
/// has not sent are its own.
/// </summary>
public sealed record UnsentDraft(DateTime ChangedAt, int Done, int Parts)
{
    /// <summary>The draft of a response; null where it says what was sent, or nothing.</summary>
    public static UnsentDraft? Of(SurveyResponse response, RoundForm form, AnswerSheet sent, AnswerSheet draft)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(draft);
        if (draft.Applicable(form.Questionnaire).Hash() == sent.Hash())
        {
            return null;
        }

        var progress = Progress.Of(form, draft);
        return new(response.ChangedAt, progress.Done, progress.Parts.Count);
    }
}
