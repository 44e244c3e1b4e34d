using Survey.Domain.Invitations;
using Survey.Domain.Organisations;
using Survey.Domain.Rounds;

namespace Survey.Web.Mail;

/// <summary>
/// What a mail is about and to whom it goes. <see cref="Key"/> is what makes it one mail: two letters with the same key are the same mail, and the outbox
/// takes only one. Nothing in it is ever an answer.
/// </summary>
/// <param name="Template">The message without the mark of discretion.</param>
public sealed record Letter(string Template, string Key, string Language, Contact To, Invitation Invitation, SurveyRound Round)
{
    /// <summary>Whether the organisation is treated discreetly now.</summary>
    public required bool IsDiscreet { get; init; }

    /// <summary>The address that the mail leads to.</summary>
    public required string Link { get; init; }

    /// <summary>The mailing that it belongs to, if any.</summary>
    public long? MailingId { get; init; }

    /// <summary>What else the message has places for, as plain words.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();
}
