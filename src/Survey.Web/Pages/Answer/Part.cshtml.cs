using Microsoft.AspNetCore.Mvc;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>One part of the survey as a form. Saved on every step; comes back with what was typed when it could not be saved.</summary>
public sealed class PartModel(SurveyDb db, IDraftStore drafts, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks, KnownFacts facts)
    : MemberPage(db, session, forms, texts, time, marks)
{
    protected override bool IsInPreview => true;

    protected override IActionResult Previewed()
    {
        if (!Find((string)RouteData.Values["section"]!, RouteData.Values["point"] as string))
        {
            return KindPage.NotFound();
        }

        var typed = AnswerForm.Read(Part, Request.Form);
        Problems = SaveAnswers.Problems(Form, typed);
        if (Problems.Count == 0)
        {
            return Redirect(After());
        }

        (Shown, BasedOn) = (typed.Answers, Part.Draft.Fingerprint(Sheet));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public SurveyPart Part { get; private set; } = null!;

    /// <summary>What the fields hold: the stored answers, or what was just typed.</summary>
    public IReadOnlyDictionary<AnswerKey, AnswerValue> Shown { get; private set; } = new Dictionary<AnswerKey, AnswerValue>();

    /// <summary>Facts that are known from elsewhere and not confirmed yet.</summary>
    public IReadOnlyDictionary<string, AnswerValue> Offered { get; private set; } = new Dictionary<string, AnswerValue>();

    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>What a colleague saved meanwhile; null unless this save was refused for it.</summary>
    public AnswerSheet? Theirs { get; private set; }

    /// <summary>What was said in an earlier round to questions that are answered this time.</summary>
    public EarlierAnswers? Earlier { get; private set; }

    /// <summary>Whether the page was saved and came back once, because facts on it are not confirmed.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>Whether the computer was to be cleared, which waits until what was typed can be saved.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Whether this page was just saved.</summary>
    public bool IsSaved { get; private set; }

    public string BasedOn { get; private set; } = "";

    /// <summary>This part's place among all, from 1.</summary>
    public int Place { get; private set; }

    /// <summary>The parts before and after this one.</summary>
    public SurveyPart? Previous { get; private set; }

    public SurveyPart? Next { get; private set; }

    /// <summary>The questions on the page: all of the part but those that an answer on another page skips.</summary>
    public IEnumerable<Question> Questions => Part.Section.Questions.Where(q => !IsSkippedElsewhere(q));

    /// <summary>The value of a question's field.</summary>
    public AnswerValue? ValueOf(Question question) => Shown.GetValueOrDefault(new AnswerKey(Part.PointSlug, question.Key)) is { IsEmpty: false } value ? value : null;

    /// <summary>The problem of a question's field.</summary>
    public Problem? ProblemOf(Question question) => Problems.FirstOrDefault(p => p.Where == new AnswerKey(Part.PointSlug, question.Key).ToString());

    public async Task<IActionResult> OnGetAsync(string section, string? point, bool saved, bool unsure, CancellationToken cancel)
    {
        if (!Find(section, point))
        {
            return KindPage.NotFound();
        }

        if (!IsOpen)
        {
            return Redirect(To("check"));
        }

        IsSaved = saved;
        BasedOn = Part.Draft.Fingerprint(Sheet);
        Shown = Sheet.Answers.ToDictionary(a => a.Key, a => a.Value);
        await LookUpAsync(cancel);
        IsUnsure = unsure && Offered.Count > 0;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string section, string? point, CancellationToken cancel)
    {
        if (!Find(section, point))
        {
            return KindPage.NotFound();
        }

        var language = AskedLanguage ?? Texts.Language;
        var typed = AnswerForm.Read(Part, Request.Form);
        if (AskedLanguage is not null && Asked(AnswerForm.Both) is not null)
        {
            // Only the language was asked for: which words stay is not decided by that.
            await SpeakAsync(language);
            return await ShowBothAsync(typed, cancel);
        }

        var result = await SaveAnswers.RunAsync(drafts, Held, Form, Part, typed, Asked(AnswerForm.BasedOn), language, Now, cancel);
        if (AskedLanguage is not null)
        {
            await SpeakAsync(language);
        }

        if (result.Outcome is SaveOutcome.Saved)
        {
            return Asked(AnswerForm.Then) == AnswerForm.Finish ? await FinishAsync() : Redirect(await IsUnconfirmedAsync(result.Stored ?? Sheet, cancel) ? To($"{Part.Path}?unsure=true") : After());
        }

        Shown = typed.Answers;
        IsLeaving = Asked(AnswerForm.Then) == AnswerForm.Finish;
        await LookUpAsync(cancel);
        Problems = result.Problems;
        Theirs = result.Outcome is SaveOutcome.Stale ? result.Stored : null;
        // After seeing both, a second save means it: it is based on what the page shows now. Where something is to be corrected nothing of a colleague's was shown.
        BasedOn = result.Stored is { } shown ? Part.Draft.Fingerprint(shown) : Asked(AnswerForm.BasedOn) ?? Part.Draft.Fingerprint(Sheet);
        Response.StatusCode = Theirs is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Page();
    }

    /// <summary>Shows what was typed and what is stored, both as they are now.</summary>
    private async Task<IActionResult> ShowBothAsync(TypedAnswers typed, CancellationToken cancel)
    {
        (Shown, Problems, Theirs) = (typed.Answers, SaveAnswers.Problems(Form, typed), Sheet);
        BasedOn = Part.Draft.Fingerprint(Sheet);
        await LookUpAsync(cancel);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task LookUpAsync(CancellationToken cancel)
    {
        Offered = await facts.OfferedAsync(Held, Form, Sheet, Part.Section.Questions, cancel);
        Earlier = await facts.EarlierAsync(Held, Sheet, Part, cancel);
    }

    /// <summary>Whether somebody goes on for the first time while facts that the page offered are not confirmed.</summary>
    private async Task<bool> IsUnconfirmedAsync(AnswerSheet stored, CancellationToken cancel) =>
        Asked(AnswerForm.Then) == "next" && Asked(AnswerForm.Unsure) is null && Request.Form.Keys.Any(k => k.StartsWith(AnswerForm.Offered, StringComparison.Ordinal))
        && (await facts.OfferedAsync(Held, Form, stored, Questions, cancel)).Count > 0;

    private string After() => Asked(AnswerForm.Then) switch
    {
        "back" when Previous is not null => To(Previous.Path),
        "stay" => To($"{Part.Path}?saved=true"),
        "contents" => To(),
        _ when AskedLanguage is not null => To($"{Part.Path}?saved=true"),
        _ => Next is null ? To("check") : To(Next.Path),
    };

    private bool Find(string section, string? point)
    {
        var parts = Form.Parts.ToList();
        var at = parts.FindIndex(p => p.Section.Slug == section && p.PointSlug == (point ?? ""));
        if (at < 0)
        {
            return false;
        }

        (Part, Place, Previous, Next) = (parts[at], at + 1, at > 0 ? parts[at - 1] : null, at + 1 < parts.Count ? parts[at + 1] : null);
        return true;
    }

    private bool IsSkippedElsewhere(Question question)
    {
        for (var at = question; at.When is { } when;)
        {
            if (ConditionSheet.Asked(Part.Section, when) is { } here)
            {
                at = here;
                continue;
            }

            return !Progress.IsAsked(at, Part.PointSlug, Form.Questionnaire, Sheet.Applicable(Form.Questionnaire));
        }

        return false;
    }
}
