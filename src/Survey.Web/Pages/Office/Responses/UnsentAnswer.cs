using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>An answer that is saved otherwise than it was sent; null on the side where there is none.</summary>
public sealed record UnsentAnswer(SurveyPart Part, Question Question, AnswerValue? Sent, AnswerValue? Draft)
{
    /// <summary>The answers that differ, in the order of the survey.</summary>
    public static IEnumerable<UnsentAnswer> Of(RoundForm form, AnswerSheet sent, AnswerSheet draft)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(draft);
        return from part in form.Parts
               from question in part.Section.Questions
               let was = sent.Find(part.PointSlug, question.Key)
               let now = draft.Find(part.PointSlug, question.Key)
               where Json(was) != Json(now)
               select new UnsentAnswer(part, question, was, now);
    }

    private static string Json(AnswerValue? value) => value is null ? "" : AnswerSheet.Of([new(new("", ""), value)]).ToJson();
}
