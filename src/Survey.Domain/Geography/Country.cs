namespace Survey.Domain.Geography;

/// <summary>
/// A country, an area, or whatever a scheme counts as a place; in exactly one region. <see cref="Code"/> is the ISO 3166-1 alpha-2 code
/// in capitals where there is one; the entry for organisations without one country has the code <see cref="GlobalCode"/>.
/// <see cref="OtherNames"/> are recognised and never shown. Where nobody lives for good (<see cref="IsUninhabited"/>) no organisation
/// mainly works: the place is in the scheme and not in the picker.
/// </summary>
public sealed record Country(
    string Code,
    string? Alpha3,
    string? Numeric,
    Region Region,
    LocalisedText Name,
    IReadOnlyList<string> OtherNames,
    bool IsUninhabited)
{
    /// <summary>The code of "several countries": no place on a map, but it has a region like one.</summary>
    public const string GlobalCode = "global";

    public bool IsGlobal => Code == GlobalCode;
}
