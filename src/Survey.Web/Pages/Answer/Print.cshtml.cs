using Microsoft.AspNetCore.Mvc;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>All answers as they are saved now, for paper: with the questions in full, and saying whether they were sent. It can be read as long as the link works.</summary>
public sealed class PrintModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks)
    : MemberPage(db, session, forms, texts, time, marks)
{
    protected override bool IsInPreview => true;

    public Progress Progress { get; private set; } = new([]);

    /// <summary>The answers that count when they are sent: without those that other answers skip.</summary>
    public AnswerSheet Applicable { get; private set; } = AnswerSheet.Of([]);

    /// <summary>The moment at which the page was made, UTC.</summary>
    public DateTime MadeAt => Now;

    /// <summary>The moment of the newest version; null when nothing was sent.</summary>
    public DateTime? SentAt { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        SentAt = await SentAtAsync(cancel);
        Progress = Progress.Of(Form, Sheet);
        Applicable = Sheet.Applicable(Form.Questionnaire);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
        }

        return Redirect(To("print"));
    }
}
