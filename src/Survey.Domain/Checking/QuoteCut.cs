using System.Text.RegularExpressions;

namespace Survey.Domain.Checking;

/// <summary>
/// A member's words made shorter: some left out, each gap marked with […], none added or changed. Spaces and line ends do not count.
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
        if (pieces.Count < 2 || pieces.TrueForAll(p => p.Length == 0) || !whole.StartsWith(pieces[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = 0;
        foreach (var piece in pieces.SkipLast(1))
        {
            var found = whole.IndexOf(piece, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + piece.Length;
        }

        return whole.EndsWith(pieces[^1], StringComparison.Ordinal) && whole.Length - pieces[^1].Length >= at;
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
