using Survey.Domain.Invitations;

namespace Survey.Web.Mail;

/// <summary>Hands one message over: to a folder (<see cref="MailFolder"/>) or to a mail server (<see cref="MailServer"/>). Says what became of it, and throws for nothing that can happen on the way.</summary>
public interface IMailSender
{
    /// <summary>How many messages may be begun in a minute, over all processes; null for no limit.</summary>
    int? MostPerMinute { get; }

    /// <summary>Hands the message over; blocks until it is known, or no longer to be known, what became of it.</summary>
    MailOutcome Send(OutboxMessage message);

    /// <summary>Deletes what may be left here of a message whose sending was broken off.</summary>
    void Forget(string messageId);
}

/// <summary>What became of a message, with the reason in the words of whoever refused it.</summary>
public sealed record MailOutcome(MailFate Fate, string? Reason = null);

/// <summary>
/// The five ends of a try. <c>Sent</c>: it was taken. <c>Later</c>: not handed over, try this one again. <c>Unavailable</c>: not handed over, and no other would be
/// now. <c>Refused</c>: not handed over, and never will be. <c>Uncertain</c>: its text was on the way when the line broke; it may have been taken.
/// </summary>
public enum MailFate { Sent, Later, Unavailable, Refused, Uncertain }
