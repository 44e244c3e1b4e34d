using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;

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

    /// <summary>The question as the member reads it, or why the response was set aside; null in the other states.</summary>
    public string? ReviewReason { get; set; }

    /// <summary>Who of the office spoke last, by id; null while the response is unread.</summary>
    public string? ReviewedBy { get; set; }
    public DateTime? ReviewedAt { get; set; }

    /// <summary>Submitted after the close, by leave of the office; the report prints how many.</summary>
    public bool IsLate { get; set; }

    /// <summary>Whether this response is part of the numbers (design: what counts).</summary>
    public bool Counts => Version > 0 && Review is not ReviewState.SetAside;

    /// <summary>The office's word, with its reason where it has one.</summary>
    public void Judge(ReviewState review, string? reason, string by, DateTime at) => (Review, ReviewReason, ReviewedBy, ReviewedAt) = (review, reason, by, at);

    /// <summary>
    /// The member sent again: a question of the office is answered, also by the same answers, and other answers than those accepted are unread. What was set
    /// aside stays so.
    /// </summary>
    public void AnswerAgain(bool isOther)
    {
        if (Review is ReviewState.HasQuestion || (Review is ReviewState.Accepted && isOther))
        {
            (Review, ReviewReason, ReviewedBy, ReviewedAt) = (ReviewState.Unread, null, null, null);
        }
    }

    /// <summary>
    /// The <see cref="PublicId"/> of an invitation's response, made from the invitation, however the response comes in: fifty parallel first opens lead to one
    /// address before anything is written, and an import does not move a page that a member has open.
    /// </summary>
    public static Guid PublicIdOf(SurveyRound round, int invitationId)
    {
        ArgumentNullException.ThrowIfNull(round);
        // Microseconds: what both databases keep of a moment.
        var created = round.CreatedAt.Ticks / TimeSpan.TicksPerMicrosecond;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"response/{round.Slug}/{created}/{invitationId}")));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}

/// <summary>How the answers came in; printed in the methods annex.</summary>
public enum ResponseMode { Web, Import, Phone, Mail, Paper }

/// <summary>The office's word on a response. Only set aside takes it out of the numbers.</summary>
public enum ReviewState { Unread, Accepted, HasQuestion, SetAside }
