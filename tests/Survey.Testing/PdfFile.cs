using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Survey.Testing;

/// <summary>Reads a PDF for tests with qpdf and poppler: its objects, structure and text. It never judges; tests do.</summary>
public sealed partial class PdfFile
{
    private readonly JsonElement objects;
    private readonly string path;

    private PdfFile(string path, JsonElement objects)
    {
        this.path = path;
        this.objects = objects;
    }

    /// <summary>The file's objects as dictionaries; streams by their dictionary.</summary>
    public IEnumerable<JsonElement> Dictionaries => objects.EnumerateObject().Select(o => Value(o.Value)).Where(v => v.ValueKind == JsonValueKind.Object);

    /// <summary>The document catalog.</summary>
    public JsonElement Catalog => Get(objects.GetProperty("trailer").GetProperty("value").GetProperty("/Root"));

    /// <summary>Structure elements: those that say what a piece of content is.</summary>
    public IReadOnlyList<JsonElement> Elements => field ??= [.. Dictionaries.Where(d => d.TryGetProperty("/S", out var s) && s.ValueKind == JsonValueKind.String && d.TryGetProperty("/P", out _)
        && (d.TryGetProperty("/K", out _) || d.TryGetProperty("/Pg", out _) || Name(d, "/Type") == "/StructElem"))];

    /// <summary>The XMP packet.</summary>
    public string Metadata => Encoding.UTF8.GetString(Convert.FromBase64String(objects.GetProperty("obj:" + Catalog.GetProperty("/Metadata").GetString()).GetProperty("stream").GetProperty("data").GetString()!));

    /// <summary>Titles of the bookmarks in their order, each before those below it.</summary>
    public IReadOnlyList<string> Bookmarks => [.. BookmarksBelow(Get(Catalog, "/Outlines"))];

    private IEnumerable<string> BookmarksBelow(JsonElement parent)
    {
        for (var item = Get(parent, "/First"); item.ValueKind == JsonValueKind.Object; item = Get(item, "/Next"))
        {
            yield return Words(item, "/Title")!;
            foreach (var title in BookmarksBelow(item))
            {
                yield return title;
            }
        }
    }

    /// <summary>Number of pages.</summary>
    public int Pages => Dictionaries.Count(d => Name(d, "/Type") == "/Page");

    /// <summary>Reads a file.</summary>
    public static PdfFile Read(string path)
    {
        var json = Run("qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized", path, "-");
        return new PdfFile(path, JsonDocument.Parse(json).RootElement.GetProperty("qpdf")[1]);
    }

    /// <summary>The text as poppler extracts it; soft hyphens at line ends joined.</summary>
    public string Text(int? page = null)
    {
        string[] pages = page is { } p ? ["-f", p.ToString(CultureInfo.InvariantCulture), "-l", p.ToString(CultureInfo.InvariantCulture)] : [];
        return Run("pdftotext", [.. pages, "-enc", "UTF-8", path, "-"]).Replace("\u00AD\n", "", StringComparison.Ordinal);
    }

    /// <summary>The text with its lines as they lie on the page, so that a row of a table is a line.</summary>
    public string Layout() => Run("pdftotext", "-layout", "-enc", "UTF-8", path, "-");

    /// <summary>The words of each page with the boxes they take, in points from the page's upper left corner.</summary>
    public IReadOnlyList<IReadOnlyList<PdfWord>> Boxes() =>
        [.. Run("pdftotext", "-bbox", "-enc", "UTF-8", path, "-").Split("<page ").Skip(1).Select(page => (IReadOnlyList<PdfWord>)[.. WordBox().Matches(page)
            .Select(m => new PdfWord(Points(m.Groups[1].Value), Points(m.Groups[2].Value), Points(m.Groups[3].Value), Points(m.Groups[4].Value), WebUtility.HtmlDecode(m.Groups[5].Value)))])];

    /// <summary>The text of the structure tree, in the order in which it is read aloud.</summary>
    public string Structure() => string.Concat(StructureText().Matches(Run("pdfinfo", "-struct-text", path)).Select(m => m.Groups[1].Value));

    /// <summary>What <c>pdfinfo</c> prints.</summary>
    public string Info() => Run("pdfinfo", path);

    /// <summary>Elements of a structure type such as <c>/Figure</c>.</summary>
    public IReadOnlyList<JsonElement> ElementsOf(string type) => [.. Elements.Where(e => Name(e, "/S") == type)];

    /// <summary>Follows references to the value itself.</summary>
    public JsonElement Get(JsonElement value)
    {
        while (value.ValueKind == JsonValueKind.String && value.GetString() is { } s && s.EndsWith(" R", StringComparison.Ordinal) && objects.TryGetProperty("obj:" + s, out var found))
            value = Value(found);
        return value;
    }

    /// <summary>A dictionary's entry, followed; undefined when it is not there.</summary>
    public JsonElement Get(JsonElement dictionary, string key) => dictionary.ValueKind == JsonValueKind.Object && dictionary.TryGetProperty(key, out var value) ? Get(value) : default;

    /// <summary>A name (<c>/Figure</c>), or null.</summary>
    public string? Name(JsonElement dictionary, string key) => Get(dictionary, key) is { ValueKind: JsonValueKind.String } v ? v.GetString() : null;

    /// <summary>A text string without qpdf's prefix, or null.</summary>
    public string? Words(JsonElement dictionary, string key) => Name(dictionary, key) is { } s ? s.StartsWith("u:", StringComparison.Ordinal) || s.StartsWith("b:", StringComparison.Ordinal) ? s[2..] : s : null;

    private static JsonElement Value(JsonElement holder) =>
        holder.TryGetProperty("value", out var value) ? value : holder.TryGetProperty("stream", out var stream) ? stream.GetProperty("dict") : default;

    private static double Points(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">(.*?)</word>")]
    private static partial Regex WordBox();

    [GeneratedRegex("^ *\"(.*)\"\\s*$", RegexOptions.Multiline)]
    private static partial Regex StructureText();

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // qpdf's 3 is "with warnings"
        return process.ExitCode is 0 or 3 ? output : throw new InvalidOperationException($"{program}: {errors.Result}");
    }
}

/// <summary>A word on a page and its box, in points from the upper left corner.</summary>
public sealed record PdfWord(double Left, double Top, double Right, double Bottom, string Text)
{
    /// <summary>How tall the line is that it was set in: about 1.3 times its size.</summary>
    public double Height => Bottom - Top;
}
