using System.Globalization;
using System.Text;

namespace Survey.Reporting.Editions;

/// <summary>
/// Makes any text printable with the report's fonts, so that nothing a member typed can stop a run: a character that no shipped face covers
/// (Chinese, private use, a rare sign) is replaced by <see cref="Mark"/>, one for a whole run of them; control characters, direction overrides
/// and variation selectors are dropped; tabs become spaces; direction isolates are balanced. Letters, emoji and markup stay as typed.
/// </summary>
public static class PrintableText
{
    /// <summary>Stands for what cannot be printed: U+25A1, a white square.</summary>
    public const char Mark = '\u25A1';

    /// <summary>More marks than this on one letter are dropped: stacked marks would run into other lines.</summary>
    private const int MostMarksOnALetter = 4;

    private static readonly HashSet<int> Latin = Parse(PrintableRanges.Latin);
    private static readonly HashSet<int> Arabic = Parse(PrintableRanges.Arabic);
    private static readonly HashSet<int> Emoji = Parse(PrintableRanges.Emoji);

    /// <summary>The printable form; a text that is printable already is returned as it is.</summary>
    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate comes out as U+FFFD
        {
            var replaced = Keep(rune.Value);
            if (replaced is not null)
                clean.Append(replaced.Value);
        }

        var result = new StringBuilder(clean.Length);
        var open = 0;
        var elements = StringInfo.GetTextElementEnumerator(clean.ToString());
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (element == "\u2069" && open == 0)
                continue;
            open += element switch { "\u2066" or "\u2067" or "\u2068" => 1, "\u2069" => -1, _ => 0 };
            Append(result, element);
        }

        result.Append('\u2069', open);
        return result.Length == text.Length && result.Equals(text) ? text : result.ToString();
    }

    /// <summary>Whether one of the faces can set this code point.</summary>
    public static bool Covers(int codePoint) => Latin.Contains(codePoint) || Arabic.Contains(codePoint) || Emoji.Contains(codePoint);

    private static Rune? Keep(int code) => code switch
    {
        '\n' => new Rune('\n'),
        '\t' => new Rune(' '),
        0x85 or 0x0B or 0x0C or 0x2028 or 0x2029 => new Rune('\n'),
        < 0x20 or (>= 0x7F and <= 0x9F) => null, // includes CR: a line ends with LF
        >= 0x202A and <= 0x202E => null, // embeddings and overrides would reach past the quote
        >= 0x206A and <= 0x206F or 0xFEFF => null,
        >= 0xFE00 and <= 0xFE0F => null, // variation selectors: emoji come in one form here
        >= 0xFFF9 and <= 0xFFFB => null,
        >= 0xE0000 and <= 0xE0FFF => null,
        _ => new Rune(code),
    };

    /// <summary>A letter and its marks must stand in one face; marks that the letter's face lacks are dropped.</summary>
    private static void Append(StringBuilder result, string element)
    {
        if (element is "\n" || All(element, Latin) || All(element, Arabic) || All(element, Emoji))
        {
            AppendShortened(result, element);
            return;
        }

        var first = element.EnumerateRunes().First();
        var face = Latin.Contains(first.Value) ? Latin : Arabic.Contains(first.Value) ? Arabic : Emoji.Contains(first.Value) ? Emoji : null;
        if (IsInvisible(first.Value))
        {
            result.Append(first);
        }
        else if (face is null)
        {
            if (!EndsWithMark(result))
                result.Append(Mark);
        }
        else
        {
            var kept = new StringBuilder();
            foreach (var rune in element.EnumerateRunes())
            {
                if (face.Contains(rune.Value) || IsInvisible(rune.Value))
                    kept.Append(rune);
            }

            AppendShortened(result, kept.ToString());
        }
    }

    private static void AppendShortened(StringBuilder result, string element)
    {
        var marks = 0;
        foreach (var rune in element.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark && ++marks > MostMarksOnALetter)
                continue;
            result.Append(rune);
        }
    }

    private static bool EndsWithMark(StringBuilder result) => result.Length > 0 && result[^1] == Mark;

    private static bool All(string element, HashSet<int> face)
    {
        foreach (var rune in element.EnumerateRunes())
        {
            if (!face.Contains(rune.Value) && !IsInvisible(rune.Value))
                return false;
        }

        // a mark with no letter before it has nothing to stand on
        return !IsInvisible(element.EnumerateRunes().First().Value);
    }

    /// <summary>Joiners, direction marks and isolates: no face needs a glyph for them.</summary>
    private static bool IsInvisible(int code) => code is 0xAD or 0x61C or (>= 0x200B and <= 0x200F) or 0x2060 or (>= 0x2066 and <= 0x2069);

    private static HashSet<int> Parse(string ranges)
    {
        var set = new HashSet<int>();
        foreach (var range in ranges.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            var from = int.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var to = int.Parse(ends[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            for (var code = from; code <= to; code++)
                set.Add(code);
        }

        return set;
    }
}
