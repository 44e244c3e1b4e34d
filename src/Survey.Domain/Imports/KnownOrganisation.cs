using Survey.Domain.Organisations;

namespace Survey.Domain.Imports;

/// <summary>An organisation that is in the database before an import.</summary>
public sealed record KnownOrganisation(
    int Id, string Code, string Name, string NameFolded, string Country, string Type, string Language, bool IsDiscreet, bool IsRetired, IReadOnlyList<KnownContact> Contacts)
{
    /// <summary>The organisation's own choice of discretion, which no file changes.</summary>
    public bool WantsDiscretion { get; init; }

    /// <summary>All of a database's: a duplicate that went into another is that other one under a further code, and is not found by its name.</summary>
    public static IReadOnlyList<KnownOrganisation> All(IReadOnlyList<Organisation> organisations)
    {
        var byId = organisations.ToDictionary(o => o.Id);
        return [.. organisations.Select(o => o.MergedIntoId is null ? Of(o) : Of(SurvivorOf(o)) with { Code = o.Code, NameFolded = "" })];

        Organisation SurvivorOf(Organisation organisation) =>
            organisation.MergedIntoId is { } into && byId.TryGetValue(into, out var survivor) ? SurvivorOf(survivor) : organisation;
    }

    /// <summary>The organisation as it stands in the database.</summary>
    public static KnownOrganisation Of(Organisation organisation) =>
        new(organisation.Id, organisation.Code, organisation.Name, organisation.NameFolded, organisation.Country, organisation.Type, organisation.Language,
            organisation.IsDiscreet, organisation.RetiredAt is not null,
            [.. organisation.Contacts.OrderBy(c => c.EmailFolded, StringComparer.Ordinal).Select(c => new KnownContact(c.Email, c.EmailFolded, c.Name, c.Language) { IsRemoved = c.RemovedAt is not null })])
        { WantsDiscretion = organisation.WantsDiscretion };
}

/// <summary>A contact that is in the database before an import; known by its address in lower case.</summary>
public sealed record KnownContact(string Email, string EmailFolded, string Name, string Language)
{
    /// <summary>Whether a colleague took the person off: a list that still names it does not bring it back.</summary>
    public bool IsRemoved { get; init; }
}
