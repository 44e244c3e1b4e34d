using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;

namespace Survey.Testing.Site;

/// <summary>A sheet in which every question of a round is answered: the first choices, and texts of their full length.</summary>
public static class FullAnswers
{
    /// <summary>The sheet; long texts begin with <paramref name="words"/> and are filled up with them.</summary>
    public static AnswerSheet Of(RoundDefinition definition, string words)
    {
        var answers = new List<KeyValuePair<AnswerKey, AnswerValue>>();
        foreach (var section in definition.Questionnaire.Sections)
        {
            foreach (var point in section.IsPerPoint ? definition.Points : [""])
            {
                answers.AddRange(section.Questions.Select(q => KeyValuePair.Create(new AnswerKey(point, q.Key), Value(q, definition, words))));
            }
        }

        return AnswerSheet.Of(answers).Applicable(definition.Questionnaire);
    }

    private static AnswerValue Value(Question question, RoundDefinition definition, string words) => question.Kind switch
    {
        QuestionKind.OneChoice or QuestionKind.Scale => question.Role is QuestionRole.Consent ? AnswerValue.Of(ConsentCodes.Named) : AnswerValue.Of(question.Choices[0].Code),
        QuestionKind.SeveralChoices => AnswerValue.Of([.. question.Choices.Take(question.Maximum ?? 9).Select(c => c.Code)]),
        QuestionKind.Country => AnswerValue.Of("SN"),
        QuestionKind.Countries => AnswerValue.Of("ML", "GM"),
        QuestionKind.Points => AnswerValue.Of([.. definition.Points.Take(question.Maximum ?? 9)]),
        QuestionKind.Number => new([], 12),
        QuestionKind.ShortText or QuestionKind.LongText => AnswerValue.OfText(Filled(words, question.Maximum ?? 200)),
        _ => throw new ArgumentOutOfRangeException(nameof(question), question.Kind, "A question kind without an answer."),
    };

    private static string Filled(string words, int length) => string.Join(' ', Enumerable.Repeat(words, Math.Max(1, length / (words.Length + 1))));
}
