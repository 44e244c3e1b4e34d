namespace Survey.Domain.Organisations;

/// <summary>
/// That an organisation continues another: after a real merger it continues several, after a split several continue one. Both keep their own answers; nothing is counted
/// by it. Unique by both.
/// </summary>
public sealed class Continuation
{
    public int OrganisationId { get; init; }

    /// <summary>The one that it continues.</summary>
    public int ContinuesId { get; init; }
}
