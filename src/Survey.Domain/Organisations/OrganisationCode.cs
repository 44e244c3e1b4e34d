using System.Text.RegularExpressions;

namespace Survey.Domain.Organisations;

/// <summary>The office's own key of an organisation: letters and digits of any script and <c>- _ . /</c>, beginning with a letter or digit.</summary>
public static partial class OrganisationCode
{
    /// <summary>Whether the text may be a code; its length is checked beside it.</summary>
    public static bool IsOne(string text) => Pattern().IsMatch(text);

    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{N}._/-]*$")]
    private static partial Regex Pattern();
}
