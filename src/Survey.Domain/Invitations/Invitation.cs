using Survey.Domain.Organisations;
using Survey.Domain.Rounds;

namespace Survey.Domain.Invitations;

/// <summary>
/// An organisation's place in a round's population, with name, country, region, type and language as they were then.
/// Rates and weights use these for ever. One per round and organisation.
/// </summary>
public sealed class Invitation
{
    public int Id { get; init; }
    public int RoundId { get; init; }
    public SurveyRound? Round { get; init; }
    public int OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required string Name { get; set; }
    public required string Country { get; set; }

    /// <summary>Region slug of the round's own scheme.</summary>
    public required string Region { get; set; }

    public string Type { get; set; } = "";
    public string Language { get; set; } = "en";
    /// <summary>Whether the office had chosen discretion when it invited. Never asked alone: the organisation may have chosen it since (<c>ThatMayBeNamed</c>).</summary>
    public bool IsDiscreet { get; set; }
    public DateTime InvitedAt { get; init; }

    /// <summary>That a mail which invites it went out; noted when that mail or its contact is deleted (<c>SentMails</c>).</summary>
    public bool WasMailed { get; set; }

    /// <summary>Until when (UTC) the organisation may answer after the close, by leave of the office; null without. Never after the freeze.</summary>
    public DateTime? ReopenedUntil { get; set; }

    /// <summary>Whether it may answer after the close of <paramref name="round"/>: what it sends then counts and is late.</summary>
    public bool IsReopenedAt(SurveyRound round, DateTime moment)
    {
        ArgumentNullException.ThrowIfNull(round);
        return ReopenedUntil >= moment && round.State is (RoundState.Open or RoundState.Closed) && round.FrozenAt is null;
    }
}
