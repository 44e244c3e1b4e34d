using Survey.Domain.Geography;
using Survey.Testing;

namespace Survey.UnitTests.Geography;

/// <summary>The region scheme that comes with the product, as its tests read it.</summary>
internal static class DefaultScheme
{
    public const string FileName = "templates/regions/default.yaml";

    public static string Yaml { get; } = System.IO.File.ReadAllText(Repository.File(FileName));

    public static RegionScheme Value { get; } = Read();

    public static PlaceMatcher Matcher { get; } = new(Value);

    private static RegionScheme Read()
    {
        var parsed = RegionScheme.Parse(Yaml, FileName, "en", "fr", "es", "ar");
        return parsed.Value ?? throw new InvalidOperationException(string.Join('\n', parsed.Problems));
    }
}
