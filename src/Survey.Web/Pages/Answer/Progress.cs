using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Web.Pages.Answer;

/// <summary>How far a response has come: which parts are done, what is left out. A question that the other answers skip is never missing.</summary>
public sealed record Progress(IReadOnlyList<PartProgress> Parts)
{
    /// <summary>Whether everything that must be answered is.</summary>
    public bool IsReady => Parts.All(p => p.Missing.All(q => !q.IsRequired));

    /// <summary>Parts that are done.</summary>
    public int Done => Parts.Count(p => p.State is PartState.Done);

    public static Progress Of(RoundForm form, AnswerSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(sheet);
        var applicable = sheet.Applicable(form.Questionnaire);
        return new([.. form.Parts.Select(part => Of(part, form.Questionnaire, sheet, applicable))]);
    }

    /// <summary>How far one part has come; <paramref name="sheet"/> must hold the part's point and the answers outside the points.</summary>
    public static PartState Of(SurveyPart part, RoundForm form, AnswerSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(sheet);
        return Of(part, form.Questionnaire, sheet, sheet.Applicable(form.Questionnaire)).State;
    }

    private static PartProgress Of(SurveyPart part, Questionnaire questionnaire, AnswerSheet sheet, AnswerSheet applicable)
    {
        var missing = part.Section.Questions.Where(q => applicable.Find(part.PointSlug, q.Key) is null && IsAsked(q, part.PointSlug, questionnaire, applicable)).ToList();
        var isStarted = part.Section.Questions.Any(q => sheet.Find(part.PointSlug, q.Key) is not null);
        var progress = new PartProgress(part, PartState.NotStarted, missing);
        return !isStarted ? progress : progress with { State = progress.Open.Count > 0 ? PartState.Started : PartState.Done };
    }

    /// <summary>Whether a question applies, given the other answers.</summary>
    public static bool IsAsked(Question question, string point, Questionnaire questionnaire, AnswerSheet applicable)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(applicable);
        ArgumentNullException.ThrowIfNull(questionnaire);
        if (question.When is not { } when)
        {
            return true;
        }

        var other = questionnaire.Question(when.Question);
        var where = other is not null && questionnaire.IsPerPoint(other) ? point : "";
        return applicable.Find(where, when.Question) is { } given && (when.AnyOf.Count == 0 || given.Choices.Any(when.AnyOf.Contains));
    }
}

/// <summary>A part's state, and which of its questions are asked and not answered.</summary>
public sealed record PartProgress(SurveyPart Part, PartState State, IReadOnlyList<Question> Missing)
{
    /// <summary>
    /// The missing ones that keep the part from being done: what must be answered, and ratings, since "don't know" is an answer to them.
    /// Everything else may stay empty; the contents page counts it beside.
    /// </summary>
    public IReadOnlyList<Question> Open => [.. Missing.Where(q => q.IsRequired || q.Kind is QuestionKind.Scale)];
}

/// <summary>How far a part has come.</summary>
public enum PartState { NotStarted, Started, Done }
