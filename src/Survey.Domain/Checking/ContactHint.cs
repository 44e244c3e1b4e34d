using System.Text.RegularExpressions;

namespace Survey.Domain.Checking;

/// <summary>
/// Whether words hold what reaches a person: a mail address, or seven or more digits that only spaces and the signs of telephone numbers part. A hint to who wrote them, never a
/// proof: a year, an amount and a range of years have fewer digits.
/// </summary>
public static partial class ContactHint
{
    /// <summary>Whether the words hold such a thing.</summary>
    public static bool In(string? words) => words is not null && (Mail().IsMatch(words) || Telephone().IsMatch(words));

    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.\p{L}{2,}")]
    private static partial Regex Mail();

    // Amounts are parted in groups of three, 1 500 000 or 1,500,000; two years beside each other are a time.
    [GeneratedRegex(@"(?<![\p{Nd}.,])(?!(?:19|20)\p{Nd}{2} ?[-/] ?(?:19|20)\p{Nd}{2}(?!\p{Nd}))(?!\p{Nd}{1,3}(?:[ \u00A0\u202F.,]\p{Nd}{3})+(?!\p{Nd}))(?:\+|\()?\p{Nd}(?:[ \u00A0\u202F()/.-]{0,2}\p{Nd}){6,}")]
    private static partial Regex Telephone();
}
