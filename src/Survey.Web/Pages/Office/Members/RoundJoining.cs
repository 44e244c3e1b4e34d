using Microsoft.EntityFrameworkCore;
using Survey.Domain.Geography;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Members;

/// <summary>
/// Adds organisations to the population of a round that is open, each with name, country, region, type and language as of now. One that is retired, is in it already
/// or whose country the round's scheme does not know is left out. Nobody is written to by it.
/// </summary>
internal static class RoundJoining
{
    /// <summary>Adds them within one transaction and gives how many were added; none where the round was closed meanwhile.</summary>
    public static async Task<int> AddAsync(SurveyDb db, SurveyRound round, RegionScheme regions, IReadOnlyCollection<int> organisations, string actor, DateTime now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // A second click waits here and then finds them invited.
        await db.Rounds.Where(r => r.Id == round.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.OpensOn, r => r.OpensOn), cancel);
        if (!(await db.Rounds.AsNoTracking().SingleAsync(r => r.Id == round.Id, cancel)).IsOpenAt(now))
        {
            return 0;
        }

        var found = await db.Organisations.AsNoTracking()
            .Where(o => organisations.Contains(o.Id) && o.RetiredAt == null && !db.Invitations.Any(i => i.RoundId == round.Id && i.OrganisationId == o.Id)).OrderBy(o => o.Id).ToListAsync(cancel);
        var added = 0;
        foreach (var o in found)
        {
            if (regions.RegionOf(o.Country) is not { } region)
            {
                continue;
            }

            db.Invitations.Add(new Invitation
            {
                RoundId = round.Id,
                OrganisationId = o.Id,
                Name = o.Name,
                Country = o.Country,
                Region = region.Slug,
                Type = o.Type,
                Language = o.Language,
                IsDiscreet = o.IsDiscreet,
                InvitedAt = now,
            });
            db.Record(now, actor, "round.add-member", FormattableString.Invariant($"round:{round.Slug}/organisation:{o.Id}"));
            added++;
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return added;
    }
}
