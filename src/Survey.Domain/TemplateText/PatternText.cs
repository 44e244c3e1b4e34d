using System.Text;
using System.Text.RegularExpressions;

namespace Survey.Domain.TemplateText;

/// <summary>
/// A text with places to fill in, written <c>{name}</c> (letters and digits, beginning with a letter). A brace that encloses no name
/// is just a brace. What is filled in is never read for places again, so a member's words cannot become part of the pattern.
/// </summary>
public sealed partial class PatternText
{
    private readonly List<(string Words, bool IsPlace)> _parts = [];

    public PatternText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Written = text;
        var end = 0;
        foreach (Match place in Place().Matches(text))
        {
            if (place.Index > end)
                _parts.Add((text[end..place.Index], false));
            _parts.Add((place.Groups[1].Value, true));
            end = place.Index + place.Length;
        }
        if (end < text.Length)
            _parts.Add((text[end..], false));
        Places = [.. _parts.Where(part => part.IsPlace).Select(part => part.Words).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The text as it stands in the file.</summary>
    public string Written { get; }

    /// <summary>The names of the places, each once, sorted.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>The text with each place filled in by <paramref name="value"/>.</summary>
    public string Fill(Func<string, string> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (_parts.Count == 1 && !_parts[0].IsPlace)
            return Written;
        var filled = new StringBuilder(Written.Length + 16);
        foreach (var (words, isPlace) in _parts)
            filled.Append(isPlace ? value(words) : words);
        return filled.ToString();
    }

    [GeneratedRegex("\\{([A-Za-z][A-Za-z0-9]*)\\}")]
    private static partial Regex Place();
}
