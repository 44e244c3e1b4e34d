namespace Survey.Domain.Geography;

/// <summary>What a text was recognised as: a place's code, or null and up to three places that may have been meant, the likeliest first.</summary>
public sealed record PlaceMatch(string? Code, IReadOnlyList<Country> Suggestions);
