using System.Net;
using System.Text.RegularExpressions;

namespace Survey.Domain.Erasures;

/// <summary>
/// Finds an organisation's name in words of the office, as words of their own and however they are written: other case, accents, Arabic letter forms or punctuation, with marks of Markdown between, or with an Arabic
/// conjunction or preposition before it. A short name is found only as it is written, for it may be a word of the language otherwise.
/// </summary>
public sealed partial class NameSearch
{
    /// <summary>The shortest name that is looked for in other writings than its own.</summary>
    private const int Shortest = 5;

    private const int MostPrefixes = 2;

    private const string ArabicPrefixes = "وفبلك";

    private readonly List<string> asWritten = [];

    private readonly List<string> folded = [];

    public NameSearch(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names.Where(n => n.Length > 1))
        {
            var form = FoldedText.Of(name);
            if (form.Length < Shortest)
            {
                asWritten.Add(name);
                continue;
            }

            folded.Add(form);
            // "To" and the article become one: للأمل.
            if (form.StartsWith("ال", StringComparison.Ordinal))
            {
                folded.Add("لل" + form[2..]);
            }
        }
    }

    /// <summary>Whether one of the names stands in plain words.</summary>
    public bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsWrittenIn(text) || (folded.Count > 0 && IsFoldedIn(FoldedText.Whole(text)));
    }

    /// <summary>Whether one of the names stands in what Markdown prints.</summary>
    public bool IsInMarkdown(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        return IsIn(markdown) || IsIn(Marks().Replace(WebUtility.HtmlDecode(Addresses().Replace(markdown, "]")), ""));
    }

    /// <summary>Whether one of the names stands in a text of the office or below it.</summary>
    public bool IsInText(string markdown, string signedBy, string signedAs) => IsInMarkdown(markdown) || IsIn(signedBy) || IsIn(signedAs);

    private bool IsWrittenIn(string text) => asWritten.Exists(n => IsWord(text, n, text.IndexOf(n, StringComparison.Ordinal), hasPrefixes: false));

    private bool IsFoldedIn(string text) => folded.Exists(n => IsWord(text, n, text.IndexOf(n, StringComparison.Ordinal), hasPrefixes: true));

    private static bool IsWord(string text, string name, int at, bool hasPrefixes)
    {
        for (; at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if ((end == text.Length || !char.IsLetterOrDigit(text[end])) && BeginsAt(text, at, hasPrefixes))
            {
                return true;
            }
        }

        return false;
    }

    private static bool BeginsAt(string text, int at, bool hasPrefixes)
    {
        var prefixes = 0;
        while (hasPrefixes && prefixes < MostPrefixes && at > 0 && text[at] >= '\u0600' && ArabicPrefixes.Contains(text[at - 1], StringComparison.Ordinal))
        {
            (prefixes, at) = (prefixes + 1, at - 1);
        }

        return at == 0 || !char.IsLetterOrDigit(text[at - 1]);
    }

    [GeneratedRegex(@"\](?:\([^)\n]*\)|\[[^\]\n]*\])")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"[*_`\[\]\\<>]")]
    private static partial Regex Marks();
}
