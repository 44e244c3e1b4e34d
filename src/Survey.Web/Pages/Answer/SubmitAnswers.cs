using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Answer;

/// <summary>Sends a response: what is saved now begins to count. Sent twice, or fifty times at once, the same answers are one version.</summary>
public static class SubmitAnswers
{
    /// <summary>Returns false when something that must be answered is missing.</summary>
    public static async Task<bool> RunAsync(SurveyDb db, HeldResponse held, RoundForm form, MailPost post, string? privacyVersion, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(form);
        if (held.Response is null)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await ResponseRow.LockAsync(db, held.Response.Id, cancel);
        var response = await db.Responses.SingleAsync(r => r.Id == held.Response.Id, cancel);
        var draft = AnswerSheet.FromDraft(await db.DraftAnswers.AsNoTracking().Where(a => a.ResponseId == response.Id).ToListAsync(cancel));
        if (!Progress.Of(form, draft).IsReady)
        {
            return false;
        }

        var sheet = draft.Applicable(form.Questionnaire);
        var problems = sheet.Check(form.Questionnaire, form.PointSlugs, form.IsCountry);
        if (problems.Count > 0)
        {
            // Saves are checked the same way, so this is ours to explain.
            throw new InvalidOperationException($"Response {response.Id} holds answers that its questionnaire does not allow: {problems[0].Code} at {problems[0].Where}.");
        }

        // What a page loaded before the close sends in the minutes after it is in time: late is only what the office lets in after the close.
        if (await SubmissionWriter.SubmitAsync(db, response, held.Invitation, sheet, form.Questionnaire, ResponseMode.Web, at, privacyVersion, cancel))
        {
            await ReceiptMail.PutAsync(db, post, held, response, at, cancel);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
