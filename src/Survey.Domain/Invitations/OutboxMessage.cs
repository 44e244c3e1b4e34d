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

    /// <summary>The filled-in body in Markdown. It may hold a personal link, so it is emptied once the message is sent, has failed or is uncertain: who still wants it asks for a new link.</summary>
    public required string Body { get; set; }
    public OutboxState State { get; set; } = OutboxState.Waiting;
    public int Attempts { get; set; }
    public string? LastError { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime? NotBefore { get; set; }
    public DateTime? SentAt { get; set; }
}

/// <summary>Where a message is on its way.</summary>
public enum OutboxState { Waiting, Sending, Sent, Failed, Uncertain }
