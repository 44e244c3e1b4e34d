using Survey.Domain.Rounds;

namespace Survey.Web.Templates;

/// <summary>
/// The templates that a round copies when it is created, each with its hash, and what they say. A bundle that exists is whole.
/// </summary>
public sealed record RoundBundle(IReadOnlyList<RoundTemplate> Templates, RoundDefinition Definition);
