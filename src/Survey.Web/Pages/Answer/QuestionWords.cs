using System.Globalization;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>Answers and what is wrong with them, in the words of the page's language.</summary>
public static class QuestionWords
{
    /// <summary>What is wrong with an answer and what to do.</summary>
    public static string Problem(PageTexts texts, Problem problem, Question question, AnswerValue? value)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(question);
        var title = question.ShortTitle.In(texts.Language);
        return problem.Code switch
        {
            "answer.too-long" => texts.Plural("problem.tooLong", question.Maximum ?? 0, ("title", title), ("length", DoorText.Length(value?.Text ?? ""))),
            "answer.too-many" => texts.Plural("problem.tooMany", question.Maximum ?? 1, ("title", title)),
            "answer.ambiguous-number" => texts["problem.ambiguousNumber", ("title", title), ("typed", value?.Text ?? "")],
            "answer.bad-number" => texts["problem.number", ("title", title)],
            _ => texts["problem.unknown", ("title", title)],
        };
    }

    /// <summary>An answer as a person reads it; free text as typed.</summary>
    public static string Value(PageTexts texts, RoundForm form, Question question, AnswerValue value)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(value);
        return question.Kind switch
        {
            QuestionKind.OneChoice or QuestionKind.Scale or QuestionKind.SeveralChoices =>
                texts.Catalogue.List([.. question.Choices.Where(c => value.Choices.Contains(c.Code)).Select(c => c.Label.In(texts.Language))]),
            QuestionKind.Country or QuestionKind.Countries => texts.Catalogue.List([.. value.Choices.Select(c => form.Places.CountryName(c, texts.Language))]),
            QuestionKind.Points => texts.Catalogue.List([.. form.Points.Where(p => value.Choices.Contains(p.Slug)).Select(p => p.ShortTitle.In(texts.Language))]),
            QuestionKind.Number => value.Number?.ToString(CultureInfo.InvariantCulture) ?? "",
            QuestionKind.ShortText or QuestionKind.LongText => value.Text ?? "",
            _ => throw new ArgumentOutOfRangeException(nameof(question), question.Kind, "A question kind without words."),
        };
    }

    /// <summary>When the question is to be answered at all, or null when always.</summary>
    public static string? Condition(PageTexts texts, RoundForm form, Question question)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(question);
        if (question.When is not { } when || form.Questionnaire.Question(when.Question) is not { } other)
        {
            return null;
        }

        var title = other.ShortTitle.In(texts.Language);
        var choices = when.AnyOf.Select(code => other.Choice(code)?.Label.In(texts.Language) ?? code).ToList();
        return choices.Count == 0 ? texts["member.onlyIfAny", ("title", title)] : texts["member.onlyIf", ("title", title), ("choices", string.Join(" / ", choices))];
    }
}
