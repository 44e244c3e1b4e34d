using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Copies;

/// <summary>
/// Writes a submission as the content of its PDF copy: what was asked, in the full words of the round's questionnaire, and what was answered, in the language
/// asked for. A question that the answers skip is left out; one that was asked and not answered says so.
/// </summary>
public sealed class CopyWriting(UiTexts texts, RoundForms forms)
{
    /// <summary>The content of one submission's copy.</summary>
    public async Task<CopyContent> WriteAsync(SurveyDb db, long responseId, int version, string language, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var sent = await (
            from submission in db.Submissions.AsNoTracking()
            where submission.ResponseId == responseId && submission.Version == version
            join response in db.Responses on submission.ResponseId equals response.Id
            join round in db.Rounds on response.RoundId equals round.Id
            select new { submission.Content, submission.SubmittedAt, response.Invitation!.Name, response.RoundId, round.Slug, round.IsSample }).SingleAsync(cancel);
        var form = await forms.OfAsync(db, sent.RoundId, cancel);
        var words = new PageTexts(texts);
        words.Use(language);
        var sheet = AnswerSheet.FromJson(sent.Content);
        return Frame(form, words, sent.IsSample, DateOnly.FromDateTime(sent.SubmittedAt)) with
        {
            Title = words["copy.document", ("organisation", sent.Name)],
            FootLine = words["copy.foot", ("organisation", Isolated(sent.Name)), ("round", Isolated(sent.Slug)), ("n", version)],
            Facts =
            [
                new(words["member.receipt.organisation"], sent.Name),
                new(words["member.receipt.round"], sent.Slug),
                new(words["member.receipt.version"], words.Catalogue.Number(version)),
                new(words["member.receipt.when"], words.Moment(sent.SubmittedAt)),
            ],
            Note = words["copy.note"],
            Parts = [.. form.Parts.Select(part => PartOf(part, form, sheet, words)).Where(p => p.Answers.Count > 0)],
        };
    }

    /// <summary>What every document of a round's survey has alike: language, look, logo and the marks of a sample. The rest is empty.</summary>
    internal static CopyContent Frame(RoundForm form, PageTexts words, bool isSample, DateOnly date)
    {
        var network = form.Definition.Network;
        var logo = network.Logo is { } file && form.Definition.Pictures.TryGetValue(file.File, out var picture)
            ? new EditionPicture(picture.MediaType, picture.Bytes.ToArray(), file.Alternative.In(words.Language)) : null;
        return new CopyContent(
            words.Language,
            words.Catalogue.Direction == "rtl" ? TextDirection.RightToLeft : TextDirection.LeftToRight,
            "",
            form.Questionnaire.Title.In(words.Language),
            network.Name.In(words.Language),
            date,
            words["copy.page", ("n", "{n}"), ("total", "{total}")],
            "",
            isSample || network.IsSample ? words["site.sampleShort"] : null,
            new EditionLook(network.Colours.Primary, network.Colours.Accent, network.Colours.Highlight),
            logo,
            [],
            "",
            []);
    }

    private static CopyPart PartOf(SurveyPart part, RoundForm form, AnswerSheet sheet, PageTexts words) => new(
        part.Point?.Number is { } number ? $"{number}" : "",
        part.TitleIn(words.Language),
        [
            .. from question in part.Section.Questions
               let value = sheet.Find(part.PointSlug, question.Key)
               where value is not null || Progress.IsAsked(question, part.PointSlug, form.Questionnaire, sheet)
               select AnswerOf(question, value, form, words),
        ]);

    private static CopyAnswer AnswerOf(Question question, AnswerValue? value, RoundForm form, PageTexts words)
    {
        var isList = AnswerSheet.TakesSeveral(question.Kind);
        var isText = question.Kind is QuestionKind.ShortText or QuestionKind.LongText;
        IReadOnlyList<string> lines = value is null ? []
            : isList ? [.. value.Choices.Select(c => QuestionWords.Value(words, form, question, new([c])))]
            : [.. QuestionWords.Value(words, form, question, value).Split('\n').Where(l => l.Length > 0)];
        return new(question.Text.In(words.Language), lines, isList, isText, IsRightToLeft(value?.Text) ? TextDirection.RightToLeft : TextDirection.LeftToRight, words["member.check.empty"]);
    }

    /// <summary>A name that keeps its own direction beside words of another.</summary>
    private static string Isolated(string name) => $"\u2068{name}\u2069";

    /// <summary>Whether a text's first letter is one of a right-to-left script: what <c>dir="auto"</c> goes by.</summary>
    private static bool IsRightToLeft(string? text) =>
        text?.EnumerateRunes().FirstOrDefault(System.Text.Rune.IsLetter).Value is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF;
}
