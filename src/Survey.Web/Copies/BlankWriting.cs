using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Reporting.Editions;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Copies;

/// <summary>Writes a round's questionnaire as the content of a PDF to be filled in by hand: every question of every point, with boxes to tick and lines to write on.</summary>
public sealed class BlankWriting(UiTexts texts)
{
    private const int LinesOfLongText = 6;

    /// <summary>The blank questionnaire in one language.</summary>
    public CopyContent Write(RoundForm form, SurveyRound round, string language)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(round);
        var words = new PageTexts(texts);
        words.Use(language);
        var network = form.Definition.Network;
        return CopyWriting.Frame(form, words, round.IsSample, DateOnly.FromDateTime(round.OpenedAt ?? round.CreatedAt)) with
        {
            Title = words["blank.document", ("title", form.Questionnaire.Title.In(words.Language))],
            FootLine = words["blank.foot", ("round", round.Slug)],
            Facts =
            [
                new(words["blank.organisation"], ""),
                new(words["blank.person"], ""),
                .. round.ClosesOn is { } last ? [new Definition(words["blank.until"], words.Catalogue.Date(last))] : Array.Empty<Definition>(),
                new(words["blank.where"], network.ContactEmail),
            ],
            Note = words["blank.note"],
            Parts = [.. form.Parts.Select(part => new CopyPart(part.Point?.Number is { } number ? $"{number}" : "", part.TitleIn(words.Language), [.. part.Section.Questions.Select(q => AnswerOf(q, form, words))]))],
        };
    }

    private static CopyAnswer AnswerOf(Question question, RoundForm form, PageTexts words)
    {
        var language = words.Language;
        List<string> hints =
        [
            .. new[] { Condition(question, form, words), question.Help?.In(language) }.OfType<string>(),
            .. question.Kind is QuestionKind.LongText or QuestionKind.ShortText ? [words["answering.harm"]] : Array.Empty<string>(),
            .. question.Kind is QuestionKind.SeveralChoices or QuestionKind.Countries or QuestionKind.Points && question.Maximum is { } most ? [words.Plural("member.most", most)] : Array.Empty<string>(),
        ];
        IReadOnlyList<string> options = question.Kind switch
        {
            QuestionKind.OneChoice or QuestionKind.SeveralChoices or QuestionKind.Scale => [.. question.Choices.Select(c => c.Label.In(language))],
            QuestionKind.Points => [.. form.Points.Select(p => p.Title.In(language))],
            _ => [],
        };
        var room = question.Kind switch
        {
            QuestionKind.LongText => LinesOfLongText,
            QuestionKind.Countries => 2,
            QuestionKind.Number or QuestionKind.ShortText or QuestionKind.Country => 1,
            _ => 0,
        };
        var asked = question.IsRequired ? $"{question.Text.In(language)} {words["member.required"]}" : question.Text.In(language);
        return new(asked, [], false, false, TextDirection.LeftToRight, "")
        {
            Blank = new(hints, options, question.Kind is QuestionKind.OneChoice or QuestionKind.Scale, room),
        };
    }

    /// <summary>When the question is to be answered at all: on paper by the full words of the other question, since no short title is printed.</summary>
    private static string? Condition(Question question, RoundForm form, PageTexts words)
    {
        if (question.When is not { } when || form.Questionnaire.Question(when.Question) is not { } other)
        {
            return null;
        }

        var title = other.Text.In(words.Language);
        var choices = when.AnyOf.Select(code => other.Choice(code)?.Label.In(words.Language) ?? code).ToList();
        return choices.Count == 0 ? words["member.onlyIfAny", ("title", title)] : words["member.onlyIf", ("title", title), ("choices", string.Join(" / ", choices))];
    }
}
