using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// The mark in each form that says when its page was made, for the minutes after the close in which a page loaded before may still save. Only this site
/// can write one, and it is worth something for its own response alone.
/// </summary>
public sealed class PageMark(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("page-loaded");

    /// <summary>The mark of a page of this response made at <paramref name="at"/> (UTC).</summary>
    public string Of(Guid response, DateTime at) => protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{response:N}{at.Ticks}"));

    /// <summary>The UTC moment that a mark of this response holds; null for another response's, a forged or an empty one.</summary>
    public DateTime? LoadedAt(string? mark, Guid response)
    {
        try
        {
            return mark is { Length: > 0 } && protector.Unprotect(mark) is { Length: > IdLength } held
                && Guid.TryParseExact(held.AsSpan(0, IdLength), "N", out var of) && of == response
                && long.TryParse(held.AsSpan(IdLength), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                    ? new DateTime(ticks, DateTimeKind.Utc)
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private const int IdLength = 32;
}
