using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Checking;
using Survey.Domain.Invitations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Mail;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>
/// One response in words: what was sent last, that something was changed and not sent, and the office's word on it. A word is about the version that was on the
/// page: where the member has sent another since, it is refused and the new one is shown.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class OneModel(SurveyDb db, RoundForms forms, MailPost post, TimeProvider time) : PageModel
{
    /// <summary>The longest note or reason, in code points.</summary>
    public const int LongestReason = 1000;

    // More than anybody compares.
    private const int MostVersions = 20;

    public SurveyResponse Answered { get; private set; } = null!;

    public Invitation Invitation { get; private set; } = null!;

    public SurveyRound Round { get; private set; } = null!;

    public RoundForm Form { get; private set; } = null!;

    /// <summary>What was sent last; empty before the first sending.</summary>
    public AnswerSheet Sent { get; private set; } = AnswerSheet.Of([]);

    /// <summary>What another entry of the organisation had sent when the two were merged, and when: kept, and not counted. Without a sheet where it was only begun.</summary>
    public IReadOnlyList<(DateTime At, AnswerSheet? Sheet)> SetAside { get; private set; } = [];

    /// <summary>That the member has saved something since and not sent it; null where it has not.</summary>
    public UnsentDraft? Unsent { get; private set; }

    /// <summary>The versions before the last one, newest first, each with what the next one changed.</summary>
    public IReadOnlyList<(int Version, DateTime At, IReadOnlyList<AnswerChange> Changes)> Earlier { get; private set; } = [];

    /// <summary>The quotes that this response allows, with the office's word on each.</summary>
    public IReadOnlyList<(long Id, string Point, QuoteReview Review)> Quotes { get; private set; } = [];

    public IReadOnlyList<CorrectionLine> Corrections { get; private set; } = [];

    /// <summary>Why this response deserves a second look.</summary>
    public IReadOnlyList<Look> Looks { get; private set; } = [];

    public bool IsDiscreet { get; private set; }

    /// <summary>Whether the round's numbers may still change.</summary>
    public bool MayChange => Round.FrozenAt is null;

    /// <summary>Whether the account may correct answers: of a frozen round only who publishes, for a version that counts anew.</summary>
    public bool MayCorrect => MayChange || OfficeMay.Publish(User);

    /// <summary>Whether the member can answer now.</summary>
    public bool CanAnswer { get; private set; }

    public bool MayReopen { get; private set; }

    /// <summary>Which form lacks its words: <c>ask</c> or <c>set-aside</c>; null when none.</summary>
    public string? Lacking { get; private set; }

    /// <summary>The words that were too long, to be shortened.</summary>
    public string Typed { get; private set; } = "";

    /// <summary>What was refused because it changed meanwhile: <c>watching.refused.NAME</c>.</summary>
    public string? Refused { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await ShowAsync(id, cancel) ? Page() : KindPage.NotFound();

    public Task<IActionResult> OnPostAcceptAsync(long id, int seen, CancellationToken cancel) => JudgeAsync(id, seen, ReviewState.Accepted, null, cancel);

    public Task<IActionResult> OnPostTakeInAsync(long id, int seen, CancellationToken cancel) => JudgeAsync(id, seen, ReviewState.Unread, null, cancel);

    public Task<IActionResult> OnPostAskAsync(long id, int seen, string? note, CancellationToken cancel) => JudgeAsync(id, seen, ReviewState.HasQuestion, note ?? "", cancel);

    public Task<IActionResult> OnPostSetAsideAsync(long id, int seen, string? reason, CancellationToken cancel) => JudgeAsync(id, seen, ReviewState.SetAside, reason ?? "", cancel);

    public async Task<IActionResult> OnPostUndoAsync(long id, long correction, CancellationToken cancel)
    {
        var isUndone = false;
        await using (var change = ModelState.IsValid ? await ResponseChange.BeginAsync(db, id, cancel) : null)
        {
            if (change is null)
            {
                return KindPage.NotFound();
            }

            if (change.Round.FrozenAt is null || OfficeMay.Publish(User))
            {
                var form = await forms.OfAsync(db, change.Round.Id, cancel);
                isUndone = await CorrectionWriter.UndoAsync(db, change, form.Questionnaire, correction, OfficeActor.Of(User), time.GetUtcNow().UtcDateTime, cancel);
                if (isUndone)
                {
                    await change.CommitAsync(cancel);
                }
            }
        }

        return isUndone ? Redirect($"/office/responses/{id}#corrections") : await RefuseAsync(id, "undo", cancel);
    }

    private async Task<IActionResult> JudgeAsync(long id, int seen, ReviewState review, string? words, CancellationToken cancel)
    {
        var reason = words is null ? null : DoorText.Clean(words).Trim();
        if (reason is not null && (reason.Length == 0 || DoorText.Length(reason) > LongestReason))
        {
            if (!await ShowAsync(id, cancel))
            {
                return KindPage.NotFound();
            }

            (Lacking, Typed) = (review is ReviewState.HasQuestion ? "ask" : "set-aside", reason);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var now = time.GetUtcNow().UtcDateTime;
        string? refused = null;
        await using (var change = ModelState.IsValid ? await ResponseChange.BeginAsync(db, id, cancel) : null)
        {
            if (change is null)
            {
                return KindPage.NotFound();
            }

            refused = change.Response.Version == 0 || change.Response.Version != seen ? "version"
                : change.Round.FrozenAt is not null && review is not ReviewState.Accepted ? "frozen"
                : change.Response.Review is ReviewState.SetAside && review is not ReviewState.Unread ? "version" : null;
            // A second click is the first.
            if (refused is null && !(review is ReviewState.HasQuestion && change.Response.Review is ReviewState.HasQuestion && change.Response.ReviewReason == reason))
            {
                var form = await forms.OfAsync(db, change.Round.Id, cancel);
                await ResponseReview.JudgeAsync(db, change, form.Questionnaire, review, reason, OfficeActor.Of(User), now, cancel);
                if (review is ReviewState.HasQuestion)
                {
                    await QuestionMail.PutAsync(db, post, change.Response, change.Invitation, change.Round, now, cancel);
                }

                await change.CommitAsync(cancel);
            }
        }

        if (refused is not null)
        {
            return await RefuseAsync(id, refused, cancel);
        }

        if (review is ReviewState.HasQuestion)
        {
            await post.LookAsync(cancel);
        }

        return Redirect($"/office/responses/{id}");
    }

    private async Task<IActionResult> RefuseAsync(long id, string refused, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        if (!await ShowAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        Refused = refused;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> ShowAsync(long id, CancellationToken cancel)
    {
        var found = await (from response in db.Responses.AsNoTracking()
                           where response.Id == id
                           join invitation in db.Invitations on response.InvitationId equals invitation.Id
                           select new { response, invitation, invitation.Round, IsDiscreet = invitation.IsDiscreet || invitation.Organisation!.IsDiscreet || invitation.Organisation.WantsDiscretion }).FirstOrDefaultAsync(cancel);
        if (found is null)
        {
            return false;
        }

        (Answered, Invitation, Round, IsDiscreet) = (found.response, found.invitation, found.Round!, found.IsDiscreet);
        Form = await forms.OfAsync(db, Round.Id, cancel);
        var now = time.GetUtcNow().UtcDateTime;
        CanAnswer = Round.AcceptsAnswersAt(now) || Invitation.IsReopenedAt(Round, now);
        MayReopen = MayChange && !Round.AcceptsAnswersAt(now);
        Sent = await db.Submissions.Where(s => s.ResponseId == id && s.Version == Answered.Version).Select(s => s.Content).FirstOrDefaultAsync(cancel) is { } content ? AnswerSheet.FromJson(content) : Sent;
        if (Answered.Version == 0 || Answered.HasUnsentChanges)
        {
            Unsent = UnsentDraft.Of(Answered, Form, Sent, AnswerSheet.FromDraft(await db.DraftAnswers.AsNoTracking().Where(a => a.ResponseId == id).ToListAsync(cancel)));
        }

        var versions = await db.Submissions.AsNoTracking().Where(s => s.ResponseId == id && s.Version > 0).OrderByDescending(s => s.Version).Take(MostVersions).Select(s => new { s.Version, s.SubmittedAt, s.Content }).ToListAsync(cancel);
        Earlier = [.. versions.Skip(1).Zip(versions, (before, next) => (before.Version, before.SubmittedAt, (IReadOnlyList<AnswerChange>)[.. AnswerChange.Of(Form, AnswerSheet.FromJson(before.Content), AnswerSheet.FromJson(next.Content))]))];
        Quotes = [.. (await db.Quotes.AsNoTracking().Where(q => q.ResponseId == id).OrderBy(q => q.Id).Select(q => new { q.Id, q.Point, q.Review }).ToListAsync(cancel)).Select(q => (q.Id, q.Point, q.Review))];

        // Merging keeps them under numbers below zero.
        var aside = await db.Submissions.AsNoTracking().Where(s => s.ResponseId == id && s.Version < 0).OrderBy(s => s.Version).Select(s => new { s.Version, s.SubmittedAt, s.Content }).ToListAsync(cancel);
        var neverSent = aside.Count == 0 ? new HashSet<int>() : await Merging.NeverSentAsync(db, Invitation.Id, cancel);
        SetAside = [.. aside.Select(s => (s.SubmittedAt, neverSent.Contains(s.Version) ? null : AnswerSheet.FromJson(s.Content)))];
        Corrections = await CorrectionLine.OfAsync(db, Form, id, cancel);
        Looks = Answered.Version == 0 ? [] : await SecondLooks.OfResponseAsync(db, Round, Form, id, cancel);
        return true;
    }
}
