using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Antiforgery;
using Survey.Domain;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// Saving as they type: the form of one part, sent by the page's script as often as it changes. In order: the form is read and its token checked; the session
/// must hold the response; the round must take answers; fields that the questionnaire does not allow are named and left out, all others are stored.
/// It answers in JSON, and says "saved" only after the commit.
/// </summary>
public static class AutosaveEndpoint
{
    public static void MapAutosave(this WebApplication app) =>
        app.MapPost("/a/r/{response:guid}/save/{section}/{point?}", SaveAsync).DisableAntiforgery(); // checked below: a failed token is an answer in JSON too

    /// <summary>Whether the address is one of saves.</summary>
    public static bool IsAt(PathString path) => path.StartsWithSegments("/a/r", out var rest) && rest.Value is { Length: > IdLength } below && below.AsSpan(IdLength).StartsWith("/save/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A slash and a response's id.</summary>
    private const int IdLength = 37;

    private static async Task<IResult> SaveAsync(
        HttpContext context, Guid response, string section, string? point, SurveyDb db, MemberSession session, RoundForms forms, PageMark marks, PageTexts texts, IDraftStore drafts, IAntiforgery antiforgery, TimeProvider time, CancellationToken cancel)
    {
        var (fields, status) = await StrictForm.ReadAsync(context.Request, WebSetup.LargestForm, cancel);
        if (fields is null)
        {
            return Refused(status, "bad");
        }

        if (!await antiforgery.IsRequestValidAsync(context) || await session.FindAsync(context.User, response, cancel) is not { IsPreview: false } held)
        {
            return Refused(StatusCodes.Status403Forbidden, "session");
        }

        var now = time.GetUtcNow().UtcDateTime;
        if (held.Round.State is RoundState.Planned || !held.AcceptsAnswersAt(now, marks.LoadedAt(fields[AnswerForm.Loaded], response)))
        {
            return Refused(StatusCodes.Status403Forbidden, "closed");
        }

        var form = await forms.OfAsync(db, held.Round.Id, cancel);
        if (form.Part(section, point) is not { } part)
        {
            return Refused(StatusCodes.Status404NotFound, "unknown");
        }

        var typed = AnswerForm.Read(part, fields);
        var problems = SaveAnswers.Problems(form, typed);
        var result = await SaveAnswers.RunAsync(drafts, held, form, part, typed.Without(problems), fields[AnswerForm.BasedOn], texts.Language, now, cancel);
        if (result.Outcome is not SaveOutcome.Saved)
        {
            return Refused(StatusCodes.Status409Conflict, "stale");
        }

        var stored = result.Stored ?? AnswerSheet.Of([]);
        return Results.Json(new Saved(
            true, part.Draft.Fingerprint(stored), time.GetUtcNow().ToUnixTimeMilliseconds(), Progress.Of(part, form, stored).ToString(), [.. problems.Select(p => Wrong(texts, part, typed, p))]));
    }

    private static WrongField Wrong(PageTexts texts, SurveyPart part, TypedAnswers typed, Problem problem)
    {
        var question = part.Section.Questions.First(q => new AnswerKey(part.PointSlug, q.Key).ToString() == problem.Where);
        return new(AnswerForm.Prefix + question.Key, QuestionWords.Problem(texts, problem, question, typed.Answers.GetValueOrDefault(new AnswerKey(part.PointSlug, question.Key))));
    }

    private static IResult Refused(int status, string code) => Results.Json(new Refusal(code), statusCode: status);

    private sealed record Saved([property: JsonPropertyName("saved")] bool IsSaved, string BasedOn, long At, string State, IReadOnlyList<WrongField> Problems);

    private sealed record WrongField(string Field, string Message);

    private sealed record Refusal(string Code);
}
