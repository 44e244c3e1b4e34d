using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Rounds;

/// <summary>
/// The steps of a round's life beside its opening: another first or last day, the close, opening again, the freeze. Each is one transaction that holds the round's row, is written
/// to the audit with its reason, and is refused with <c>round.late</c> when the round is not any more in the state from which the step starts. A round whose last moment
/// has passed is closed before anything else is done with it, also where nobody had said so yet.
/// </summary>
public static class RoundSteps
{
    /// <summary>The code of a step that somebody else or the clock was quicker with.</summary>
    public const string LateCode = "round.late";

    /// <summary>Sets the first day of a planned round, on which it opens by itself; without one the office opens it by hand.</summary>
    public static Task<Parsed<SurveyRound>> MoveOpenAsync(SurveyDb db, int roundId, DateOnly? day, string by, string? reason, DateTime now, CancellationToken cancel) =>
        TakeAsync(db, roundId, by, "round.move-open", Moved(day, reason), now, round =>
        {
            if (round.State is not RoundState.Planned)
            {
                return Late(round, "only a planned round gets another first day");
            }

            if (day > round.ClosesOn)
            {
                return new("day", "round.opens-last", "The first day is after the last.");
            }

            if (day is { } first && SurveyRound.EndOfDayAnywhere(first) <= now)
            {
                return new("day", "round.opens-past", "The first day is over already.");
            }

            round.OpensOn = day;
            return null;
        }, cancel);

    /// <summary>Sets the last day of a planned or open round.</summary>
    public static Task<Parsed<SurveyRound>> MoveCloseAsync(SurveyDb db, int roundId, DateOnly? day, string by, string? reason, DateTime now, CancellationToken cancel) =>
        TakeAsync(db, roundId, by, "round.move-close", Moved(day, reason), now, round =>
        {
            CloseIfOver(db, round, now);
            if (round.State is not (RoundState.Planned or RoundState.Open))
            {
                return Late(round, "only a planned or open round gets another last day");
            }

            if (DayProblem(round, day, now) is { } problem)
            {
                return problem;
            }

            round.CloseAtEndOf(day);
            return null;
        }, cancel);

    /// <summary>Closes an open round now.</summary>
    public static Task<Parsed<SurveyRound>> CloseAsync(SurveyDb db, int roundId, string by, string? reason, DateTime now, CancellationToken cancel) =>
        TakeAsync(db, roundId, by, "round.close", reason, now, round =>
        {
            if (round.State is not RoundState.Open)
            {
                return Late(round, "only an open round closes");
            }

            round.Close(now);
            return null;
        }, cancel);

    /// <summary>Opens a closed round again until the end of a day.</summary>
    public static Task<Parsed<SurveyRound>> ReopenAsync(SurveyDb db, int roundId, DateOnly day, string by, string reason, DateTime now, CancellationToken cancel) =>
        TakeAsync(db, roundId, by, "round.reopen", $"{day:yyyy-MM-dd}: {reason}", now, round =>
        {
            CloseIfOver(db, round, now);
            if (round.State is not RoundState.Closed)
            {
                return Late(round, "only a closed round is opened again");
            }

            if (DayProblem(round, day, now) is { } problem)
            {
                return problem;
            }

            round.Reopen(day);
            return null;
        }, cancel);

    /// <summary>Freezes a closed round: no answer changes any more.</summary>
    public static Task<Parsed<SurveyRound>> FreezeAsync(SurveyDb db, int roundId, string by, string? reason, DateTime now, CancellationToken cancel) =>
        TakeAsync(db, roundId, by, "round.freeze", reason, now, round =>
        {
            CloseIfOver(db, round, now);
            if (round.State is not RoundState.Closed)
            {
                return Late(round, "only a closed round is frozen");
            }

            round.Freeze(now);
            return null;
        }, cancel);

    /// <summary>Throws a planned round away, with the copies of its templates. Nobody was invited to it, so nothing else goes with it.</summary>
    public static Task<Parsed<SurveyRound>> DiscardAsync(SurveyDb db, int roundId, string by, string? reason, DateTime now, CancellationToken cancel) =>
        TakeAsync(db, roundId, by, "round.discard", reason, now, round =>
        {
            if (round.State is not RoundState.Planned)
            {
                return Late(round, "only a planned round is thrown away");
            }

            db.Rounds.Remove(round);
            return null;
        }, cancel);

    /// <summary>Closes an open round whose last moment has passed; nothing for any other.</summary>
    public static async Task<bool> CloseIfOverAsync(SurveyDb db, int roundId, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var round = await RoundLock.TakeAsync(db, roundId, cancel);
        if (!CloseIfOver(db, round, now))
        {
            return false;
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    internal static Problem Late(SurveyRound round, string rule) =>
        new($"round {round.Slug}", LateCode, $"Round {round.Slug} is {round.State.ToString().ToLowerInvariant()}; {rule}.");

    private static string Moved(DateOnly? day, string? reason) => $"{(day is { } set ? $"{set:yyyy-MM-dd}" : "no day")}{(reason is null ? "" : $": {reason}")}";

    private static Problem? DayProblem(SurveyRound round, DateOnly? day, DateTime now) =>
        day < round.OpensOn ? new("closes", "round.closes-first", "The last day is before the first.")
        : day is { } last && SurveyRound.EndOfDayAnywhere(last) <= now ? new("closes", "round.closes-past", "The last day is over already.")
        : null;

    private static bool CloseIfOver(SurveyDb db, SurveyRound round, DateTime now)
    {
        if (round.State is not RoundState.Open || !(round.ClosesAt <= now))
        {
            return false;
        }

        round.Close(now);
        db.Record(now, RoundClock.Actor, "round.close", $"round:{round.Slug}");
        return true;
    }

    private static async Task<Parsed<SurveyRound>> TakeAsync(SurveyDb db, int roundId, string by, string action, string? details, DateTime now, Func<SurveyRound, Problem?> take, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var round = await RoundLock.TakeAsync(db, roundId, cancel);
        if (action == "round.reopen" && await db.Consultations.AnyAsync(c => c.RoundId == roundId, cancel))
        {
            // Numbers that members have read stand; an answer that came after them could be told from the difference.
            return Parsed<SurveyRound>.Refused([new($"round {round.Slug}", "round.consulted", $"Members have read a draft of the report of round {round.Slug}: it is not opened again.")]);
        }

        if (take(round) is { } problem)
        {
            return Parsed<SurveyRound>.Refused([problem]);
        }

        db.Record(now, by, action, $"round:{round.Slug}", details);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Parsed<SurveyRound>.Of(round);
    }
}
