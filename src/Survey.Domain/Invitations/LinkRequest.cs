namespace Survey.Domain.Invitations;

/// <summary>
/// Somebody asked for a new personal link. Kept for known and unknown addresses alike, so that asking takes the same time and says the same;
/// a background task looks the address up, sends what there is to send, and deletes requests that are a day old.
/// </summary>
public sealed class LinkRequest
{
    public long Id { get; init; }

    /// <summary>The address as typed, folded as <see cref="Organisations.Contact.EmailFolded"/>.</summary>
    public required string EmailFolded { get; init; }

    /// <summary>The language of the page on which it was asked.</summary>
    public required string Language { get; init; }

    public DateTime RequestedAt { get; init; }

    /// <summary>When the task dealt with it; null while it waits.</summary>
    public DateTime? DoneAt { get; set; }
}
