using System.Globalization;
using System.Text;

namespace Survey.Domain;

/// <summary>
/// A text as it is looked for and sorted: without case, accents, vowel signs, tatweel and punctuation, with one form for the Arabic
/// letters that are written in several ways, and with European digits. Made in C# and stored beside the text, because the two
/// databases' collations differ; compare the results ordinally.
/// </summary>
public static class FoldedText
{
    /// <summary>A folded text is cut here (UTF-16 units): a single ligature can fold to eighteen letters, and indexes have limits.</summary>
    public const int Longest = 500;

    /// <summary>The words of a text, folded, with one space between them. Empty when the text has neither letters nor digits.</summary>
    public static string Of(string text) => Words(Decomposed(text), Longest);

    /// <summary>The same of a whole text, however long it is: what a name is looked for in, never stored.</summary>
    public static string Whole(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Words(DoorText.Clean(text).Normalize(NormalizationForm.FormKD), int.MaxValue);
    }

    /// <summary>
    /// The key that names are listed by: as <see cref="Of"/>, without the Arabic article at the beginning (الأردن is found under alef,
    /// as in a directory), and then the text itself, so that no two different texts share a key and an order never depends on chance.
    /// </summary>
    public static string SortKey(string text)
    {
        var decomposed = Decomposed(text.Trim());
        // The article has a bare alef; in ألمانيا a hamza stands between alef and lam, and the letters belong to the name.
        if (decomposed.Length > 3 && decomposed.StartsWith("ال", StringComparison.Ordinal))
            decomposed = decomposed[2..];
        var key = Words(decomposed, Longest) + '\u0001' + text;
        return key.Length <= Longest ? key : DoorText.Clean(key[..Longest]);
    }

    // Compatibility forms go too (ﻻ, ﬁ, full-width letters), since they come out of PDFs and old word processors.
    private static string Decomposed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // More than this cannot be in the result, and normalising costs time.
        var start = text.Length <= 2 * Longest ? text : text[..(2 * Longest)];
        return DoorText.Clean(start).Normalize(NormalizationForm.FormKD);
    }

    private static string Words(string decomposed, int longest)
    {
        var folded = new StringBuilder(decomposed.Length);
        foreach (var rune in decomposed.EnumerateRunes())
        {
            if (folded.Length >= longest)
                break;
            switch (Rune.GetUnicodeCategory(rune))
            {
                // Signs that sit on or in a letter (accents, harakat, tatweel, joiners) vanish without parting the word.
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                    break;
                case UnicodeCategory.DecimalDigitNumber:
                    folded.Append((int)Rune.GetNumericValue(rune));
                    break;
                case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                    or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber:
                    AppendLetter(folded, Rune.ToLowerInvariant(rune));
                    break;
                default:
                    if (folded.Length > 0 && folded[^1] != ' ')
                        folded.Append(' ');
                    break;
            }
        }
        return folded.ToString().TrimEnd();
    }

    // After NFKD: آ أ إ ؤ ئ have become their carrier and a mark. The letters here have no decomposition in Unicode.
    private static void AppendLetter(StringBuilder folded, Rune letter)
    {
        switch (letter.Value)
        {
            case 'ٱ':
                folded.Append('ا');
                break;
            case 'ى' or 'ی':
                folded.Append('ي');
                break;
            case 'ة' or 'ہ' or 'ە':
                folded.Append('ه');
                break;
            case 'ک':
                folded.Append('ك');
                break;
            case 'ـ' or 'ء':
                break;
            case 'ß':
                folded.Append("ss");
                break;
            case 'æ':
                folded.Append("ae");
                break;
            case 'œ':
                folded.Append("oe");
                break;
            case 'ø':
                folded.Append('o');
                break;
            case 'ł':
                folded.Append('l');
                break;
            case 'đ' or 'ð':
                folded.Append('d');
                break;
            case 'þ':
                folded.Append("th");
                break;
            case 'ı':
                folded.Append('i');
                break;
            case 'ς':
                folded.Append('σ');
                break;
            // The okina and the letter apostrophe are letters to Unicode, but people type them as quotes or not at all.
            case 'ʻ' or 'ʼ':
                break;
            default:
                folded.Append(letter.ToString());
                break;
        }
    }
}
