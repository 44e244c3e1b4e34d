using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Web.Pages.Answer;

/// <summary>A question on its page, with what its field holds.</summary>
public sealed record QuestionView(Question Question, PartModel Page)
{
    /// <summary>The field's name, and the id of its first control.</summary>
    public string Field => AnswerForm.Prefix + Question.Key;

    /// <summary>Whether the field shows a fact that is still to be confirmed.</summary>
    public bool IsOffered => Page.ValueOf(Question) is null && Page.Offered.ContainsKey(Question.Key);

    /// <summary>What the field holds: what was answered, else the fact to confirm.</summary>
    public AnswerValue? Value => Page.ValueOf(Question) ?? Page.Offered.GetValueOrDefault(Question.Key);

    /// <summary>The country that the organisation mainly works in, as its own field holds it; it is not offered among the others.</summary>
    public string? MainCountry => Page.Form.Questionnaire.WithRole(QuestionRole.Country) is { } main
        && (Page.ValueOf(main) ?? Page.Offered.GetValueOrDefault(main.Key)) is { Choices: [var country, ..] } ? country : null;

    /// <summary>What a colleague saved meanwhile, where it is something else.</summary>
    public AnswerValue? Theirs
    {
        get
        {
            var stored = Page.Theirs?.Find(Page.Part.PointSlug, Question.Key);
            return Page.Theirs is null || AnswerForm.Code(stored) == AnswerForm.Code(Value) && stored?.Text == Value?.Text && stored?.Number == Value?.Number ? null : stored ?? new([]);
        }
    }

    /// <summary>
    /// The first of the questions in a row that are asked under one condition; the page says the condition once, before it. The question itself where it has none.
    /// </summary>
    public Question ConditionStart
    {
        get
        {
            var questions = Page.Part.Section.Questions;
            var first = Question;
            for (var i = questions.ToList().IndexOf(Question) - 1; i >= 0 && IsSame(questions[i].When, Question.When); i--)
            {
                first = questions[i];
            }

            return first;
        }
    }

    /// <summary>
    /// The classes by which the condition sheet hides the question's box; none where it must be seen whatever its condition says, because something is wrong with it
    /// or a colleague's words stand beside it.
    /// </summary>
    public string Conditions => Page.ProblemOf(Question) is null && Theirs is null ? Page.Form.Conditions.ClassesOf(Question) : "";

    /// <summary>What was said to the question in an earlier round, in words; null unless it is answered this time.</summary>
    public string? EarlierWords(Localization.PageTexts texts) => Page.Earlier?.Words(texts, Page.Part, Question);

    private static bool IsSame(Condition? a, Condition? b) => a is not null && b is not null && a.Question == b.Question && a.AnyOf.SequenceEqual(b.AnyOf);

    /// <summary>Whether the choice is picked.</summary>
    public bool Holds(string code) => Value?.Choices.Contains(code) == true;
}
