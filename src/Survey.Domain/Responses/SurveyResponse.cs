using Survey.Domain.Invitations;

namespace Survey.Domain.Responses;

/// <summary>
/// An organisation's one set of answers in a round. It counts when it was submitted at least once and not set aside;
/// then, and only then, its last submitted version stands in <see cref="Answer"/>.
/// </summary>
public sealed class SurveyResponse
{
    public long Id { get; init; }

    /// <summary>The id in addresses; no secret: a session must hold it.</summary>
    public Guid PublicId { get; init; }

    public int InvitationId { get; init; }
    public Invitation? Invitation { get; init; }
    public int RoundId { get; init; }

    /// <summary>The language last answered in.</summary>
    public string Language { get; set; } = "en";

    public ResponseMode Mode { get; set; }
    public DateTime StartedAt { get; init; }

    /// <summary>When the draft last changed.</summary>
    public DateTime ChangedAt { get; set; }

    public DateTime? SubmittedAt { get; set; }

    /// <summary>Number of the last submission; 0 before the first.</summary>
    public int Version { get; set; }

    /// <summary>Grows by one with every saved change; a save that names an older one is refused.</summary>
    public long Revision { get; set; }

    /// <summary>The <see cref="Revision"/> that the last submission sent; counted, not timed, so that no clock decides what was sent.</summary>
    public long SubmittedRevision { get; set; }

    /// <summary>Whether the draft holds changes that were not sent.</summary>
    public bool HasUnsentChanges => Revision > SubmittedRevision;

    public ReviewState Review { get; set; }
    public string? ReviewReason { get; set; }

    /// <summary>Submitted after the close, by leave of the office; the report prints how many.</summary>
    public bool IsLate { get; set; }

    /// <summary>Whether this response is part of the numbers (design: what counts).</summary>
    public bool Counts => Version > 0 && Review is not ReviewState.SetAside;
}

/// <summary>How the answers came in; printed in the methods annex.</summary>
public enum ResponseMode { Web, Import, Phone, Mail, Paper }

/// <summary>The office's word on a response. Only set aside takes it out of the numbers.</summary>
public enum ReviewState { Unread, Accepted, HasQuestion, SetAside }
