using System.Globalization;

namespace Survey.Web.Pages.Office.Access;

/// <summary>A code as people type it: with spaces, hyphens or Arabic-Indic digits.</summary>
internal static class SignInCode
{
    /// <summary>Whether it is a code of an authenticator; what is not may be a recovery code.</summary>
    public static bool IsOfAuthenticator(string? typed) => Clean(typed).Length == 6;

    /// <summary>A recovery code as it is kept: with its hyphen, in capitals.</summary>
    public static string Recovery(string? typed) => (typed ?? "").Trim().ToUpperInvariant();

    public static string Clean(string? typed) => string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')
        .Select(c => CharUnicodeInfo.GetDecimalDigitValue(c) is var digit and >= 0 ? (char)('0' + digit) : c));
}
