using Survey.Domain.Invitations;

namespace Survey.Domain.Consultations;

/// <summary>
/// What a member organisation says about a chapter of a draft, or about the whole, and what the office answers. The member may change it as long as comments are taken and the office has not dealt with it;
/// whoever changes it raises the revision, so that nobody answers or overwrites words that they have not seen.
/// </summary>
public sealed class DraftComment
{
    /// <summary>The longest comment and the longest answer, in code points.</summary>
    public const int Longest = 4000;

    /// <summary>The most comments of one organisation in one consultation.</summary>
    public const int Most = 200;

    /// <summary>The longest title of a chapter that is kept, in code points.</summary>
    public const int LongestTitle = 200;

    public long Id { get; init; }
    public int ConsultationId { get; init; }
    public Consultation? Consultation { get; init; }

    /// <summary>The organisation's place in the round; it may move when two entries of one organisation are merged.</summary>
    public int InvitationId { get; set; }

    public Invitation? Invitation { get; init; }

    /// <summary>Whose link it was written over; null for a link without a name, or when the person is gone.</summary>
    public int? ContactId { get; set; }

    /// <summary>The chapter's id; empty for the draft as a whole.</summary>
    public required string Chapter { get; init; }

    /// <summary>Where the chapter stood in the draft, from 1; 0 for the whole.</summary>
    public int Place { get; init; }

    /// <summary>What the chapter was called where it was read.</summary>
    public string Title { get; init; } = "";

    /// <summary>The language of the page that it was written on.</summary>
    public required string Language { get; init; }

    public required string Text { get; set; }
    public DateTime WrittenAt { get; init; }

    /// <summary>When the member last changed it; null where it did not.</summary>
    public DateTime? ChangedAt { get; set; }

    public CommentState State { get; set; }

    /// <summary>What the office answers, for the member to read; null without an answer.</summary>
    public string? Answer { get; set; }

    /// <summary>When the office answered or closed it.</summary>
    public DateTime? DealtWithAt { get; set; }

    public string? DealtWithBy { get; set; }
    public int Revision { get; set; }

    /// <summary>Whether the member may still change or delete it.</summary>
    public bool MayChangeAt(Consultation consultation, DateTime moment)
    {
        ArgumentNullException.ThrowIfNull(consultation);
        return State is CommentState.Open && consultation.IsOpenAt(moment);
    }
}

/// <summary>What became of a comment: nothing yet, an answer, or closed without one.</summary>
public enum CommentState { Open, Answered, Closed }
