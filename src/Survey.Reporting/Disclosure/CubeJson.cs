using System.Text.Json;
using System.Text.Json.Serialization;

namespace Survey.Reporting.Disclosure;

/// <summary>The cube as text, for storing it with its edition: the same cube is always the same bytes, and reading gives back an equal cube.</summary>
public static class CubeJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The cube's JSON on one line, properties in a fixed order.</summary>
    public static string Write(Cube cube) => JsonSerializer.Serialize(cube, Options);

    /// <summary>The cube of this JSON; throws <see cref="JsonException"/> when it is none.</summary>
    public static Cube Read(string json) => JsonSerializer.Deserialize<Cube>(json, Options) ?? throw new JsonException("No cube.");
}
