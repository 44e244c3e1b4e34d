using System.Globalization;

namespace Survey.Web.Pages.Office.Access;

/// <summary>A code as people type it: with spaces, hyphens or Arabic-Indic digits.</summary>
internal static class SignInCode
{
    public static string Clean(string? typed) => string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')
        .Select(c => CharUnicodeInfo.GetDecimalDigitValue(c) is var digit and >= 0 ? (char)('0' + digit) : c));
}
