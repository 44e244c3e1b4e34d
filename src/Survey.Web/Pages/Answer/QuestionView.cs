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

    /// <summary>What a colleague saved meanwhile, where it is something else.</summary>
    public AnswerValue? Theirs
    {
        get
        {
            var stored = Page.Theirs?.Find(Page.Part.PointSlug, Question.Key);
            return Page.Theirs is null || AnswerForm.Code(stored) == AnswerForm.Code(Value) && stored?.Text == Value?.Text && stored?.Number == Value?.Number ? null : stored ?? new([]);
        }
    }

    /// <summary>Whether the choice is picked.</summary>
    public bool Holds(string code) => Value?.Choices.Contains(code) == true;
}
