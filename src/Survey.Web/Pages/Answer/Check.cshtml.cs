using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Checking;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Mail;
using Survey.Web.Pages.Office.Responses;

namespace Survey.Web.Pages.Answer;

/// <summary>All answers on one page with the gaps linked; sends them. After the close it is what remains to be read.</summary>
public sealed class CheckModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks, MailPost post, SiteOptions options)
    : MemberPage(db, session, forms, texts, time, marks)
{
    protected override bool IsInPreview => true;

    protected override IActionResult Previewed() => Redirect(To("check"));

    /// <summary>The field that names the privacy notice which the page showed.</summary>
    public const string Privacy = "privacy";

    /// <summary>The version of the privacy notice that this page leads to.</summary>
    public string? PrivacyVersion => options.Privacy?.Version;

    public Progress Progress { get; private set; } = new([]);

    /// <summary>The answers that will be sent: without those that other answers skip.</summary>
    public AnswerSheet Applicable { get; private set; } = AnswerSheet.Of([]);

    /// <summary>How many saved answers will not be sent, because other answers skip their questions.</summary>
    public int Skipped => Sheet.Answers.Count - Applicable.Answers.Count;

    /// <summary>The parts whose example may be quoted and seems to hold a telephone number or a mail address.</summary>
    public IReadOnlyList<SurveyPart> Reachable => !IsOpen || Form.Questionnaire.WithRole(QuestionRole.Example) is not { } example || Form.Questionnaire.WithRole(QuestionRole.Consent) is not { } consent ? []
        : [.. Form.Parts.Where(p => p.Section.Questions.Contains(example) && Applicable.Find(p.PointSlug, consent.Key)?.Choices is [ConsentCodes.Anonymous or ConsentCodes.Named] && ContactHint.In(Applicable.Find(p.PointSlug, example.Key)?.Text))];

    /// <summary>What differs from the version that was sent last; empty before the first sending.</summary>
    public IReadOnlyList<AnswerChange> Changes { get; private set; } = [];

    /// <summary>Whether sending was refused because something is missing.</summary>
    public bool IsRefused { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => ShowAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
            return Redirect(To("check"));
        }

        switch (await SubmitAnswers.RunAsync(Db, Held, Form, post, await ShownVersionAsync(cancel), Now, cancel))
        {
            case SendOutcome.Sent:
                await post.LookAsync(cancel);
                return Redirect(To("receipt"));
            case SendOutcome.Closed:
                return KindPage.Closed();
        }

        await ShowAsync(cancel);
        IsRefused = true;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>The notice that was shown: another process, or this one before an update, may have shown an earlier one.</summary>
    private async Task<string?> ShownVersionAsync(CancellationToken cancel)
    {
        var shown = Asked(Privacy);
        return shown is not null && await Db.PrivacyNotices.AnyAsync(n => n.Version == shown, cancel) ? shown : PrivacyVersion;
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        Progress = Progress.Of(Form, Sheet);
        Applicable = Sheet.Applicable(Form.Questionnaire);
        if (HasUnsentChanges)
        {
            var (id, version) = (Held.Response!.Id, Held.Response.Version);
            var sent = await Db.Submissions.AsNoTracking().Where(s => s.ResponseId == id && s.Version == version).Select(s => s.Content).FirstOrDefaultAsync(cancel);
            Changes = sent is null ? [] : [.. AnswerChange.Of(Form, AnswerSheet.FromJson(sent), Applicable)];
        }
    }
}
