using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Rounds;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>
/// Takes a round one step on: says what will happen, and does it. Each step starts from certain states only; who comes when the round is not in one of them any more,
/// because somebody else or the clock was quicker, changes nothing and is told how the round is now.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class ChangeModel(SurveyDb db, TimeProvider time) : PageModel
{
    /// <summary>The steps, as addresses and words name them.</summary>
    public const string Open = "open", Begin = "first-day", Move = "dates", Close = "close", Reopen = "reopen", Freeze = "freeze", Discard = "discard";

    private const int LongestReason = 500;

    private static readonly Dictionary<string, RoundState[]> From = new(StringComparer.Ordinal)
    {
        [Open] = [RoundState.Planned],
        [Begin] = [RoundState.Planned],
        [Move] = [RoundState.Planned, RoundState.Open],
        [Close] = [RoundState.Open],
        [Reopen] = [RoundState.Closed],
        [Freeze] = [RoundState.Closed],
        [Discard] = [RoundState.Planned],
    };

    public string Step { get; private set; } = "";

    public SurveyRound Round { get; private set; } = null!;

    /// <summary>The round's state now: one whose time is over is closed.</summary>
    public RoundState State { get; private set; }

    /// <summary>What was typed.</summary>
    public string Day { get; private set; } = "";

    public string Reason { get; private set; } = "";

    /// <summary>What is wrong with what was typed, or stands in the way.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The round has changed meanwhile; nothing was done.</summary>
    public bool IsLate { get; private set; }

    /// <summary>How many organisations opening invites, and how many have a response that is sent or only started.</summary>
    public int Waiting { get; private set; }

    /// <summary>How many of those whom opening invites cannot be reached by mail.</summary>
    public int Unreachable { get; private set; }

    public int Sent { get; private set; }

    public int Started { get; private set; }

    /// <summary>What a freeze would leave as it is: responses that nobody has read, those with an open question, and quotes that wait.</summary>
    public (int Unread, int Asked, int Quotes) Left { get; private set; }

    /// <summary>The organisations that may answer after the close, and until when; a freeze takes that away.</summary>
    public IReadOnlyList<(int Id, string Name, DateTime Until)> Reopened { get; private set; } = [];

    /// <summary>Until when members whose page was open at the close may still save; null when that is over.</summary>
    public DateTime? LateSaves { get; private set; }

    public bool AsksDay => Step is Begin or Move or Reopen;

    public bool AsksReason => Step is not Open;

    public bool NeedsReason => Step is Close or Reopen;

    public string? ProblemId(string field) => Problems.Any(p => p.Where == field) ? $"{field}-problem" : null;

    /// <summary>Which steps a round in this state can take, for an account with these rights.</summary>
    public static IEnumerable<string> StepsFrom(RoundState state, bool mayPublish) =>
        From.Where(s => s.Value.Contains(state) && (mayPublish || s.Key != Freeze)).Select(s => s.Key);

    public async Task<IActionResult> OnGetAsync(string slug, string step, CancellationToken cancel)
    {
        if (await FindAsync(slug, step, cancel) is { } refusal)
        {
            return refusal;
        }

        Day = (Step == Begin ? Round.OpensOn : Step == Move ? Round.ClosesOn : null) is { } set ? $"{set:yyyy-MM-dd}" : "";
        if (Step == Open && !IsLate)
        {
            Problems = await RoundOpening.ProblemsAsync(db, Round, OpeningFor.Members, Now, cancel);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string slug, string step, string? day, string? reason, CancellationToken cancel)
    {
        if (await FindAsync(slug, step, cancel) is { } refusal)
        {
            return refusal;
        }

        (Day, Reason) = (day?.Trim() ?? "", DoorText.Clean(reason ?? "").Trim());
        var typed = RoundDay.Read(Day);
        Problems = [.. Typed(typed)];
        if (IsLate || Problems.Count > 0)
        {
            return Refused();
        }

        var (by, why) = (OfficeActor.Of(User), Reason.Length > 0 ? Reason : null);
        Problems = Step switch
        {
            Open => (await RoundOpening.OpenAsync(db, Round.Id, OpeningFor.Members, by, Now, cancel)).Problems,
            Begin => (await RoundSteps.MoveOpenAsync(db, Round.Id, typed, by, why, Now, cancel)).Problems,
            Move => (await RoundSteps.MoveCloseAsync(db, Round.Id, typed, by, why, Now, cancel)).Problems,
            Close => (await RoundSteps.CloseAsync(db, Round.Id, by, why, Now, cancel)).Problems,
            Discard => (await RoundSteps.DiscardAsync(db, Round.Id, by, why, Now, cancel)).Problems,
            Reopen => (await RoundSteps.ReopenAsync(db, Round.Id, typed!.Value, by, Reason, Now, cancel)).Problems,
            _ => (await RoundSteps.FreezeAsync(db, Round.Id, by, why, Now, cancel)).Problems,
        };
        if (Problems.Count == 0)
        {
            return Redirect(Step == Discard ? "/office" : $"/office/rounds/{slug}?done={Step}");
        }

        if (Problems[0].Code == RoundSteps.LateCode)
        {
            db.ChangeTracker.Clear();
            await FindAsync(slug, step, cancel);
            (IsLate, Problems) = (true, []);
        }

        return Refused();
    }

    private DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    private PageResult Refused()
    {
        Response.StatusCode = IsLate ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private IEnumerable<Problem> Typed(DateOnly? day)
    {
        if (AsksDay && day is null && (Day.Length > 0 || Step == Reopen))
        {
            yield return new("day", "round.date", "Give a day such as 2026-09-01.");
        }

        if (NeedsReason && Reason.Length == 0)
        {
            yield return new("reason", "round.reason", "Give a reason.");
        }
        else if (DoorText.Length(Reason) > LongestReason)
        {
            yield return new("reason", "round.reason-long", "The reason is too long.");
        }
    }

    private async Task<IActionResult?> FindAsync(string slug, string step, CancellationToken cancel)
    {
        if (!From.TryGetValue(step, out var from) || await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstOrDefaultAsync(r => r.Slug == slug, cancel) is not { } round)
        {
            return KindPage.NotFound();
        }

        if (step == Freeze && !OfficeMay.Publish(User))
        {
            return Forbid();
        }

        (Step, Round, State) = (step, round, RoundStanding.StateOf(round, Now));
        IsLate = !from.Contains(State);
        Waiting = await RoundOpening.WaitingAsync(db, round, cancel);
        Unreachable = Step == Open ? await RoundOpening.UnreachableAsync(db, round, cancel) : 0;
        Sent = await db.Responses.CountAsync(r => r.RoundId == round.Id && r.Version > 0 && r.Review != ReviewState.SetAside, cancel);
        Started = await db.Responses.CountAsync(r => r.RoundId == round.Id && r.Version == 0, cancel);
        if (Step == Freeze)
        {
            var sent = db.Responses.Where(r => r.RoundId == round.Id && r.Version > 0);
            Left = (await sent.CountAsync(r => r.Review == ReviewState.Unread, cancel), await sent.CountAsync(r => r.Review == ReviewState.HasQuestion, cancel),
                await db.Quotes.CountAsync(q => q.Review == QuoteReview.Pending && sent.Any(r => r.Id == q.ResponseId), cancel));
            Reopened = [.. (await db.Invitations.AsNoTracking().Where(i => i.RoundId == round.Id && i.ReopenedUntil >= Now).OrderBy(i => i.Organisation!.Name)
                .Select(i => new { i.OrganisationId, i.Organisation!.Name, i.ReopenedUntil }).ToListAsync(cancel)).Select(i => (i.OrganisationId, i.Name, i.ReopenedUntil!.Value))];
            var end = round.ClosedAt is { } closed && (round.ClosesAt is null || closed < round.ClosesAt) ? closed : round.ClosesAt;
            LateSaves = end + SurveyRound.Grace is { } until && until > Now ? until : null;
        }
        return null;
    }
}
