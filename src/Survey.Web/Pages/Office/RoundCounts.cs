using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office;

/// <summary>How many organisations of a round were invited, started and sent what counts, by region; the database counts.</summary>
public static class RoundCounts
{
    public static async Task<IReadOnlyList<RoundStanding>> AllAsync(SurveyDb db, int? onlyRound, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rounds = await db.Rounds.AsNoTracking().Where(r => onlyRound == null || r.Id == onlyRound).ToListAsync(cancel);
        var ids = rounds.ConvertAll(r => r.Id);
        var counts = await (
            from invitation in db.Invitations.AsNoTracking()
            where ids.Contains(invitation.RoundId)
            join response in db.Responses on invitation.Id equals response.InvitationId into given
            from response in given.DefaultIfEmpty()
            group response by new { invitation.RoundId, invitation.Region } into region
            select new
            {
                region.Key.RoundId,
                region.Key.Region,
                Invited = region.Count(),
                Started = region.Count(r => r != null && r.Version == 0),
                Sent = region.Count(r => r != null && r.Version > 0 && r.Review != ReviewState.SetAside),
            }).ToListAsync(cancel);
        return
        [
            .. rounds.OrderByDescending(r => r.Slug, StringComparer.Ordinal)
                .Select(r => new RoundStanding(r, [.. counts.Where(c => c.RoundId == r.Id).OrderBy(c => c.Region, StringComparer.Ordinal).Select(c => new RegionCount(c.Region, c.Invited, c.Started, c.Sent))])),
        ];
    }
}

/// <summary>A round with its counts.</summary>
public sealed record RoundStanding(SurveyRound Round, IReadOnlyList<RegionCount> Regions)
{
    /// <summary>The round's state at a moment: one whose time is over is closed, also before anybody said so.</summary>
    public RoundState StateAt(DateTime now) => StateOf(Round, now);

    /// <summary>A round's state at a moment, without its counts.</summary>
    public static RoundState StateOf(SurveyRound round, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(round);
        return round.State is RoundState.Open && !round.IsOpenAt(now) ? RoundState.Closed : round.State;
    }

    public int Invited => Regions.Sum(r => r.Invited);

    public int Started => Regions.Sum(r => r.Started);

    public int Sent => Regions.Sum(r => r.Sent);

    /// <summary>Sent of invited over all regions, in whole per cent.</summary>
    public int Percent => new RegionCount("", Invited, Started, Sent).Percent;
}

/// <summary>A region's organisations: invited, started and not sent, sent.</summary>
public sealed record RegionCount(string Region, int Invited, int Started, int Sent)
{
    /// <summary>Sent of invited in whole per cent.</summary>
    public int Percent => Invited == 0 ? 0 : (int)Math.Round(100.0 * Sent / Invited, MidpointRounding.AwayFromZero);
}
