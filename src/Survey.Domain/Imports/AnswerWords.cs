using System.Globalization;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Domain.Imports;

/// <summary>What a cell's text means as an answer to a question. A reason in place of a value makes the row bad.</summary>
internal static class AnswerWords
{
    /// <summary>The answer, null for none; or the reason why there is none.</summary>
    public static (AnswerValue? Value, string? Reason) Read(string text, QuestionMapping mapped, Question question, ImportRound round, AnswersMapping mapping)
    {
        if (text.Length == 0 || mapped.Missing.Contains(text))
            return (null, null);
        if (mapped.DontKnow.Contains(text))
            return DontKnow(text, question);
        if (question.Kind is QuestionKind.ShortText or QuestionKind.LongText)
            return mapped.Values is null ? (AnswerValue.OfText(text), null) : mapped.Values.TryGetValue(text, out var words) ? (AnswerValue.OfText(words), null) : (null, Unmapped(text, mapped));
        if (question.Kind is QuestionKind.Number)
        {
            return Number(mapped.Values?.GetValueOrDefault(text) ?? text) is { } number
                ? (new AnswerValue([], (double)number), null) : (null, $"'{text}' is no number.");
        }
        var tokens = mapped.Separator is { } separator ? text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [text];
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var token in tokens.Where(t => !mapped.Missing.Contains(t)))
        {
            var (code, reason) = Code(token, mapped, question, round, mapping);
            if (code is null)
                return (null, reason);
            codes.Add(code);
        }
        return codes.Count == 0 ? (null, null) : (new AnswerValue([.. codes]), null);
    }

    /// <summary>
    /// The number that a text is: digits of any script, a point or a comma before decimals, no thousands separators; null where it is none.
    /// </summary>
    public static decimal? Number(string text)
    {
        var western = string.Concat(text.Select(c => char.GetUnicodeCategory(c) is UnicodeCategory.DecimalDigitNumber ? (char)('0' + (int)char.GetNumericValue(c)) : c is ',' or '٫' ? '.' : c is '−' ? '-' : c));
        return decimal.TryParse(western, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static (AnswerValue?, string?) DontKnow(string text, Question question) =>
        question.Choices.FirstOrDefault(c => c.Meaning is ChoiceMeaning.DontKnow) is { } choice
            ? (AnswerValue.Of(choice.Code), null) : (null, $"'{text}' means \"don't know\" by the mapping, but '{question.Key}' has no such choice.");

    private static (string? Code, string? Reason) Code(string text, QuestionMapping mapped, Question question, ImportRound round, AnswersMapping mapping)
    {
        if (mapped.Values is { } values && values.TryGetValue(text, out var code))
            return (code, null);
        if (mapped.Bands.Count > 0)
            return Band(text, mapped);
        if (mapped.Values is not null)
            return (null, Unmapped(text, mapped));
        switch (question.Kind)
        {
            case QuestionKind.OneChoice or QuestionKind.Scale or QuestionKind.SeveralChoices:
                var choice = question.Choice(text) ?? question.Choices.FirstOrDefault(c => c.Code.Equals(text, StringComparison.OrdinalIgnoreCase));
                return choice is not null ? (choice.Code, null) : (null, $"'{text}' is no choice of '{question.Key}'; its choices are: {string.Join(", ", question.Choices.Select(c => c.Code))}.");
            case QuestionKind.Country or QuestionKind.Countries:
                var match = round.Places.Match(mapping.Country?.Aliases.GetValueOrDefault(text) ?? text);
                return match.Code is { } place ? (place, null) : (null, PlaceWords.Unknown(text, match));
            case QuestionKind.Points:
                var slug = mapping.Point?.Values?.GetValueOrDefault(text) ?? text;
                return round.Points.Contains(slug) ? (slug, null) : (null, $"'{text}' is no point of the round; its points are: {string.Join(", ", round.Points)}.");
            case QuestionKind.Number or QuestionKind.ShortText or QuestionKind.LongText:
            default:
                throw new ArgumentOutOfRangeException(nameof(question), question.Kind, "A question kind without codes.");
        }
    }

    private static (string?, string?) Band(string text, QuestionMapping mapped)
    {
        if (Number(text) is not { } number)
            return (null, $"'{text}' is no number.");
        if (mapped.Bands.FirstOrDefault(b => b.From <= number && number <= b.To) is { } band)
            return (band.Choice, null);
        return (null, FormattableString.Invariant($"{number} is in no band; they go from {mapped.Bands[0].From} to {mapped.Bands[^1].To}")
            + (number > mapped.Bands[0].From && number < mapped.Bands[^1].To ? ", in steps that this number has too many decimals for." : "."));
    }

    private static string Unmapped(string text, QuestionMapping mapped) =>
        $"'{text}' is not among the values of '{mapped.Question}' in the mapping: {string.Join(", ", mapped.Values!.Keys)}.";
}
