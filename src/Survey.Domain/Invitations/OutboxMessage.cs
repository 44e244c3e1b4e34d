namespace Survey.Domain.Invitations;

/// <summary>
/// A mail waiting to be sent, or sent. The row is the truth: it is <c>sending</c> before the dialogue with the mail server begins,
/// and one found in that state after a crash becomes <c>uncertain</c>, never sent again by itself.
/// </summary>
public sealed class OutboxMessage
{
    public long Id { get; init; }

    /// <summary>The Message-ID header, unique: a second try of the same mail carries the same one.</summary>
    public required string MessageId { get; init; }

    public required string Template { get; init; }
    public required string Language { get; init; }
    public int? RoundId { get; init; }
    public int? ContactId { get; init; }
    public required string ToAddress { get; init; }
    public string ToName { get; init; } = "";
    public required string Subject { get; init; }

    /// <summary>
    /// The filled-in body in Markdown. It may hold a personal link, so it is emptied once the message is sent or not needed any more. Of one that failed or is
    /// uncertain only the link's token is taken out (<see cref="TokenPlace"/>), so that the office can send it again with a fresh link.
    /// </summary>
    public required string Body { get; set; }

    /// <summary>What stands for a token that was taken out; no filled-in word can hold it, because there these signs are escaped.</summary>
    public const string TokenPlace = "{token}";

    /// <summary>The mailing that it belongs to; null for a mail that tells of one thing that happened.</summary>
    public long? MailingId { get; init; }

    public OutboxState State { get; set; } = OutboxState.Waiting;
    public int Attempts { get; set; }
    public string? LastError { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime? NotBefore { get; set; }

    /// <summary>When a worker last began to send it; the limit per minute counts these.</summary>
    public DateTime? TakenAt { get; set; }

    public DateTime? SentAt { get; set; }
}

/// <summary>Where a message is on its way; <c>Unneeded</c> is one whose reason was gone before it was sent, as a reminder to who has answered.</summary>
public enum OutboxState { Waiting, Sending, Sent, Failed, Uncertain, Unneeded }
