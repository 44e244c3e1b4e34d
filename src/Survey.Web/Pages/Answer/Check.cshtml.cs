using Microsoft.AspNetCore.Mvc;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Answer;

/// <summary>All answers on one page with the gaps linked; sends them. After the close it is what remains to be read.</summary>
public sealed class CheckModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks, MailPost post, SiteOptions options)
    : MemberPage(db, session, forms, texts, time, marks)
{
    public Progress Progress { get; private set; } = new([]);

    /// <summary>The answers that will be sent: without those that other answers skip.</summary>
    public AnswerSheet Applicable { get; private set; } = AnswerSheet.Of([]);

    /// <summary>How many saved answers will not be sent, because other answers skip their questions.</summary>
    public int Skipped => Sheet.Answers.Count - Applicable.Answers.Count;

    /// <summary>Whether sending was refused because something is missing.</summary>
    public bool IsRefused { get; private set; }

    public void OnGet() => Show();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
            return Redirect(To("check"));
        }

        if (await SubmitAnswers.RunAsync(Db, Held, Form, post, options.Privacy?.Version, Now, cancel))
        {
            await post.LookAsync(cancel);
            return Redirect(To("receipt"));
        }

        Show();
        IsRefused = true;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private void Show()
    {
        Progress = Progress.Of(Form, Sheet);
        Applicable = Sheet.Applicable(Form.Questionnaire);
    }
}
