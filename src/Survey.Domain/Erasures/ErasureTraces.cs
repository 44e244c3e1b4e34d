namespace Survey.Domain.Erasures;

/// <summary>What of an erased organisation may lie outside the database, for whoever deletes it there: its mails, and the words to find further ones by. Never stored.</summary>
public sealed record ErasureTraces(IReadOnlyList<string> MessageIds, IReadOnlyList<string> Addresses, IReadOnlyList<string> Names, IReadOnlyList<NamingVersion> Editions)
{
    /// <summary>The office's own texts in which the name stands still.</summary>
    public IReadOnlyList<NamingText> Texts { get; init; } = [];
}
