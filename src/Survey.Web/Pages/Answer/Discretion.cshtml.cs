using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// The organisation chooses to be treated discreetly, and takes its own choice back; also after the close and after publication. What the office chose stays the
/// office's: nobody takes it back here.
/// </summary>
public sealed class DiscretionModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks)
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
            await SetAsync(then == Choose, cancel);
        }

        return Redirect(To("discretion?saved=true"));
    }

    private async Task SetAsync(bool wanted, CancellationToken cancel)
    {
        var id = Held.Invitation.OrganisationId;
        await using var transaction = await Db.Database.BeginTransactionAsync(cancel);
        // The form sent twice is one choice and one entry.
        if (await Db.Organisations.Where(o => o.Id == id && o.WantsDiscretion != wanted).ExecuteUpdateAsync(s => s.SetProperty(o => o.WantsDiscretion, wanted), cancel) == 0)
        {
            return;
        }

        var isDiscreet = wanted || await Db.Organisations.Where(o => o.Id == id).Select(o => o.IsDiscreet).SingleAsync(cancel);
        await Db.Invitations.Where(i => i.Id == Held.Invitation.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.IsDiscreet, isDiscreet), cancel);
        Db.AuditEntries.Add(new AuditEntry
        {
            At = Now,
            Actor = "member",
            Action = wanted ? "discretion.choose" : "discretion.take-back",
            Subject = string.Create(CultureInfo.InvariantCulture, $"organisation:{id}"),
        });
        await Db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
