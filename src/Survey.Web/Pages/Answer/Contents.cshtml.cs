using Microsoft.AspNetCore.Mvc;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>The first page of a response: what is asked, until when, who sees it, and how far it has come.</summary>
public sealed class ContentsModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks)
    : MemberPage(db, session, forms, texts, time, marks)
{
    public Progress Progress { get; private set; } = new([]);

    /// <summary>Where to go on: the first part that is not done, else the check.</summary>
    public string Next => Progress.Parts.FirstOrDefault(p => p.State is not PartState.Done) is { } part ? To(part.Part.Path) : To("check");

    public void OnGet() => Progress = Progress.Of(Form, Sheet);

    public async Task<IActionResult> OnPostAsync()
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
        }

        return Redirect(To());
    }
}
