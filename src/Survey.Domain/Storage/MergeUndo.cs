using Survey.Domain.Invitations;
using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>What a merge changed, so that it can be undone: contacts that moved or came back, what the survivor was, and each round.</summary>
/// <param name="Revived">Contacts of the survivor that had been taken off, with when.</param>
internal sealed record MergeUndo(IReadOnlyList<int> Contacts, IReadOnlyDictionary<int, DateTime> Revived, bool WasDiscreet, bool WantedDiscretion, DateTime? MergedRetiredAt, IReadOnlyList<RoundUndo> Rounds);

/// <summary>A round of a merge: the place that stayed, whose it was, the other place as it was, and the links that lead elsewhere since.</summary>
/// <param name="SetAside">The number of the set-aside version that the staying response got; null without.</param>
internal sealed record RoundUndo(int RoundId, int StayingId, int StayingOrganisationId, ParkedPlace? Parked, IReadOnlyList<LinkUndo> Links, int? SetAside)
{
    /// <summary>Comments on drafts that moved from the place that left to the one that stayed.</summary>
    public IReadOnlyList<long> Comments { get; init; } = [];
}

/// <summary>A link as it was.</summary>
internal sealed record LinkUndo(int Id, int InvitationId, int? ContactId);

/// <summary>A place in a population with all that hangs on it, as it stood in the database.</summary>
internal sealed record ParkedPlace(
    Invitation Invitation, SurveyResponse? Response, IReadOnlyList<Submission> Submissions, IReadOnlyList<DraftAnswer> Drafts, IReadOnlyList<Answer> Answers, IReadOnlyList<Quote> Quotes, IReadOnlyList<Correction> Corrections);
