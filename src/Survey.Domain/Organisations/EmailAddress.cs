using System.Text.RegularExpressions;

namespace Survey.Domain.Organisations;

/// <summary>
/// An e-mail address as people type it: trimmed, with one @ and a domain that has a point, of at most 254 characters, its part before the @ in ASCII (what every
/// mail server takes). Whether somebody reads there is known only by writing.
/// </summary>
public static partial class EmailAddress
{
    /// <summary>The most characters that an address has (RFC 5321 with its brackets).</summary>
    public const int Longest = 254;

    /// <summary>The address, or null for something else.</summary>
    public static string? Of(string? typed)
    {
        var address = DoorText.Clean(typed ?? "").Trim();
        return address.Length <= Longest && Pattern().IsMatch(address) ? address : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}]([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?(\.[\p{L}\p{N}]([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?)+$")]
    private static partial Regex Pattern();
}
