using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Survey.Reporting.Editions;

namespace Survey.Reporting.OpenData;

/// <summary>
/// The files of an edition's figures in one language beside their drawings: the numbers as CSV, what a figure is as JSON, and the heatmap's picture, which the typesetter sets as a
/// table. Made with the version and kept, so that what stands at an address never changes. Nothing in them is a member's word.
/// </summary>
public static class FigureFiles
{
    private static readonly JsonSerializerOptions Indented = new(EditionJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>The files; names are those below the language's folder, such as <c>figures/map.csv</c>.</summary>
    public static IReadOnlyList<DataFile> Of(EditionContent content, FigureSource source)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(source);
        var numbers = new EditionNumbers(content);
        var files = new List<DataFile>();
        foreach (var block in content.Blocks.SelectMany(EditionPages.Inner))
        {
            switch (block)
            {
                case FigureBlock figure:
                    Add(figure.Id, figure.Title, figure.Subtitle, figure.Note, figure.Alternative, FigureTable.Of(figure.Chart));
                    break;
                case HeatmapBlock heatmap:
                    files.Add(new DataFile($"figures/{heatmap.Id}.svg", "image/svg+xml", Encoding.UTF8.GetBytes(HeatmapDrawing.Of(heatmap, content))));
                    Add(heatmap.Id, heatmap.Title, heatmap.Subtitle, heatmap.Note, null, FigureTable.Of(heatmap));
                    break;
                default:
                    break;
            }
        }

        return files;

        void Add(string id, string title, string? subtitle, string? note, string? alternative, FigureTable table)
        {
            files.Add(table.ToCsv($"figures/{id}.csv"));
            var about = new JsonObject
            {
                ["id"] = id,
                ["number"] = numbers.Of(id),
                ["title"] = title,
                ["measure"] = subtitle,
                ["note"] = note,
                ["alternative"] = alternative,
                ["language"] = content.Language,
                ["report"] = content.Title,
                ["edition"] = content.EditionLine,
                ["publisher"] = content.Publisher,
                ["citation"] = source.Citation,
                ["licence"] = source.Licence,
                ["licenceAddress"] = source.LicenceAddress,
                ["isVersionOf"] = source.Doi is { Length: > 0 } doi ? "https://doi.org/" + doi : null,
                ["dataAsOf"] = source.DataAsOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["isSample"] = content.SampleNotice is not null,
                ["columns"] = new JsonArray([.. table.Columns.Select(c => JsonValue.Create(FigureTable.NameOf(c)))]),
                ["files"] = new JsonArray($"{id}.svg", $"{id}.png", $"{id}.csv"),
            };
            files.Add(new DataFile($"figures/{id}.json", "application/json", Encoding.UTF8.GetBytes(about.ToJsonString(Indented) + "\n")));
        }
    }
}

/// <summary>Where a figure's numbers come from, as its metadata tells. <paramref name="Doi"/> is that of all versions of the report together: its own a version gets after its files are made.</summary>
public sealed record FigureSource(string Citation, string Licence, string LicenceAddress, string? Doi, DateTime DataAsOf);
