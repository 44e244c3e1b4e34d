using System.Text.RegularExpressions;

namespace Survey.Domain.Editions;

/// <summary>A digital object identifier as its agency gave it: <c>10.</c>, the registrant's number, a slash and a name (ISO 26324). None is ever made up here.</summary>
public static partial class Doi
{
    /// <summary>The longest that is kept.</summary>
    public const int Longest = 200;

    /// <summary>What was typed without the address before it; null where it is no identifier.</summary>
    public static string? Of(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var bare = Before().Replace(typed.Trim(), "");
        return bare.Length <= Longest && Form().IsMatch(bare) ? bare : null;
    }

    [GeneratedRegex(@"^(https?://(dx\.)?doi\.org/|doi:\s*)", RegexOptions.IgnoreCase)]
    private static partial Regex Before();

    [GeneratedRegex(@"^10\.[0-9]{4,9}/[-._;()/:A-Za-z0-9]+$")]
    private static partial Regex Form();
}
