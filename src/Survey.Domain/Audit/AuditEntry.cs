namespace Survey.Domain.Audit;

/// <summary>
/// Who did what and when: office, access and publication actions, never autosaves. Holds ids only; what a reader may want to know besides is in
/// <see cref="AuditDetail"/>, which erasure may delete.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }
    public DateTime At { get; init; }

    /// <summary><c>office:ID</c>, <c>command</c>, <c>job</c> or <c>member</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>Noun and verb, for example <c>round.open</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, for example <c>round:2026</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Salted SHA-256 of the details row; null where there is none.</summary>
    public string? DetailsHash { get; init; }

    /// <summary>Its place in the chain, from 1 without a gap; null only until the save that adds it ends.</summary>
    public long? Number { get; init; }

    /// <summary>What ties it to the entry before (<see cref="AuditLink"/>).</summary>
    public string? Link { get; init; }

    /// <summary>The name of the key under which the link was made.</summary>
    public string? KeyName { get; init; }

    /// <summary>The details, until they are erased; null where there are none.</summary>
    public AuditDetail? Detail { get; init; }
}

/// <summary>The details of an entry with the salt of its hash. Deleting the row erases them while the entry stays.</summary>
public sealed class AuditDetail
{
    public long EntryId { get; init; }
    public required string Salt { get; init; }
    public required string Content { get; init; }
}
