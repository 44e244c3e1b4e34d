using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office;

/// <summary>
/// The way of a new office from nothing to the first invitations, step by step, on its first page. Shown until a round has invited its members or is over;
/// what was done once stays done.
/// </summary>
/// <param name="Members">Organisations that are not retired.</param>
/// <param name="Round">The slug of the newest round; null while there is none.</param>
/// <param name="State">The state of that round.</param>
public sealed record FirstSteps(int Members, string? Round, RoundState State)
{
    /// <summary>The steps in order, each with whether it is done and where it is taken; null where an earlier step comes first.</summary>
    public IReadOnlyList<(string Name, bool IsDone, string? Address)> All =>
    [
        ("members", Members > 0, "/office/members"),
        ("round", Round is not null, Round is null ? "/office/rounds/new" : $"/office/rounds/{Round}"),
        ("open", State is RoundState.Open, Round is null || Members == 0 ? null : $"/office/rounds/{Round}"),
        ("invite", false, Round is null || State is RoundState.Planned ? null : $"/office/rounds/{Round}/mails/invitation"),
    ];

    /// <summary>The steps of this office, or null where it is past them.</summary>
    public static async Task<FirstSteps?> OfAsync(SurveyDb db, IReadOnlyList<SurveyRound> rounds, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(rounds);
        if (rounds.Any(r => r.State is RoundState.Closed || r.ClosesAt <= now) || await db.Mailings.AnyAsync(m => m.Kind == MailingKind.Invitation, cancel))
        {
            return null;
        }

        var newest = rounds.MaxBy(r => r.Id);
        return new(await db.Organisations.CountAsync(o => o.RetiredAt == null, cancel), newest?.Slug, newest?.State ?? RoundState.Planned);
    }
}
