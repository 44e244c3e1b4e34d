using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>One part of the survey as a form. Saved on every step; comes back with what was typed when it could not be saved.</summary>
public sealed class PartModel(SurveyDb db, IDraftStore drafts, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks)
    : MemberPage(db, session, forms, texts, time, marks)
{
    public SurveyPart Part { get; private set; } = null!;

    /// <summary>What the fields hold: the stored answers, or what was just typed.</summary>
    public IReadOnlyDictionary<AnswerKey, AnswerValue> Shown { get; private set; } = new Dictionary<AnswerKey, AnswerValue>();

    /// <summary>Facts that are known from elsewhere and not confirmed yet.</summary>
    public IReadOnlyDictionary<string, AnswerValue> Offered { get; private set; } = new Dictionary<string, AnswerValue>();

    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>What a colleague saved meanwhile; null unless this save was refused for it.</summary>
    public AnswerSheet? Theirs { get; private set; }

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

    public async Task<IActionResult> OnGetAsync(string section, string? point, bool saved, CancellationToken cancel)
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
        await OfferAsync(cancel);
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
        var result = await SaveAnswers.RunAsync(drafts, Held, Form, Part, typed, Asked(AnswerForm.BasedOn), language, Now, cancel);
        if (AskedLanguage is not null)
        {
            await SpeakAsync(language);
        }

        if (result.Outcome is SaveOutcome.Saved)
        {
            return Redirect(After());
        }

        Shown = typed.Answers;
        await OfferAsync(cancel);
        Problems = result.Problems;
        Theirs = result.Outcome is SaveOutcome.Stale ? result.Stored : null;
        // After seeing both, a second save means it: it is based on what the page shows now.
        BasedOn = Part.Draft.Fingerprint(result.Stored ?? Sheet);
        Response.StatusCode = Theirs is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Page();
    }

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

    /// <summary>Facts about the organisation, from its invitation and else from its last counted response; never a rating, a text or a consent.</summary>
    private async Task OfferAsync(CancellationToken cancel)
    {
        var open = Part.Section.Questions.Where(q => q.IsPrefilled && Sheet.Find(Part.PointSlug, q.Key) is null).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var organisation = Held.Invitation.OrganisationId;
        var keys = open.Select(q => q.Key).ToList();
        var last = await Db.Responses.AsNoTracking().Where(r => r.Invitation!.OrganisationId == organisation && r.RoundId != Held.Round.Id && r.Version > 0)
            .OrderByDescending(r => r.SubmittedAt).Select(r => (long?)r.Id).FirstOrDefaultAsync(cancel);
        var before = last is null ? [] : await Db.Answers.AsNoTracking().Where(a => a.ResponseId == last && a.Point == "" && keys.Contains(a.Question) && a.Choice != "" && a.Choice != Domain.Responses.Answer.Answered)
            .Select(a => new { a.Question, a.Choice }).ToListAsync(cancel);
        var offered = new Dictionary<string, AnswerValue>();
        foreach (var question in open)
        {
            var known = question.Role switch
            {
                QuestionRole.Country when Held.Invitation.Country.Length > 0 => new([Held.Invitation.Country]),
                QuestionRole.Type when Held.Invitation.Type.Length > 0 => new([Held.Invitation.Type]),
                _ => new AnswerValue([.. before.Where(b => b.Question == question.Key).Select(b => b.Choice)]),
            };
            if (!known.IsEmpty && AnswerSheet.Of([new(new("", question.Key), known)]).Check(Form.Questionnaire, Form.PointSlugs, Form.IsCountry).Count == 0)
            {
                offered[question.Key] = known;
            }
        }

        Offered = offered;
    }
}
