using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Geography;
using Survey.Domain.Invitations;
using Survey.Domain.Networks;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;

namespace Survey.Web.Rounds;

/// <summary>
/// Opens a planned round: its templates are frozen, and every organisation that is not retired is its population, as it is at that moment. It does not open while a
/// template cannot be read or lacks a language, a change against the round before is not declared, its last day is over, or an organisation's country is in no region.
/// </summary>
public static class RoundOpening
{
    /// <summary>What stands in the way of opening; empty when it can. The codes are stable, the places are templates, rounds or organisations.</summary>
    /// <param name="round">With its templates.</param>
    public static async Task<IReadOnlyList<Problem>> ProblemsAsync(SurveyDb db, SurveyRound round, OpeningFor purpose, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        var read = RoundDefinition.Parse(round.Templates, Points(round), round.Slug);
        if (!read.IsWhole)
        {
            return read.Problems;
        }

        var problems = new List<Problem>(read.Value.Lacks(kind => kind));
        problems.AddRange(SampleRemains.In(read.Value.Network).Select(r => new Problem($"round {round.Slug}", "round.sample-remains", $"'{r.Field}' is still that of the sample network: '{r.Says}'.")));

        if (await LastAsync(db, round, read.Value, cancel) is { } last)
        {
            var before = RoundDefinition.Of(last);
            var undeclared = Comparability.Of(before.Questionnaire, read.Value.Questionnaire).Problems.Concat(Comparability.Of(before.Plan, read.Value.Plan).Problems).ToList();
            if (undeclared.Count > 0)
            {
                problems.Add(new($"round {round.Slug}", "round.undeclared-change", $"It cannot open: changes against {last.Slug} are not declared."));
                problems.AddRange(undeclared);
            }
        }

        if (purpose is OpeningFor.Members && round.ClosesAt <= now)
        {
            problems.Add(new($"round {round.Slug}", "round.closes-past", "Its last day is over already. Set another one first."));
        }

        problems.AddRange(await LostAsync(db, round, read.Value.Regions, cancel));
        return problems;
    }

    /// <summary>The round with which this one is compared, with its templates; null for a pilot and where there is none.</summary>
    public static async Task<SurveyRound?> LastAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(definition);
        return !round.IsPilot && await EarlierRounds.OfAsync(db, round, definition.Plan, cancel) is [.., var last] ? last : null;
    }

    /// <summary>Opens it, or says what stands in the way; gives the size of its population.</summary>
    public static async Task<Parsed<OpenedRound>> OpenAsync(SurveyDb db, int roundId, OpeningFor purpose, string by, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var round = await RoundLock.TakeAsync(db, roundId, cancel);
        if (round.State is not RoundState.Planned)
        {
            return Parsed<OpenedRound>.Refused([RoundSteps.Late(round, "only a planned round opens")]);
        }

        // The clock read the day before it held the round: the office may have moved it.
        if (by == RoundClock.Actor && !(round.OpensAt <= now))
        {
            return Parsed<OpenedRound>.Refused([RoundSteps.Late(round, "its first day was moved")]);
        }

        if (await ProblemsAsync(db, round, purpose, now, cancel) is { Count: > 0 } problems)
        {
            return Parsed<OpenedRound>.Refused(problems);
        }

        round.Open(now);
        var invited = await InviteAsync(db, round, RoundDefinition.Of(round).Regions, now, cancel);
        db.Record(now, by, "round.open", $"round:{round.Slug}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Parsed<OpenedRound>.Of(new(round, invited));
    }

    /// <summary>How many organisations it would invite now.</summary>
    public static Task<int> WaitingAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return NotYetIn(db, round).CountAsync(cancel);
    }

    /// <summary>How many of these have no contact to whom a mail can go.</summary>
    public static Task<int> UnreachableAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return NotYetIn(db, round).CountAsync(o => !db.Contacts.Any(c => c.OrganisationId == o.Id && c.RemovedAt == null && c.OptedOutAt == null && c.BouncedAt == null), cancel);
    }

    private static IQueryable<Domain.Organisations.Organisation> NotYetIn(SurveyDb db, SurveyRound round) =>
        db.Organisations.AsNoTracking().Where(o => o.RetiredAt == null && !db.Invitations.Any(i => i.RoundId == round.Id && i.OrganisationId == o.Id));

    private static async Task<IEnumerable<Problem>> LostAsync(SurveyDb db, SurveyRound round, RegionScheme regions, CancellationToken cancel)
    {
        var countries = await NotYetIn(db, round).Select(o => o.Country).Distinct().ToListAsync(cancel);
        var unknown = countries.Where(c => regions.RegionOf(c) is null).ToList();
        if (unknown.Count == 0)
        {
            return [];
        }

        var lost = await NotYetIn(db, round).Where(o => unknown.Contains(o.Country)).OrderBy(o => o.Id).Take(5).Select(o => $"{o.Code} ({o.Country})").ToListAsync(cancel);
        return [new($"round {round.Slug}", "round.no-region", $"The region scheme {regions.Slug} does not know the country of {string.Join(", ", lost)}. Correct the organisations, or choose another scheme.")];
    }

    private static async Task<int> InviteAsync(SurveyDb db, SurveyRound round, RegionScheme regions, DateTime now, CancellationToken cancel)
    {
        var organisations = await NotYetIn(db, round).OrderBy(o => o.Id).ToListAsync(cancel);
        db.Invitations.AddRange(organisations.Select(o => new Invitation
        {
            RoundId = round.Id,
            OrganisationId = o.Id,
            Name = o.Name,
            Country = o.Country,
            Region = regions.RegionOf(o.Country)!.Slug,
            Type = o.Type,
            Language = o.Language,
            IsDiscreet = o.IsDiscreet, // its own choice is asked of it each time, so that it can be taken back
            InvitedAt = now,
        }));
        return organisations.Count + await db.Invitations.CountAsync(i => i.RoundId == round.Id, cancel);
    }

    internal static string[] Points(SurveyRound round) => round.OptionalPoints.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>For what a round is opened: members must still have time to answer, but a round of the past may be opened to bring its answers in from a file.</summary>
public enum OpeningFor { Members, Import }

/// <summary>A round that was just opened, with the number of organisations in its population.</summary>
public sealed record OpenedRound(SurveyRound Round, int Population);
