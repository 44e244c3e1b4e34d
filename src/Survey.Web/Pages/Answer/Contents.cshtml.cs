using Microsoft.AspNetCore.Mvc;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>The first page of a response: what is asked and why, until when, who sees it, and how far it has come.</summary>
public sealed class ContentsModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks, KnownFacts facts)
    : MemberPage(db, session, forms, texts, time, marks)
{
    protected override bool IsInPreview => true;

    /// <summary>Values of the buttons that keep the session on this device, and that no longer do.</summary>
    public const string Own = "own", NotOwn = "not-own";

    public Progress Progress { get; private set; } = new([]);

    /// <summary>How many facts of each part are filled in and not confirmed, by the part's path.</summary>
    public IReadOnlyDictionary<string, int> Unsure { get; private set; } = new Dictionary<string, int>();

    /// <summary>Whether the session outlasts the browser on this device.</summary>
    public bool IsOwnDevice => MemberSession.IsOwnDevice(User);

    /// <summary>The UTC moment of the close, and the day whose end it is everywhere on earth, where it is the end of one.</summary>
    public (DateTime At, DateOnly? EndOf)? Closes => ReopenedUntil is null && Held.Round.ClosesAt is { } at
        ? (at, Held.Round.ClosesOn is { } day && SurveyRound.EndOfDayAnywhere(day) == at ? day : null)
        : null;

    /// <summary>Until when the organisation may answer although the round is over; null while the round is open, and without leave.</summary>
    public DateTime? ReopenedUntil => !Held.Round.AcceptsAnswersAt(Now) && Held.Invitation.IsReopenedAt(Held.Round, Now) ? Held.Invitation.ReopenedUntil : null;

    /// <summary>Where to go on: the first part that is not done, else the check.</summary>
    public string Next => Progress.Parts.FirstOrDefault(p => p.State is not PartState.Done) is { } part ? To(part.Part.Path) : To("check");

    protected override bool IsAlwaysAllowed => base.IsAlwaysAllowed || Asked(AnswerForm.Then) is Own or NotOwn;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Progress = Progress.Of(Form, Sheet);
        var unsure = new Dictionary<string, int>();
        foreach (var part in Form.Parts.Where(p => IsOpen && p.Section.Questions.Any(q => q.IsPrefilled)))
        {
            unsure[part.Path] = (await facts.OfferedAsync(Held, Form, Sheet, part.Section.Questions, cancel)).Count;
        }

        Unsure = unsure;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
        }
        else if (Asked(AnswerForm.Then) is (Own or NotOwn) and var device)
        {
            await MemberSession.StayAsync(HttpContext, isOwnDevice: device == Own);
            return Redirect(To() + "#device");
        }

        return Redirect(To());
    }
}
