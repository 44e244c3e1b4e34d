using Microsoft.AspNetCore.Mvc;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;
using Survey.Web.Pages.Office.Responses;

namespace Survey.Web.Pages.Answer;

/// <summary>What a member sees after sending: that it arrived, when, and what can still be done. Holds no answers but those that the office corrected.</summary>
public sealed class ReceiptModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks)
    : MemberPage(db, session, forms, texts, time, marks)
{
    /// <summary>The moment of the version that the receipt is of.</summary>
    public DateTime SentAt { get; private set; }

    /// <summary>What the office put right in what was sent, and did not undo.</summary>
    public IReadOnlyList<CorrectionLine> Corrections { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await SentAtAsync(cancel) is not { } sent)
        {
            return Redirect(To());
        }

        SentAt = sent;
        Corrections = [.. (await CorrectionLine.OfAsync(Db, Form, Held.Response!.Id, cancel)).Where(c => c.Correction.UndoneAt is null)];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
        }

        return Redirect(To("receipt"));
    }
}
