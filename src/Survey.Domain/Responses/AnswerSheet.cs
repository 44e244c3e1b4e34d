using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Survey.Domain.Questionnaires;

namespace Survey.Domain.Responses;

/// <summary>
/// One response's answers as a plain value, however they came in (browser, import, sample), in the order point, question.
/// <see cref="Check"/> says what the questionnaire does not allow; <see cref="Applicable"/> leaves out what its conditions skip;
/// only then do the answers become rows.
/// </summary>
public sealed class AnswerSheet
{
    private readonly SortedDictionary<AnswerKey, AnswerValue> values;

    private AnswerSheet(SortedDictionary<AnswerKey, AnswerValue> values) => this.values = values;

    /// <summary>A sheet of these answers; empty ones are left out, a later one for the same key replaces an earlier.</summary>
    public static AnswerSheet Of(IEnumerable<KeyValuePair<AnswerKey, AnswerValue>> answers)
    {
        var values = new SortedDictionary<AnswerKey, AnswerValue>(AnswerKey.Order);
        foreach (var (key, value) in answers)
        {
            values.Remove(key);
            if (!value.IsEmpty)
            {
                values[key] = value;
            }
        }

        return new(values);
    }

    /// <summary>The answers, ordered by point and question.</summary>
    public IReadOnlyCollection<KeyValuePair<AnswerKey, AnswerValue>> Answers => values;

    /// <summary>The answer to a question (of a point, or of none with an empty slug), or null.</summary>
    public AnswerValue? Find(string point, string question) => values.GetValueOrDefault(new AnswerKey(point, question));

    /// <summary>
    /// Every answer that the questionnaire does not allow: an unknown question, point, choice or country, too many choices, a text too long, a number out of range.
    /// <paramref name="points"/> are the slugs that the round asks. Where is <c>point/question</c>.
    /// </summary>
    public IReadOnlyList<Problem> Check(Questionnaire questionnaire, IReadOnlyCollection<string> points, Func<string, bool> isCountry)
    {
        var problems = new List<Problem>();
        foreach (var (key, value) in values)
        {
            var where = key.ToString();
            if (questionnaire.Question(key.Question) is not { } question)
            {
                problems.Add(new(where, "answer.unknown-question", $"The questionnaire has no question '{key.Question}'."));
                continue;
            }

            if (questionnaire.IsPerPoint(question) ? !points.Contains(key.Point) : key.Point.Length > 0)
            {
                problems.Add(new(where, "answer.unknown-point", $"The round does not ask '{key.Question}' of '{key.Point}'."));
                continue;
            }

            problems.AddRange(CheckValue(where, question, value, points, isCountry));
        }

        return problems;
    }

    private static IEnumerable<Problem> CheckValue(string where, Question question, AnswerValue value, IReadOnlyCollection<string> points, Func<string, bool> isCountry)
    {
        var known = question.Kind switch
        {
            QuestionKind.OneChoice or QuestionKind.Scale or QuestionKind.SeveralChoices => code => question.Choice(code) is not null,
            QuestionKind.Country or QuestionKind.Countries => isCountry,
            QuestionKind.Points => points.Contains,
            QuestionKind.Number or QuestionKind.ShortText or QuestionKind.LongText => (Func<string, bool>)(_ => false),
            _ => throw new ArgumentOutOfRangeException(nameof(question), question.Kind, "A question kind without a check."),
        };
        foreach (var code in value.Choices.Where(c => !known(c)))
        {
            yield return new(where, "answer.unknown-choice", $"'{code}' is not a choice of '{question.Key}'.");
        }

        var most = TakesSeveral(question.Kind) ? question.Maximum ?? int.MaxValue : 1;
        if (value.Choices.Count > most)
        {
            yield return new(where, "answer.too-many", $"At most {most} may be chosen for '{question.Key}'; {value.Choices.Count} are.");
        }

        if (value.Text is { } text)
        {
            if (question.Kind is not (QuestionKind.ShortText or QuestionKind.LongText))
            {
                yield return new(where, "answer.no-text", $"'{question.Key}' takes no text.");
            }
            else if (question.Maximum is { } longest && DoorText.Length(text) > longest)
            {
                yield return new(where, "answer.too-long", $"'{question.Key}' may be {longest} characters long; this is {DoorText.Length(text)}.");
            }
        }

        if (value.Number is { } number && (question.Kind is not QuestionKind.Number || number < 0 || number > (question.Maximum ?? double.MaxValue) || !double.IsFinite(number)))
        {
            yield return new(where, "answer.bad-number", $"{number.ToString(CultureInfo.InvariantCulture)} is not a number that '{question.Key}' takes.");
        }
    }

    /// <summary>Whether the kind holds a list of choices.</summary>
    public static bool TakesSeveral(QuestionKind kind) => kind is QuestionKind.SeveralChoices or QuestionKind.Countries or QuestionKind.Points;

    /// <summary>This sheet without the answers to questions that its other answers skip.</summary>
    public AnswerSheet Applicable(Questionnaire questionnaire)
    {
        var kept = new SortedDictionary<AnswerKey, AnswerValue>(AnswerKey.Order);
        // In the questionnaire's order, so that a skipped question skips what hangs on it.
        foreach (var question in questionnaire.Questions)
        {
            foreach (var (key, value) in values.Where(v => v.Key.Question == question.Key))
            {
                if (question.When is { } when)
                {
                    var asked = questionnaire.Question(when.Question);
                    var point = asked is not null && questionnaire.IsPerPoint(asked) ? key.Point : "";
                    if (!kept.TryGetValue(new AnswerKey(point, when.Question), out var given) || (when.AnyOf.Count > 0 && !given.Choices.Any(when.AnyOf.Contains)))
                    {
                        continue;
                    }
                }

                kept[key] = value;
            }
        }

        return new(kept);
    }

    /// <summary>The rows of a draft.</summary>
    public IEnumerable<DraftAnswer> ToDraft(long responseId, Questionnaire questionnaire) =>
        from answer in values
        from row in Rows(answer.Key, answer.Value, questionnaire)
        select new DraftAnswer { ResponseId = responseId, Point = answer.Key.Point, Question = answer.Key.Question, Slot = row.Slot, Choice = row.Choice, Number = row.Number, Text = row.Text };

    /// <summary>The counted rows, with the base row of each question that takes several choices.</summary>
    public IEnumerable<Answer> ToAnswers(long responseId, int roundId, string region, Questionnaire questionnaire)
    {
        foreach (var (key, value) in values)
        {
            if (value.Choices.Count > 0 && questionnaire.Question(key.Question) is { } question && TakesSeveral(question.Kind))
            {
                yield return Row("", Answer.Answered, null, null);
            }

            foreach (var row in Rows(key, value, questionnaire))
            {
                yield return Row(row.Slot, row.Choice, row.Number, row.Text);
            }

            Answer Row(string slot, string choice, double? number, string? text) => new()
            {
                ResponseId = responseId,
                RoundId = roundId,
                Region = region,
                Point = key.Point,
                Question = key.Question,
                Slot = slot,
                Choice = choice,
                Number = number,
                Text = text,
            };
        }
    }

    private static IEnumerable<(string Slot, string Choice, double? Number, string? Text)> Rows(AnswerKey key, AnswerValue value, Questionnaire questionnaire) =>
        questionnaire.Question(key.Question) is { } question && TakesSeveral(question.Kind)
            ? value.Choices.Order(StringComparer.Ordinal).Distinct().Select(c => (c, c, (double?)null, (string?)null))
            : [("", value.Choices is [var only, ..] ? only : "", value.Number, value.Text)];

    /// <summary>The sheet that these draft rows hold.</summary>
    public static AnswerSheet FromDraft(IEnumerable<DraftAnswer> rows) =>
        Of(from row in rows
           group row by new AnswerKey(row.Point, row.Question) into answer
           select KeyValuePair.Create(answer.Key, new AnswerValue(
               [.. answer.Select(r => r.Choice).Where(c => c.Length > 0).Order(StringComparer.Ordinal)],
               answer.Select(r => r.Number).FirstOrDefault(n => n is not null),
               answer.Select(r => r.Text).FirstOrDefault(t => t is not null))));

    private sealed record Stored(string Point, string Question, IReadOnlyList<string>? Choices, double? Number, string? Text);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The sheet as JSON: the same answers give the same bytes.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        values.Select(v => new Stored(v.Key.Point, v.Key.Question, v.Value.Choices.Count > 0 ? v.Value.Choices : null, v.Value.Number, v.Value.Text)), Json);

    /// <summary>SHA-256 of <see cref="ToJson"/>, lower-case hexadecimal: equal for equal answers, so that sending them again makes no new version.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static AnswerSheet FromJson(string json) =>
        Of((JsonSerializer.Deserialize<List<Stored>>(json, Json) ?? []).Select(s => KeyValuePair.Create(new AnswerKey(s.Point, s.Question), new AnswerValue(s.Choices ?? [], s.Number, s.Text))));
}

/// <summary>Which question, of which point (empty outside the points).</summary>
public sealed record AnswerKey(string Point, string Question)
{
    /// <summary>By point, then question, ordinal.</summary>
    public static readonly IComparer<AnswerKey> Order = Comparer<AnswerKey>.Create((a, b) =>
        string.CompareOrdinal(a.Point, b.Point) is var byPoint && byPoint != 0 ? byPoint : string.CompareOrdinal(a.Question, b.Question));

    public override string ToString() => Point.Length > 0 ? $"{Point}/{Question}" : Question;
}

/// <summary>What was answered: choice, point or country codes, or a number, or a text that passed <see cref="DoorText"/>.</summary>
public sealed record AnswerValue(IReadOnlyList<string> Choices, double? Number = null, string? Text = null)
{
    /// <summary>Whether nothing was answered.</summary>
    public bool IsEmpty => Choices.Count == 0 && Number is null && string.IsNullOrWhiteSpace(Text);

    /// <summary>An answer of one or several codes.</summary>
    public static AnswerValue Of(params string[] choices) => new(choices);

    /// <summary>An answer in words.</summary>
    public static AnswerValue OfText(string text) => new([], null, text);
}
