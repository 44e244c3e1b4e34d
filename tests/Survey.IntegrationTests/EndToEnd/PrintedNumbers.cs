using System.Globalization;
using System.Text.RegularExpressions;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>Numbers as a reader finds them in a text: whole, with their sign, whatever stands around them.</summary>
internal static partial class PrintedNumbers
{
    /// <summary>The numbers of a text in their order; direction marks and isolates, which only order the line, are left out first.</summary>
    public static List<int> Of(string text) =>
        [.. Number().Matches(Plain(text)).Select(m => int.Parse(m.Value.Replace('\u2212', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))];

    /// <summary>A text without direction marks, embeddings and isolates.</summary>
    public static string Plain(string text) => Directions().Replace(text, "");

    /// <summary>A text without spaces, hyphens at line ends and direction marks: what is left when lines may break anywhere.</summary>
    public static string Solid(string text) => Spaces().Replace(Plain(text), "");

    [GeneratedRegex(@"[+\u2212-]?[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex("[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex Directions();

    [GeneratedRegex(@"[\s\u00AD\u200B-\u200D\u2060]+")]
    private static partial Regex Spaces();
}
