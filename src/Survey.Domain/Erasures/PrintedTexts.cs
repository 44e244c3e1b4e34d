using System.Text;
using System.Text.Json;

namespace Survey.Domain.Erasures;

/// <summary>Reads the office's own words out of a version's <c>content.json</c>, as a reader sees them: the spans of a line are one text, whatever their look. Blocks in columns are found too.</summary>
public static class PrintedTexts
{
    /// <summary>The lines of all texts of the office, each a text, and where their links lead; none where the content holds none.</summary>
    public static IReadOnlyList<string> In(ReadOnlyMemory<byte> content)
    {
        // Most versions have none, and a report is long.
        if (content.Span.IndexOf("\"richText\""u8) < 0)
        {
            return [];
        }

        using var document = JsonDocument.Parse(content);
        var texts = new List<string>();
        Read(document.RootElement, texts);
        return texts;
    }

    private static void Read(JsonElement element, List<string> texts)
    {
        if (element.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Read(item, texts);
            }
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            if (element.TryGetProperty("kind", out var kind) && kind.ValueKind is JsonValueKind.String && kind.ValueEquals("richText"))
            {
                var lines = element.GetProperty("parts").EnumerateArray().SelectMany(p => p.GetProperty("lines").EnumerateArray()).ToList();
                texts.AddRange(lines.Select(Words));
                texts.AddRange(lines.SelectMany(l => l.GetProperty("spans").EnumerateArray()).Select(LinkOf).OfType<string>());
                return;
            }

            foreach (var property in element.EnumerateObject())
            {
                Read(property.Value, texts);
            }
        }
    }

    private static string? LinkOf(JsonElement span) => span.TryGetProperty("link", out var link) && link.ValueKind is JsonValueKind.String ? link.GetString() : null;

    private static string Words(JsonElement line)
    {
        var words = new StringBuilder();
        foreach (var span in line.GetProperty("spans").EnumerateArray())
        {
            words.Append(span.GetProperty("text").GetString());
        }

        return words.ToString();
    }
}
