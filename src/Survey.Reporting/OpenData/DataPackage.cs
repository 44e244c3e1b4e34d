using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Survey.Domain.Networks;
using Survey.Domain.TemplateText;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;

namespace Survey.Reporting.OpenData;

/// <summary>
/// The pack's <c>datapackage.json</c>: a Frictionless Data Package (specs.frictionlessdata.io, version 1), with the columns of each CSV, their types and the codes that may stand in
/// them, each file's length and SHA-256. An empty field is a missing value, never a zero. It has no <c>id</c>: the network's identifier stands for all versions together, and a version's
/// own comes after its files are made. What is not known is left out.
/// </summary>
internal static class DataPackage
{
    public const string Name = "datapackage.json";

    private static readonly string[] Treatments = [.. Enum.GetValues<CellTreatment>().Select(t => JsonNamingPolicy.KebabCaseLower.ConvertName(t.ToString()))];

    private static readonly JsonSerializerOptions Indented = new(EditionJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>What each column holds; a column has the same meaning in every file.</summary>
    private static readonly Dictionary<string, Func<JsonObject>> Columns = Of(
        ("string", "round point question region members group choice code kind language label change_since"),
        ("integer", "n share dont_know_share value low high weighted weighted_low weighted_high change change_low change_high change_overlap_low change_overlap_high "
            + "matched_n matched_up matched_down matched_same matched_change matched_low matched_high population responses rate"),
        ("number", "design_effect matched_mid_p"),
        ("boolean", "is_break_before change_is_clear"));

    /// <summary>The description of these files; the words are those of the pack's first language.</summary>
    public static DataFile Of(EditionInput input, TextCatalogue texts, IReadOnlyList<DataFile> files)
    {
        var words = new Wording(texts);
        var network = input.Network;
        var package = new JsonObject
        {
            ["profile"] = "tabular-data-package",
            ["name"] = $"progress-report-{input.Cube.Round}",
            ["title"] = words.Text("cover.title", ("title", words.In(network.ReportTitle)), ("round", input.Cube.Round)),
            ["description"] = words.Text("data.intro", ("publisher", words.In(network.Publisher)), ("date", DateOnly.FromDateTime(input.Cube.DataAsOf))),
            ["created"] = input.Cube.DataAsOf.ToString("yyyy-MM-dd'T'00:00:00'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["licenses"] = new JsonArray(Licence(network)),
            ["contributors"] = new JsonArray(new JsonObject { ["title"] = words.In(network.Publisher), ["role"] = "publisher", ["email"] = network.ContactEmail }),
            ["citation"] = EditionCitation.Of(input, words),
        };
        if (input.Facts.Version is { } version)
            package["version"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (network.WebAddress is { Length: > 0 } home)
            package["homepage"] = home;
        if (network.Doi is { Length: > 0 } doi)
            package["isVersionOf"] = "https://doi.org/" + doi;
        package["resources"] = new JsonArray([.. files.Where(f => f.Name.EndsWith(".csv", StringComparison.Ordinal)).Select(f => Resource(f, words))]);
        return new DataFile(Name, "application/json", Encoding.UTF8.GetBytes(package.ToJsonString(Indented) + "\n"));
    }

    private static JsonObject Resource(DataFile file, Wording words)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var head = Encoding.UTF8.GetString(file.Bytes.AsSpan(0, file.Bytes.AsSpan().IndexOf((byte)'\n'))).Split(',');
        var resource = new JsonObject
        {
            ["profile"] = "tabular-data-resource",
            ["name"] = name,
            ["path"] = file.Name,
            ["mediatype"] = "text/csv",
            ["encoding"] = "utf-8",
            ["bytes"] = file.Bytes.Length,
            ["hash"] = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file.Bytes)),
            ["schema"] = new JsonObject
            {
                ["fields"] = new JsonArray([.. head.Select(Field)]),
                ["missingValues"] = new JsonArray(""),
            },
        };
        if (words.Has("data." + name))
            resource["description"] = words.Text("data." + name);
        return resource;
    }

    /// <summary>The licence by its title and address; by an identifier only where that is sure, since programs look it up in a list.</summary>
    private static JsonObject Licence(Network network)
    {
        var licence = new JsonObject();
        if (network.Licence.Trim() is ("CC BY 4.0" or "CC BY-SA 4.0" or "CC0 1.0") and var known)
            licence["name"] = known.Replace(' ', '-');
        if (network.LicenceAddress.Length > 0)
            licence["path"] = network.LicenceAddress;
        licence["title"] = network.Licence;
        return licence;
    }

    private static JsonObject Field(string column)
    {
        var field = new JsonObject { ["name"] = column };
        var about = column switch
        {
            "treatment" => Codes(Treatments),
            "measure" => Codes("net-balance", "share"),
            _ => Columns[column](),
        };
        foreach (var (key, value) in about.ToList())
        {
            about.Remove(key);
            field[key] = value;
        }

        return field;
    }

    private static JsonObject Codes(params string[] codes) =>
        new() { ["type"] = "string", ["constraints"] = new JsonObject { ["enum"] = new JsonArray([.. codes.Select(c => JsonValue.Create(c))]) } };

    private static Dictionary<string, Func<JsonObject>> Of(params (string Type, string Columns)[] kinds) =>
        kinds.SelectMany(k => k.Columns.Split(' ').Select(c => (c, k.Type))).ToDictionary(c => c.c, c => new Func<JsonObject>(() => new JsonObject { ["type"] = c.Type }), StringComparer.Ordinal);
}
