namespace Survey.Domain.Geography;

/// <summary>What a note of a region scheme is about.</summary>
public enum PlaceNoteKind
{
    /// <summary>How a place is named; printed wherever its name appears.</summary>
    Naming,

    /// <summary>Which region a place is in, and why; printed in the annex.</summary>
    Placement,

    /// <summary>Where a name departs from the usage that the scheme follows, and why; printed in the annex.</summary>
    Usage,

    /// <summary>What a map's lines and names do not say; printed beside every map.</summary>
    Map,
}

/// <summary>
/// A note that the report prints on places: beside a name, in the annex or under a map. A note without <see cref="Countries"/> is about all of them.
/// </summary>
public sealed record PlaceNote(string Key, PlaceNoteKind Kind, IReadOnlyList<string> Countries, LocalisedText Text);
