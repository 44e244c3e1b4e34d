using System.Globalization;
using System.Text.RegularExpressions;

namespace Survey.Domain.Checking;

/// <summary>
/// A member's words made shorter: some left out, each gap marked with […], none added, changed or cut through: "possible" is no part of "impossible". Spaces and
/// line ends do not count.
/// </summary>
public static partial class QuoteCut
{
    /// <summary>Stands for what was left out.</summary>
    public const string Mark = "[…]";

    /// <summary>The cut as it is stored: marks typed with three dots are marks too.</summary>
    public static string Cleaned(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return DoorText.Clean(typed).Replace("[...]", Mark, StringComparison.Ordinal).Trim();
    }

    /// <summary>Whether <paramref name="cut"/> is <paramref name="original"/> with parts left out, at least one, and each gap marked, also at beginning and end.</summary>
    public static bool IsCutOf(string original, string cut)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(cut);
        var whole = Spaces().Replace(original, " ").Trim();
        List<string> pieces = [.. Spaces().Replace(cut, " ").Split(Mark).Select(p => p.Trim())];
        if (pieces.Count < 2 || pieces.TrueForAll(p => p.Length == 0) || !whole.StartsWith(pieces[0], StringComparison.Ordinal) || !IsBetweenWords(whole, pieces[0].Length))
        {
            return false;
        }

        var at = pieces[0].Length;
        foreach (var piece in pieces[1..^1])
        {
            var found = Find(whole, piece, at);
            if (found < 0)
            {
                return false;
            }

            at = found + piece.Length;
        }

        var last = whole.Length - pieces[^1].Length;
        return whole.EndsWith(pieces[^1], StringComparison.Ordinal) && last >= at && IsBetweenWords(whole, last);
    }

    /// <summary>Where a piece of whole words stands first, from a place on; below zero where it does not.</summary>
    private static int Find(string whole, string piece, int from)
    {
        var found = whole.IndexOf(piece, from, StringComparison.Ordinal);
        while (found >= 0 && !(IsBetweenWords(whole, found) && IsBetweenWords(whole, found + piece.Length)))
        {
            found = found + 1 < whole.Length ? whole.IndexOf(piece, found + 1, StringComparison.Ordinal) : -1;
        }

        return found;
    }

    /// <summary>
    /// Whether a gap may begin or end here. A hyphen joins a word's parts ("non-members"); an apostrophe belongs to what stands before it, so that "can't" is not cut to "can"
    /// while "l'association" may lose its article. A number is never cut, whatever groups its digits ("12,500", "12 500", "3.5"), nor from its minus sign.
    /// </summary>
    private static bool IsBetweenWords(string whole, int at)
    {
        bool IsLetter(int i) => i >= 0 && i < whole.Length && (char.IsLetterOrDigit(whole[i]) || char.IsSurrogate(whole[i]) || char.GetUnicodeCategory(whole[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
        bool IsHyphen(int i) => i >= 0 && i < whole.Length && whole[i] is '-' or '\u2010' or '\u2011';
        bool IsDigit(int i) => i >= 0 && i < whole.Length && char.IsDigit(whole[i]);
        bool IsInNumber(int i) => IsDigit(i - 1) && IsDigit(i + 1) && whole[i] is '.' or ',' or '\'' or '\u2019' or ':' or '/' or ' ' or '\u066B' or '\u066C';
        return !(IsLetter(at - 1) && IsLetter(at)) && !IsInNumber(at - 1) && !IsInNumber(at) && !(IsDigit(at) && at > 0 && whole[at - 1] is '-' or '\u2212')
            && !(IsHyphen(at - 1) && IsLetter(at - 2) && IsLetter(at)) && !(IsLetter(at - 1) && IsHyphen(at) && IsLetter(at + 1))
            && !(IsLetter(at - 1) && at < whole.Length && whole[at] is '\'' or '\u2019' && IsLetter(at + 1));
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
