using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>Whom members of a round added or removed, from the audit, newest first. The audit holds ids; names are those of today, and empty for who was erased.</summary>
public static partial class MemberChanges
{
    private const int Most = 50;

    public static async Task<IReadOnlyList<MemberChange>> OfAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var prefix = ColleagueChanges.SubjectIn(round);
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(a => (a.Action == ColleagueChanges.Added || a.Action == ColleagueChanges.Removed) && a.Subject.StartsWith(prefix))
            .OrderByDescending(a => a.Id).Take(Most).ToListAsync(cancel);
        var about = entries.ConvertAll(e => (Entry: e, Ids: Ids().Match(e.Subject)));
        var invitations = about.ConvertAll(a => Id(a.Ids, 1));
        var contacts = about.ConvertAll(a => Id(a.Ids, 2));
        var organisations = await db.Invitations.Where(i => invitations.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Name, cancel);
        var people = await db.Contacts.Where(c => contacts.Contains(c.Id)).Select(c => new { c.Id, c.Name, c.Email }).ToDictionaryAsync(c => c.Id, cancel);
        return
        [
            .. about.Select(a => new MemberChange(a.Entry.At, organisations.GetValueOrDefault(Id(a.Ids, 1), ""),
                people.GetValueOrDefault(Id(a.Ids, 2)) is { } person ? $"{person.Name} {person.Email}".Trim() : "", a.Entry.Action == ColleagueChanges.Added)),
        ];
    }

    private static int Id(Match ids, int group) => int.Parse(ids.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("/invitation:([0-9]+)/contact:([0-9]+)$")]
    private static partial Regex Ids();
}

/// <summary>One change: when, in which organisation, whom; added, else removed.</summary>
public sealed record MemberChange(DateTime At, string Organisation, string Person, bool IsAdded);
