using Survey.Domain.Geography;
using Survey.Domain.Questionnaires;

namespace Survey.Domain.Imports;

/// <summary>A round that answers are imported into: what it asks, its own region scheme, and the ids of the organisations in its population.</summary>
public sealed record ImportRound(string Slug, IReadOnlyList<string> Points, Questionnaire Questionnaire, RegionScheme Regions, PlaceMatcher Places, IReadOnlySet<int> Population);
