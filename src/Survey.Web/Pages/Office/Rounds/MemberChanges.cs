using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>
/// What members of a round changed beside their answers, from the audit, newest first: people added or removed, discretion chosen or taken back, permissions taken back.
/// The audit holds ids; names are those of today, and empty for who was erased.
/// </summary>
public static partial class MemberChanges
{
    private const int Most = 50;

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [ColleagueChanges.Added] = "add",
        [ColleagueChanges.Removed] = "remove",
        [DiscretionChoice.Chosen] = "discreet",
        [DiscretionChoice.TakenBack] = "notDiscreet",
        [ConsentWithdrawal.Withdrawn] = "withdrawn",
    };

    public static async Task<IReadOnlyList<MemberChange>> OfAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        var prefix = ColleagueChanges.SubjectIn(round);
        var opened = round.OpenedAt ?? round.CreatedAt;
        string[] people = [ColleagueChanges.Added, ColleagueChanges.Removed], others = [DiscretionChoice.Chosen, DiscretionChoice.TakenBack, ConsentWithdrawal.Withdrawn];
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(a => (people.Contains(a.Action) && a.Subject.StartsWith(prefix)) || (others.Contains(a.Action) && a.At >= opened))
            .OrderByDescending(a => a.Id).Take(Most).ToListAsync(cancel);
        var invitations = await InvitationsAsync(db, round, entries, cancel);
        var contacts = entries.ConvertAll(e => Id(e, "contact"));
        var names = await db.Contacts.Where(c => contacts.Contains(c.Id)).Select(c => new { c.Id, c.Name, c.Email }).ToDictionaryAsync(c => c.Id, c => $"{c.Name} {c.Email}".Trim(), cancel);
        return
        [
            .. from entry in entries
               let organisation = invitations.FirstOrDefault(i => i.Id == Id(entry, "invitation") || i.OrganisationId == Id(entry, "organisation") || (i.ResponseId is { } response && response == Id(entry, "response")))
               // Discretion and permissions of organisations that are not in this round belong to another round's page.
               where organisation is not null || people.Contains(entry.Action)
               select new MemberChange(entry.At, organisation?.Name ?? "", names.GetValueOrDefault(Id(entry, "contact"), ""), Words[entry.Action]),
        ];
    }

    private static Task<List<Invited>> InvitationsAsync(SurveyDb db, SurveyRound round, List<AuditEntry> entries, CancellationToken cancel)
    {
        var invitations = entries.ConvertAll(e => Id(e, "invitation"));
        var organisations = entries.ConvertAll(e => Id(e, "organisation"));
        var responses = entries.ConvertAll(e => (long)Id(e, "response"));
        return (from invitation in db.Invitations
                where invitation.RoundId == round.Id
                join found in db.Responses on invitation.Id equals found.InvitationId into answered
                from response in answered.DefaultIfEmpty()
                where invitations.Contains(invitation.Id) || organisations.Contains(invitation.OrganisationId) || (response != null && responses.Contains(response.Id))
                select new Invited(invitation.Id, invitation.OrganisationId, response == null ? null : response.Id, invitation.Name)).ToListAsync(cancel);
    }

    /// <summary>The id of a kind in an entry's subject; -1 where it names none.</summary>
    private static int Id(AuditEntry entry, string kind) =>
        Ids().Matches(entry.Subject).FirstOrDefault(m => m.Groups[1].Value == kind) is { } id ? int.Parse(id.Groups[2].Value, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex("(?:^|/)([a-z]+):([0-9]+)(?=/|$)")]
    private static partial Regex Ids();

    private sealed record Invited(int Id, int OrganisationId, long? ResponseId, string Name);
}

/// <summary>One change: when, in which organisation, whom it was about, and what (<c>colleagues.office.WHAT</c> in <c>templates/ui</c>).</summary>
public sealed record MemberChange(DateTime At, string Organisation, string Person, string What);
