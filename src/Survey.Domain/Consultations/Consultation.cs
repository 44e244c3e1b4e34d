namespace Survey.Domain.Consultations;

/// <summary>
/// A time in which members read a draft of the round's report and comment on its chapters. At most <see cref="Most"/> a round, one at a time. What members have seen counts as published for what a later
/// version may show.
/// </summary>
public sealed class Consultation
{
    /// <summary>How many a round has at most.</summary>
    public const int Most = 2;

    /// <summary>The longest word to members, in code points.</summary>
    public const int LongestWord = 1000;

    public int Id { get; init; }
    public int RoundId { get; init; }

    /// <summary>1 or 2; the second is asked for once the first is over.</summary>
    public int Number { get; init; }

    /// <summary>The draft that members read: another one where the office put it in the place of the first.</summary>
    public int EditionVersionId { get; set; }

    /// <summary>The newest version of the edition when this draft was shown; drafts up to it were counted without regard to what members then saw.</summary>
    public int LastVersionId { get; set; }

    /// <summary>When members could first read this draft.</summary>
    public DateTime ShownAt { get; set; }

    /// <summary>What the office says to members above the draft, as plain words; empty where it says nothing.</summary>
    public string Word { get; set; } = "";

    public DateTime OpenedAt { get; init; }
    public required string OpenedBy { get; init; }

    /// <summary>Until when comments are taken; the office may move it as long as it lies ahead.</summary>
    public DateTime ClosesAt { get; set; }

    /// <summary>When the office closed it before its time; null where it did not.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary>When it is or was over.</summary>
    public DateTime EndsAt => ClosedAt < ClosesAt ? ClosedAt.Value : ClosesAt;

    /// <summary>Whether comments are taken: not any more at the moment of the close itself.</summary>
    public bool IsOpenAt(DateTime moment) => moment < EndsAt;
}
