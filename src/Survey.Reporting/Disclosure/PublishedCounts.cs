using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>A round's counts added up by published region. Cell <see cref="World"/> is the sum of all regions, published or not.</summary>
internal sealed class PublishedCounts
{
    private readonly Dictionary<(string Point, string Question, string Choice), long[]> cells = [];

    public PublishedCounts(IReadOnlyList<TallyRow> rows, IReadOnlyList<PublishedRegion> regions)
    {
        Regions = regions;
        var indexes = regions.SelectMany((r, i) => r.Members.Select(m => (m, i))).ToDictionary(x => x.m, x => x.i, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var key = (row.Point, row.Question, row.Choice);
            if (!cells.TryGetValue(key, out long[]? counts))
            {
                cells[key] = counts = new long[regions.Count + 1];
            }
            counts[World] += row.Count;
            if (indexes.TryGetValue(row.Region, out int index))
            {
                counts[index] += row.Count;
            }
        }
    }

    public IReadOnlyList<PublishedRegion> Regions { get; }

    public int World => Regions.Count;

    public string Slug(int cell) => cell == World ? Cube.World : Regions[cell].Slug;

    public long Of(int cell, string point, string question, string choice) =>
        cells.TryGetValue((point, question, choice), out long[]? counts) ? counts[cell] : 0;
}
