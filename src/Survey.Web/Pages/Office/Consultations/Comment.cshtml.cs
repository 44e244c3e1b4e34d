using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Consultations;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Consultations;

/// <summary>
/// One comment, to be answered, closed without an answer, or opened again; the member reads the answer beside it. Each act is about the words that the page showed: where the member or a colleague changed
/// something since, nothing is done and the typed answer comes back.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class CommentModel(SurveyDb db, TimeProvider time) : PageModel
{
    public DraftComment Comment { get; private set; } = null!;

    /// <summary>The round's slug, and whether it is made up.</summary>
    public string Round { get; private set; } = "";

    public bool IsSample { get; private set; }

    /// <summary>The answer as it was typed, or as it is kept.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>The comment's revision that the person has seen: raised only where the page says that it was changed.</summary>
    public int Seen { get; private set; }

    /// <summary>What is wrong: the last part of <c>consultation.one.problem.NAME</c>.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was just done: the last part of <c>consultation.one.done.NAME</c>.</summary>
    public string? Done { get; private set; }

    /// <summary>The next comment that is open, in the order of the draft; null when there is none.</summary>
    public long? Next { get; private set; }

    public string Home => string.Create(CultureInfo.InvariantCulture, $"/office/rounds/{Round}/consultation/{Comment.Consultation!.Number}");

    public async Task<IActionResult> OnGetAsync(long id, string? done, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        (Answer, Seen, Done) = (Comment.Answer ?? "", Comment.Revision, done is "answered" or "closed" or "reopened" ? done : null);
        return Page();
    }

    /// <summary>Keeps an answer, or changes it.</summary>
    public async Task<IActionResult> OnPostAnswerAsync(long id, int seen, string? answer, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        (Answer, Seen) = (DoorText.Clean(answer ?? "").Trim(), seen);
        Problem = Answer.Length == 0 ? "empty" : DoorText.Length(Answer) > DraftComment.Longest ? "long" : null;
        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        return await SetAsync(id, seen, CommentState.Answered, Answer, "comment.answer", "answered", cancel);
    }

    /// <summary>Closes it without an answer.</summary>
    public Task<IActionResult> OnPostCloseAsync(long id, int seen, string? answer, CancellationToken cancel) => LeaveAsync(id, seen, answer, CommentState.Closed, "comment.close", "closed", cancel);

    /// <summary>Opens it again; an answer stays to be changed, and the member does not read it meanwhile.</summary>
    public Task<IActionResult> OnPostReopenAsync(long id, int seen, string? answer, CancellationToken cancel) => LeaveAsync(id, seen, answer, CommentState.Open, "comment.reopen", "reopened", cancel);

    private async Task<IActionResult> LeaveAsync(long id, int seen, string? answer, CommentState state, string action, string done, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        (Answer, Seen) = (DoorText.Clean(answer ?? "").Trim(), seen);
        if (Answer.Length > 0 && Answer != Comment.Answer)
        {
            Problem = "unsaved";
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        return await SetAsync(id, seen, state, state is CommentState.Closed ? null : Comment.Answer, action, done, cancel);
    }

    private async Task<IActionResult> SetAsync(long id, int seen, CommentState state, string? answer, string action, string done, CancellationToken cancel)
    {
        var (now, actor) = (time.GetUtcNow().UtcDateTime, OfficeActor.Of(User));
        if (Comment.State == state && Comment.Answer == answer)
        {
            // The form sent twice is one act.
            return Redirect(string.Create(CultureInfo.InvariantCulture, $"/office/comments/{id}?done={done}"));
        }

        DateTime? dealt = state is CommentState.Open ? null : now;
        var by = state is CommentState.Open ? null : actor;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.DraftComments.Where(c => c.Id == id && c.Revision == seen).ExecuteUpdateAsync(s => s.SetProperty(c => c.State, state).SetProperty(c => c.Answer, answer)
            .SetProperty(c => c.DealtWithAt, dealt).SetProperty(c => c.DealtWithBy, by).SetProperty(c => c.Revision, seen + 1), cancel) == 0)
        {
            await transaction.RollbackAsync(cancel);
            if (!await FindAsync(id, cancel))
            {
                return KindPage.NotFound();
            }

            (Problem, Seen) = ("changed", Comment.Revision);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        db.Record(now, actor, action, string.Create(CultureInfo.InvariantCulture, $"round:{Round}/invitation:{Comment.InvitationId}/comment:{id}"));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(string.Create(CultureInfo.InvariantCulture, $"/office/comments/{id}?done={done}"));
    }

    private async Task<bool> FindAsync(long id, CancellationToken cancel)
    {
        if (await db.DraftComments.AsNoTracking().Include(c => c.Consultation).Include(c => c.Invitation).FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } comment)
        {
            return false;
        }

        Comment = comment;
        var round = await db.Rounds.AsNoTracking().Where(r => r.Id == comment.Consultation!.RoundId).Select(r => new { r.Slug, r.IsSample }).FirstAsync(cancel);
        (Round, IsSample) = (round.Slug, round.IsSample);
        var open = db.DraftComments.Where(c => c.ConsultationId == comment.ConsultationId && c.State == CommentState.Open && c.Id != id);
        Next = await open.Where(c => c.Place > comment.Place || (c.Place == comment.Place && c.Id > id)).OrderBy(c => c.Place).ThenBy(c => c.Id).Select(c => (long?)c.Id).FirstOrDefaultAsync(cancel)
            ?? await open.OrderBy(c => c.Place).ThenBy(c => c.Id).Select(c => (long?)c.Id).FirstOrDefaultAsync(cancel);
        return true;
    }
}
