using Survey.Domain.Geography;

namespace Survey.Domain.Imports;

/// <summary>How an import says that it does not know a place.</summary>
internal static class PlaceWords
{
    public static string Unknown(string text, PlaceMatch match) =>
        $"'{text}' is no country or area of the region scheme" + (match.Suggestions.Count == 0
            ? "; write its ISO code or its usual name, or 'global'."
            : $"; perhaps {string.Join(" or ", match.Suggestions.Select(c => $"{c.Name.In("en")} ({c.Code})"))} is meant.");
}
