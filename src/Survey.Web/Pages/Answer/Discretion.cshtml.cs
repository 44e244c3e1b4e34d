using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// The organisation chooses to be treated discreetly, and takes its own choice back; also after the close and after publication. What the office chose stays the
/// office's: nobody takes it back here.
/// </summary>
public sealed class DiscretionModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks, MailPost post)
    : MemberPage(db, session, forms, texts, time, marks)
{
    /// <summary>Values of the button: choose it, take it back.</summary>
    public const string Choose = "choose", TakeBack = "take-back";

    /// <summary>Whether the organisation chose it.</summary>
    public bool IsOwnChoice { get; private set; }

    /// <summary>Whether the office chose it.</summary>
    public bool IsOffices { get; private set; }

    /// <summary>Whether it was changed just now.</summary>
    public bool IsSaved { get; private set; }

    protected override bool IsAlwaysAllowed => true;

    public async Task OnGetAsync(bool saved, CancellationToken cancel)
    {
        IsSaved = saved;
        var stored = await Db.Organisations.Where(o => o.Id == Held.Invitation.OrganisationId).Select(o => new { o.IsDiscreet, o.WantsDiscretion }).SingleAsync(cancel);
        (IsOffices, IsOwnChoice) = (stored.IsDiscreet, stored.WantsDiscretion);
    }

    public async Task<IActionResult> OnPostAsync(string? then, CancellationToken cancel)
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
            return Redirect(To("discretion"));
        }

        if (then is Choose or TakeBack)
        {
            await DiscretionChoice.SetAsync(Db, post, Held, then == Choose, Now, cancel);
        }

        return Redirect(To("discretion?saved=true"));
    }
}
