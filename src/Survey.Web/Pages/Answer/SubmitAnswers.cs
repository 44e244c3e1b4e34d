using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;

namespace Survey.Web.Pages.Answer;

/// <summary>Sends a response: what is saved now begins to count. Sent twice, or fifty times at once, the same answers are one version.</summary>
public static class SubmitAnswers
{
    /// <summary>Sends, unless something that must be answered is missing or the round was frozen meanwhile.</summary>
    public static async Task<SendOutcome> RunAsync(SurveyDb db, HeldResponse held, RoundForm form, MailPost post, string? privacyVersion, DateTime at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(form);
        if (held.Response is null)
        {
            return SendOutcome.Incomplete;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Freezing waits for those that are sending, and who comes after it finds the round frozen: no number changes once they are published.
        if (!db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM \"Rounds\" WHERE \"Id\" = {held.Round.Id} FOR SHARE", cancel);
        }

        if (await db.Rounds.AnyAsync(r => r.Id == held.Round.Id && r.FrozenAt != null, cancel))
        {
            return SendOutcome.Closed;
        }

        await ResponseRow.LockAsync(db, held.Response.Id, cancel);
        var response = await db.Responses.SingleAsync(r => r.Id == held.Response.Id, cancel);
        var draft = AnswerSheet.FromDraft(await db.DraftAnswers.AsNoTracking().Where(a => a.ResponseId == response.Id).ToListAsync(cancel));
        if (!Progress.Of(form, draft).IsReady)
        {
            return SendOutcome.Incomplete;
        }

        var sheet = draft.Applicable(form.Questionnaire);
        var problems = sheet.Check(form.Questionnaire, form.PointSlugs, form.IsCountry);
        if (problems.Count > 0)
        {
            // Saves are checked the same way, so this is ours to explain.
            throw new InvalidOperationException($"Response {response.Id} holds answers that its questionnaire does not allow: {problems[0].Code} at {problems[0].Where}.");
        }

        var isNew = await SubmissionWriter.SubmitAsync(db, response, held.Invitation, sheet, form.Questionnaire, held.Mode ?? ResponseMode.Web, at, privacyVersion, cancel);
        response.AnswerAgain(isNew);
        if (isNew)
        {
            // What a page loaded before the close sends in the minutes after it is in time: late is only what the office lets in after the close.
            response.IsLate |= !held.Round.AcceptsAnswersAt(at) && held.Invitation.IsReopenedAt(held.Round, at);
            await ReceiptMail.PutAsync(db, post, held, response, at, cancel);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return SendOutcome.Sent;
    }
}
