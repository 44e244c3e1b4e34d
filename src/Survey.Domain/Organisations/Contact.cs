namespace Survey.Domain.Organisations;

/// <summary>A person at an organisation who may be written to. One address may serve several organisations; unique within one.</summary>
public sealed class Contact
{
    public int Id { get; init; }
    public int OrganisationId { get; init; }
    public string Name { get; set; } = "";
    public required string Email { get; set; }

    /// <summary>The address in lower case, for comparing.</summary>
    public required string EmailFolded { get; set; }

    public string Language { get; set; } = "en";
    public DateTime CreatedAt { get; init; }
    public DateTime? OptedOutAt { get; set; }
    public DateTime? BouncedAt { get; set; }

    /// <summary>Added by a colleague over the survey's pages, not by the office.</summary>
    public bool IsAddedByMember { get; set; }

    /// <summary>When a colleague or the office took the person off; nothing is sent to it any more and its links are revoked. Adding the address again clears it.</summary>
    public DateTime? RemovedAt { get; set; }
}
