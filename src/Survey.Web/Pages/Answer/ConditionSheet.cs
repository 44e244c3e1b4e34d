using System.Security.Cryptography;
using System.Text;
using Survey.Domain.Questionnaires;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// A questionnaire's conditions as a style sheet: the box of a question is not displayed until its condition holds in the form, without any script, and what hangs
/// on a hidden question is hidden with it. A browser that does not know <c>:has()</c> shows every question with the words "only if". A condition on a
/// question of another page is no part of it: there the server leaves the question out.
/// </summary>
public sealed class ConditionSheet
{
    private readonly Dictionary<string, string> _classes = new(StringComparer.Ordinal);

    public ConditionSheet(Questionnaire questionnaire)
    {
        ArgumentNullException.ThrowIfNull(questionnaire);
        var conditions = new List<string>();
        foreach (var section in questionnaire.Sections)
        {
            foreach (var question in section.Questions)
            {
                var numbers = new List<int>();
                for (var at = question; at.When is { } when && Asked(section, when) is { } asked; at = asked)
                {
                    var met = Met(asked, when.AnyOf);
                    if (!conditions.Contains(met))
                    {
                        conditions.Add(met);
                    }

                    numbers.Add(conditions.IndexOf(met) + 1);
                }

                _classes[question.Key] = string.Join(' ', numbers.Select(n => $"when-{n}"));
            }
        }

        Css = conditions.Count == 0 ? "" : Sheet(conditions);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))[..10];
    }

    /// <summary>The style sheet; empty where the questionnaire has no conditions.</summary>
    public string Css { get; }

    /// <summary>What names these bytes in the sheet's address.</summary>
    public string Hash { get; }

    /// <summary>The classes of a question's box; empty when it is always asked.</summary>
    public string ClassesOf(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return _classes.GetValueOrDefault(question.Key, "");
    }

    /// <summary>The question that a condition names, where it stands on the same page.</summary>
    public static Question? Asked(Section section, Condition when)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(when);
        return section.Questions.FirstOrDefault(q => q.Key == when.Question);
    }

    private static string Sheet(List<string> conditions)
    {
        var css = new StringBuilder("@supports selector(:has(*)) {\n");
        for (var i = 0; i < conditions.Count; i++)
        {
            css.Append(FormattableString.Invariant($"#answers:not(:has({conditions[i]})) .when-{i + 1} {{ display: none; }}\n.when-{i + 1} > .when {{ display: none; }}\n"));
        }

        return css.Append("}\n").ToString();
    }

    /// <summary>A selector for the controls that make the condition hold.</summary>
    private static string Met(Question asked, IReadOnlyList<string> anyOf)
    {
        var name = $"[name={Quoted(AnswerForm.Prefix + asked.Key)}]";
        var values = anyOf.Count == 0 ? "" : $":is({string.Join(", ", anyOf.Select(c => $"[value={Quoted(c)}]"))})";
        return asked.Kind switch
        {
            QuestionKind.OneChoice or QuestionKind.Scale or QuestionKind.SeveralChoices or QuestionKind.Countries or QuestionKind.Points => $"{name}{values}:checked",
            QuestionKind.Country => $"{name} option{(values.Length > 0 ? values : ":not([value=\"\"])")}:checked",
            // Their placeholder is a space: what is not showing it has been filled in.
            QuestionKind.Number or QuestionKind.ShortText or QuestionKind.LongText => $"{name}:not(:placeholder-shown)",
            _ => throw new ArgumentOutOfRangeException(nameof(asked), asked.Kind, "A question kind on which no condition can be shown."),
        };
    }

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

}
