using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Geography;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Members;

/// <summary>One page of the members that a filter lets through, in the order of their names; the database finds, counts and cuts.</summary>
public sealed record MemberList(IReadOnlyList<MemberLine> Lines, int Total, int Page)
{
    /// <summary>Organisations on one page.</summary>
    public const int PageSize = 50;

    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public static async Task<MemberList> OfAsync(SurveyDb db, MemberFilter filter, RegionScheme regions, SurveyRound? round, int page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(regions);
        var found = Found(db, filter, regions, round);
        var total = await found.CountAsync(cancel);
        var shown = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        var roundId = round?.Id;
        var lines = await db.ByName(found).Skip((shown - 1) * PageSize).Take(PageSize).Select(o => new MemberLine(
            o.Id,
            o.Name,
            o.Country,
            o.Language,
            o.RetiredAt != null,
            o.IsDiscreet || o.WantsDiscretion,
            db.Contacts.Count(c => c.OrganisationId == o.Id && c.RemovedAt == null),
            db.Contacts.Any(c => c.OrganisationId == o.Id && c.RemovedAt == null && c.OptedOutAt == null && c.BouncedAt == null),
            db.Invitations.Any(i => i.RoundId == roundId && i.OrganisationId == o.Id),
            db.Responses.Where(r => r.RoundId == roundId && r.Invitation!.OrganisationId == o.Id).Select(r => (int?)r.Version).FirstOrDefault())).ToListAsync(cancel);
        return new(lines, total, shown);
    }

    private static IQueryable<Organisation> Found(SurveyDb db, MemberFilter filter, RegionScheme regions, SurveyRound? round)
    {
        var found = db.Organisations.AsNoTracking().Where(o => o.ErasedAt == null && o.MergedIntoId == null);
        if (filter.Folded.Length > 0)
        {
            found = found.Where(o => o.NameFolded.Contains(filter.Folded) || o.Code == filter.Find);
        }
        else if (filter.Find.Length > 0)
        {
            found = found.Where(o => o.Code == filter.Find);
        }

        if (filter.Country.Length > 0)
        {
            found = found.Where(o => o.Country == filter.Country);
        }

        if (filter.Region.Length > 0)
        {
            var countries = regions.Countries.Where(c => c.Region.Slug == filter.Region).Select(c => c.Code).ToList();
            found = found.Where(o => countries.Contains(o.Country));
        }

        return filter.Status switch
        {
            MemberStatus.Active => found.Where(o => o.RetiredAt == null),
            MemberStatus.Retired => found.Where(o => o.RetiredAt != null),
            MemberStatus.Discreet => found.Where(o => o.IsDiscreet || o.WantsDiscretion),
            MemberStatus.Unreachable => found.Where(o => o.RetiredAt == null && !db.Contacts.Any(c => c.OrganisationId == o.Id && c.RemovedAt == null && c.OptedOutAt == null && c.BouncedAt == null)),
            MemberStatus.Uninvited when round is not null => found.Where(o => o.RetiredAt == null && !db.Invitations.Any(i => i.RoundId == round.Id && i.OrganisationId == o.Id)),
            _ => found,
        };
    }
}

/// <summary>What the list shows only; an empty part lets everything through. Names are found folded, in any script; a code as it is written.</summary>
public sealed record MemberFilter(string Find, string Country, string Region, MemberStatus Status)
{
    public string Folded { get; } = FoldedText.Of(Find);

    public bool IsEmpty => (Find, Country, Region, Status) is ("", "", "", MemberStatus.All);
}

/// <summary>A part of the members; those without a contact that a mail may go to are unreachable, those not in the open round uninvited.</summary>
public enum MemberStatus { All, Active, Retired, Discreet, Unreachable, Uninvited }

/// <summary>An organisation in the list; <see cref="Version"/> is of its response in the open round, null where it has none.</summary>
public sealed record MemberLine(int Id, string Name, string Country, string Language, bool IsRetired, bool IsDiscreet, int Contacts, bool IsReachable, bool IsInvited, int? Version)
{
    /// <summary>How far it is in the open round (<c>members.stage.WORD</c> in <c>templates/ui</c>).</summary>
    public string Stage => !IsInvited ? "none" : Version switch { null => "invited", 0 => "started", _ => "sent" };
}
