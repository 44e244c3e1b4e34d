using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Reporting.Tallies;

/// <summary>
/// Counts a round in the database: one pass over its counted answers, one over its population for each way to group it. No single answer reaches C#.
/// </summary>
public static class TallyReader
{
    /// <summary>The tally of a round; <paramref name="asOf"/> is the moment printed as "data as of" unless the office has frozen the round.</summary>
    public static async Task<RoundTally> ReadAsync(SurveyDb db, SurveyRound round, DateTime asOf, CancellationToken cancel)
    {
        var population =
            from invitation in db.Invitations
            where invitation.RoundId == round.Id
            join response in db.Responses on invitation.Id equals response.InvitationId into responses
            from response in responses.DefaultIfEmpty()
            select new
            {
                invitation.Region,
                invitation.Type,
                invitation.Language,
                invitation.Country,
                Counted = response != null && response.Version > 0 && response.Review != ReviewState.SetAside,
                Draft = response != null && response.Version == 0,
                Late = response != null && response.Version > 0 && response.Review != ReviewState.SetAside && response.IsLate,
                SetAside = response != null && response.Version > 0 && response.Review == ReviewState.SetAside,
            };
        var regions = await population.GroupBy(p => p.Region).Select(g => new RegionCount(
            g.Key, g.Count(), g.Sum(p => p.Counted ? 1 : 0), g.Sum(p => p.Draft ? 1 : 0), g.Sum(p => p.Late ? 1 : 0), g.Sum(p => p.SetAside ? 1 : 0))).ToListAsync(cancel);
        var types = await population.GroupBy(p => p.Type).Select(g => new GroupCount(g.Key, g.Count(), g.Sum(p => p.Counted ? 1 : 0))).ToListAsync(cancel);
        var languages = await population.GroupBy(p => p.Language).Select(g => new GroupCount(g.Key, g.Count(), g.Sum(p => p.Counted ? 1 : 0))).ToListAsync(cancel);
        var modes = await db.Responses.Where(r => r.RoundId == round.Id && r.Version > 0 && r.Review != ReviewState.SetAside)
            .GroupBy(r => r.Mode).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var countries = await population.Where(p => p.Counted && p.Country != "global").Select(p => p.Country).Distinct().CountAsync(cancel);
        return new RoundTally(round.Slug, round.FrozenAt ?? asOf, await RowsAsync(db, round.Id, cancel), regions, types, languages,
            [.. modes.OrderBy(m => m.Key).Select(m => new GroupCount(m.Key.ToString().ToLowerInvariant(), m.Count, m.Count))],
            countries, regions.Sum(r => r.Late), regions.Sum(r => r.SetAside));
    }

    /// <summary>Counts by region, point, question and choice: a single grouping in the order of the table's index.</summary>
    public static Task<List<TallyRow>> RowsAsync(SurveyDb db, int roundId, CancellationToken cancel) =>
        db.Answers.Where(a => a.RoundId == roundId && a.Choice != "")
            .GroupBy(a => new { a.Region, a.Point, a.Question, a.Choice })
            .Select(g => new TallyRow(g.Key.Region, g.Key.Point, g.Key.Question, g.Key.Choice, g.LongCount()))
            .ToListAsync(cancel);

    /// <summary>
    /// The joint answers of the organisations that have a counted answer to a question in both rounds. <paramref name="questions"/> and
    /// <paramref name="points"/> name each as now and as then; only pairs between which no break was declared belong here.
    /// </summary>
    public static async Task<IReadOnlyList<MatchedPair>> MatchedAsync(
        SurveyDb db, int roundId, int earlierRoundId, IReadOnlyCollection<(string Now, string Then)> questions, IReadOnlyCollection<(string Now, string Then)> points, CancellationToken cancel)
    {
        var pairs = new List<MatchedPair>();
        foreach (var (question, earlierQuestion) in questions)
        {
            var found = await (
                from now in db.Answers
                where now.RoundId == roundId && now.Question == question && now.Slot == "" && now.Choice != ""
                join response in db.Responses on now.ResponseId equals response.Id
                join invitation in db.Invitations on response.InvitationId equals invitation.Id
                join earlierInvitation in db.Invitations on new { invitation.OrganisationId, RoundId = earlierRoundId } equals new { earlierInvitation.OrganisationId, earlierInvitation.RoundId }
                join earlierResponse in db.Responses on earlierInvitation.Id equals earlierResponse.InvitationId
                join then in db.Answers on earlierResponse.Id equals then.ResponseId
                where then.Question == earlierQuestion && then.Slot == "" && then.Choice != ""
                group 1 by new { now.Region, EarlierRegion = then.Region, Point = now.Point, EarlierPoint = then.Point, Before = then.Choice, After = now.Choice } into joint
                select new { joint.Key.Region, joint.Key.EarlierRegion, joint.Key.Point, joint.Key.EarlierPoint, joint.Key.Before, joint.Key.After, Count = joint.LongCount() }).ToListAsync(cancel);
            pairs.AddRange(
                from joint in found
                where points.Contains((joint.Point, joint.EarlierPoint))
                select new MatchedPair(joint.Region, joint.Point, question, joint.Before, joint.After, joint.Count) { EarlierRegion = joint.EarlierRegion });
        }

        return pairs;
    }
}
