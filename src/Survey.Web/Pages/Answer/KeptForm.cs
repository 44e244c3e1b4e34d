using System.Security.Claims;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// What somebody typed and could not save, because the session, its link or the form's token was gone, or the round had closed: shown again on the page that
/// says so, and kept in a form that sends it with one button. Only made for a form whose mark this site gave to a page of the same response, so that a
/// stranger's words are never shown.
/// </summary>
public sealed record KeptForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, IReadOnlyList<KeptAnswer> Answers, bool MaySend)
{
    private static readonly object Key = new();

    /// <summary>What was typed into the form of this request; <paramref name="form"/> and <paramref name="part"/> where they are known, for the words of answers.</summary>
    public static KeptForm Of(HttpRequest request, PageTexts texts, RoundForm? form, SurveyPart? part, bool maySend)
    {
        ArgumentNullException.ThrowIfNull(request);
        // The token is left out: the form gets one that is valid.
        var fields = request.Form.Where(f => f.Key != AnswerForm.Token).SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? "")).ToList();
        return new(request.Path.ToString(), fields, form is null || part is null ? [] : [.. Words(request, texts, form, part)], maySend);
    }

    /// <summary>Hands the form on to the page that answers instead.</summary>
    public void Keep(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items[Key] = this;
        if (MaySend && context.User.Identity?.IsAuthenticated != true)
        {
            // A form token holds for who it is made for. This one must hold once the link was opened again, in another tab.
            context.User = MemberSession.Anybody();
        }
    }

    /// <summary>The form that was kept on this request, if any.</summary>
    public static KeptForm? In(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items[Key] as KeptForm;
    }

    private static IEnumerable<KeptAnswer> Words(HttpRequest request, PageTexts texts, RoundForm form, SurveyPart part)
    {
        var typed = AnswerForm.Read(part, request.Form).Answers;
        foreach (var question in part.Section.Questions)
        {
            if (typed.TryGetValue(new(part.PointSlug, question.Key), out var value) && !value.IsEmpty)
            {
                yield return new(question.ShortTitle.In(texts.Language), value.Text ?? QuestionWords.Value(texts, form, question, value));
            }
        }
    }
}

/// <summary>An answer that was typed, in words.</summary>
public sealed record KeptAnswer(string Title, string Words);
