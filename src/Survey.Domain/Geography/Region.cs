namespace Survey.Domain.Geography;

/// <summary>A region that results are shown by. Keyed by <see cref="Slug"/>; <see cref="ShortTitle"/> is for narrow columns.</summary>
public sealed record Region(string Slug, LocalisedText Title, LocalisedText ShortTitle);
