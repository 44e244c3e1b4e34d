namespace Survey.Domain.TemplateText;

/// <summary>
/// Whether the catalogues of one folder say the same things in each language: the same keys, plurals where the others have plurals,
/// the same places to fill in. Pure; the first catalogue in English (else the first) is the one the others are held against.
/// </summary>
public static class CatalogueComparison
{
    /// <summary>The differences, each where it is to be put right.</summary>
    public static IReadOnlyList<Problem> Of(IReadOnlyList<TextCatalogue> catalogues)
    {
        ArgumentNullException.ThrowIfNull(catalogues);
        if (catalogues.Count < 2)
            return [];
        var model = catalogues.FirstOrDefault(catalogue => catalogue.Language == "en") ?? catalogues[0];
        return [.. catalogues.Where(catalogue => catalogue != model).SelectMany(catalogue => Compare(model, catalogue))];
    }

    private static IEnumerable<Problem> Compare(TextCatalogue model, TextCatalogue catalogue)
    {
        var there = catalogue.Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        foreach (var entry in model.Entries)
        {
            if (!there.TryGetValue(entry.Key, out var same))
            {
                yield return new Problem(entry.Where, "missing-text", $"'{entry.Key}' has no text in '{catalogue.Language}'; add it there.");
                continue;
            }
            if (entry.Text is null != same.Text is null)
            {
                yield return new Problem(same.Where, "plural", entry.Text is null
                    ? $"'{entry.Key}' has plural forms in '{model.Language}'; write them here too: {string.Join(", ", catalogue.Plurals.Forms)}."
                    : $"'{entry.Key}' is one text in '{model.Language}'; write one text here.");
                continue;
            }
            if (!entry.Places.SequenceEqual(same.Places, StringComparer.Ordinal))
                yield return new Problem(same.Where, "placeholder", $"'{entry.Key}' has the places {Named(same.Places)} here, but {Named(entry.Places)} in '{model.Language}'; make them the same.");
        }
        foreach (var entry in catalogue.Entries.Where(entry => !model.Has(entry.Key)))
            yield return new Problem(entry.Where, "unknown-text", $"'{entry.Key}' is not in '{model.Language}'; remove it here or add it there.");
    }

    private static string Named(IReadOnlyList<string> places) =>
        places.Count == 0 ? "none" : string.Join(" ", places.Select(place => "{" + place + "}"));
}
