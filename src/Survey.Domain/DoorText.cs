using System.Globalization;
using System.Text;

namespace Survey.Domain;

/// <summary>
/// Text as it is kept: Unicode NFC, lines ended by LF, without NUL and without lone surrogates. Everything typed, imported or read
/// from a file passes here once, at the door; after that its length is counted in code points and it is never normalised again.
/// </summary>
public static class DoorText
{
    /// <summary>
    /// The same text as it may be kept. Lone surrogates go first: .NET refuses to normalise a text that holds one. Noncharacters
    /// (such as U+FFFE) stay, for Unicode allows them in text and both databases store them.
    /// </summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = NeedsRepair(text) ? Repair(text) : text;
        return whole.IsNormalized(NormalizationForm.FormC) ? whole : whole.Normalize(NormalizationForm.FormC);
    }

    /// <summary>How long a text is for a person and for a limit: code points, so that an emoji or a rare ideograph counts once.</summary>
    public static int Length(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                pairs++;
        return text.Length - pairs;
    }

    /// <summary>
    /// The text cut to at most <paramref name="codePoints"/> code points, never inside a character that a reader sees as one
    /// (a letter with its marks, a joined emoji).
    /// </summary>
    public static string Cut(string text, int codePoints)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(codePoints);
        if (Length(text) <= codePoints)
            return text;
        var kept = 0;
        var counted = 0;
        while (kept < text.Length)
        {
            var step = StringInfo.GetNextTextElementLength(text, kept);
            counted += Length(text.Substring(kept, step));
            if (counted > codePoints)
                break;
            kept += step;
        }
        return text[..kept];
    }

    private static bool NeedsRepair(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\0' or '\r')
                return true;
            if (!char.IsSurrogate(c))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(c, text[i + 1]))
                return true;
            i++;
        }
        return false;
    }

    private static string Repair(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0')
                continue;
            if (c == '\r')
            {
                kept.Append('\n');
                if (i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
            }
            else if (!char.IsSurrogate(c))
            {
                kept.Append(c);
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
            {
                kept.Append(c).Append(text[++i]);
            }
        }
        return kept.ToString();
    }
}
