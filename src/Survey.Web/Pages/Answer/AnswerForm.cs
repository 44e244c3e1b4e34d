using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// Between a page's fields and answers. A field is named <c>q-KEY</c>; the page names each question that it shows in <c>on</c>, so that a question left
/// empty is told from one that was not on the page. A prefilled fact counts as answered only when it was confirmed or changed.
/// </summary>
public static class AnswerForm
{
    /// <summary>Names of fields: the questions on the page, what the page was made from and when, what to do after saving.</summary>
    public const string On = "on", BasedOn = "based-on", Loaded = "loaded", Then = "then", Prefix = "q-", Confirm = "sure-", Offered = "offered-";

    /// <summary>Names of further fields: the form's token, the round and the language of its page, and that the page has asked once to confirm its facts.</summary>
    public const string Token = "form", Round = "round", Language = "language", Unsure = "unsure";

    /// <summary>The field by which a page says that it shows a colleague's words beside those that were typed.</summary>
    public const string Both = "both";

    /// <summary>Value of <see cref="Then"/>: save, then end the session and clear the browser.</summary>
    public const string Finish = "finish";

    /// <summary>What was typed, checked for its kind; codes and lengths are left to <see cref="AnswerSheet.Check"/>.</summary>
    public static TypedAnswers Read(SurveyPart part, IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(form);
        var on = form[On].ToHashSet();
        var answers = new Dictionary<AnswerKey, AnswerValue>();
        var problems = new List<Problem>();
        foreach (var question in part.Section.Questions.Where(q => on.Contains(q.Key)))
        {
            var key = new AnswerKey(part.PointSlug, question.Key);
            answers[key] = Value(question, form[Prefix + question.Key], key, problems);
            if (question.IsPrefilled && !form.ContainsKey(Confirm + question.Key) && form.TryGetValue(Offered + question.Key, out var offered) && offered == Code(answers[key]))
            {
                answers[key] = new([]);
            }
        }

        return new(answers, problems);
    }

    private static AnswerValue Value(Question question, StringValues given, AnswerKey key, List<Problem> problems)
    {
        var texts = given.Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => DoorText.Clean(v!).Trim()).Where(v => v.Length > 0).Distinct().ToList();
        switch (question.Kind)
        {
            case QuestionKind.OneChoice or QuestionKind.Scale or QuestionKind.Country or QuestionKind.SeveralChoices or QuestionKind.Countries or QuestionKind.Points:
                return new(texts);
            case QuestionKind.ShortText or QuestionKind.LongText:
                return texts.Count == 0 ? new([]) : AnswerValue.OfText(texts[0]);
            case QuestionKind.Number:
                if (texts.Count == 0)
                {
                    return new([]);
                }

                if (Number(texts[0]) is { } number)
                {
                    return new([], number);
                }

                problems.Add(IsAmbiguous(texts[0])
                    ? new(key.ToString(), "answer.ambiguous-number", "A mark and three digits: thousands for some, decimals for others.")
                    : new(key.ToString(), "answer.bad-number", "Not a number."));
                return new([], null, texts[0]);
            default:
                throw new ArgumentOutOfRangeException(nameof(question), question.Kind, "A question kind without a field.");
        }
    }

    /// <summary>A number as people type it: with Arabic-Indic or Persian digits, with a comma, a point or an Arabic mark before the decimals, with spaces between thousands. Null for what is no number, and for what two people may read as two numbers.</summary>
    public static double? Number(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        if (IsAmbiguous(typed))
        {
            return null;
        }

        var digits = new StringBuilder(typed.Length);
        foreach (var c in typed)
        {
            if (c is '\u066B' or ',')
            {
                digits.Append('.');
            }
            else if (CharUnicodeInfo.GetDecimalDigitValue(c) is var digit and >= 0)
            {
                digits.Append((char)('0' + digit));
            }
            else if (c is not ('\u066C' or ' ' or '\u00A0' or '\u202F'))
            {
                digits.Append(c);
            }
        }

        return double.TryParse(digits.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Whether the number is written as one to three digits, a comma or a point, and three digits: 1,500 is 1500 in English and 1.5 in French. Not so after a leading zero.</summary>
    public static bool IsAmbiguous(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var at = typed.IndexOfAny([',', '.']);
        return at is >= 1 and <= 3 && typed.Length == at + 4
            && typed.Remove(at, 1).All(c => CharUnicodeInfo.GetDecimalDigitValue(c) >= 0) && CharUnicodeInfo.GetDecimalDigitValue(typed[0]) > 0;
    }

    /// <summary>The single code of a value, or all of them in order.</summary>
    public static string Code(AnswerValue? value) => value is null ? "" : string.Join(' ', value.Choices.Order(StringComparer.Ordinal));
}

/// <summary>What a page's form held: a value, perhaps empty, for each question on it, and what could not be read.</summary>
public sealed record TypedAnswers(IReadOnlyDictionary<AnswerKey, AnswerValue> Answers, IReadOnlyList<Problem> Problems)
{
    /// <summary>The same without the questions that have one of these problems: what is stored of them stays.</summary>
    public TypedAnswers Without(IReadOnlyList<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Count == 0 ? this : new(Answers.Where(a => problems.All(p => p.Where != a.Key.ToString())).ToDictionary(a => a.Key, a => a.Value), []);
    }
}
