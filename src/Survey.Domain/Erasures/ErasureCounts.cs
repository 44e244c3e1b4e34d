namespace Survey.Domain.Erasures;

/// <summary>What an erasure takes away, counted, as the office is told beforehand; <see cref="Editions"/> are the published versions that name or quote it.</summary>
public sealed record ErasureCounts(int Contacts, int Links, int Responses, int Quotes, int Mails, int Copies, IReadOnlyList<ErasedRound> Rounds, IReadOnlyList<NamingVersion> Editions)
{
    /// <summary>The office's own texts that name it; their words stay as they are and are not printed before they are saved again.</summary>
    public IReadOnlyList<NamingText> Texts { get; init; } = [];

    /// <summary>Its comments on drafts of a report, which go with the office's answers.</summary>
    public int Comments { get; init; }
}

/// <summary>A round that the organisation is in; <see cref="StaysCounted"/> where its coded answers and its place in the population stay, without a name.</summary>
public sealed record ErasedRound(int Id, string Slug, bool StaysCounted);

/// <summary>A published version that lists or quotes the organisation.</summary>
public sealed record NamingVersion(int Id, string Round, int Number);
