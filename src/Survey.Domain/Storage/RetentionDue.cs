using Survey.Domain.Networks;

namespace Survey.Domain.Storage;

/// <summary>What is to be deleted of a round, or of former contacts (no round): from when on, and how many links, responses or people it concerns.</summary>
public sealed record RetentionDue(RetentionKind Kind, string? Round, DateTime From, int Count);
