using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Web.Pages.Answer;

/// <summary>An answer that one sheet of a response holds otherwise than another, as two sendings of it do; null on the side where there is none.</summary>
public sealed record AnswerChange(SurveyPart Part, Question Question, AnswerValue? Was, AnswerValue? Now)
{
    /// <summary>The answers that differ, in the order of the survey.</summary>
    public static IEnumerable<AnswerChange> Of(RoundForm form, AnswerSheet before, AnswerSheet after)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return from part in form.Parts
               from question in part.Section.Questions
               let was = before.Find(part.PointSlug, question.Key)
               let now = after.Find(part.PointSlug, question.Key)
               where Json(was) != Json(now)
               select new AnswerChange(part, question, was, now);
    }

    private static string Json(AnswerValue? value) => value is null ? "" : AnswerSheet.Of([new(new("", ""), value)]).ToJson();
}
