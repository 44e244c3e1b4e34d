namespace Survey.Domain.Invitations;

/// <summary>
/// Invitations, reminders or the word that a draft can be read, to many members of a round, as the office asked for them. Its letters are put in the outbox in the order of the contacts' ids, in
/// steps, each with the place up to which it came, so that a crash leaves none out and puts none in twice. One per round, kind and wave: a second click is the first.
/// </summary>
public sealed class Mailing
{
    public long Id { get; init; }
    public int RoundId { get; init; }
    public MailingKind Kind { get; init; }

    /// <summary>1, 2, … within the round and kind; that of a consultation is its number.</summary>
    public int Wave { get; init; }

    /// <summary>Region slugs, space-separated; empty for all.</summary>
    public string Regions { get; init; } = "";

    /// <summary>Languages of the contacts, space-separated; empty for all.</summary>
    public string Languages { get; init; } = "";

    /// <summary>Ids of single organisations, space-separated; empty for all.</summary>
    public string Organisations { get; init; } = "";

    public DateTime RequestedAt { get; init; }
    public required string RequestedBy { get; init; }

    /// <summary>How many letters there were to be when the office confirmed; who submitted or left since gets none.</summary>
    public int Expected { get; init; }

    /// <summary>How many of its letters went out and are deleted since (<c>SentMails</c>).</summary>
    public int SentAndDeleted { get; set; }

    /// <summary>The last contact that was looked at; those after it are still to come.</summary>
    public int LastContactId { get; set; }

    /// <summary>When the last letter was put in the outbox; null until then.</summary>
    public DateTime? PreparedAt { get; set; }

    /// <summary>Since when nothing of it is put in or sent; null while it goes on.</summary>
    public DateTime? PausedAt { get; set; }
}

/// <summary>What a mailing is for.</summary>
public enum MailingKind { Invitation, Reminder, Consultation }
