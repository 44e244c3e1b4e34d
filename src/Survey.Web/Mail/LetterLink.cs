using System.Text.RegularExpressions;
using Survey.Domain.Invitations;

namespace Survey.Web.Mail;

/// <summary>The personal link in the text of a message: found, taken out when nobody waits for it, and put in afresh.</summary>
public static partial class LetterLink
{
    /// <summary>The link; null where the text leads to a page for everybody.</summary>
    public static string? In(string body) => Link().Match(body) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>The token of the link, or null.</summary>
    public static string? TokenIn(string body) => Link().Match(body) is { Success: true } found ? found.Groups[2].Value : null;

    /// <summary>The text with a place where the token stood.</summary>
    public static string WithoutToken(string body) => TokenIn(body) is { } token ? body.Replace(token, OutboxMessage.TokenPlace, StringComparison.Ordinal) : body;

    /// <summary>Whether a token was taken out of the text.</summary>
    public static bool LacksToken(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return body.Contains("/a/" + OutboxMessage.TokenPlace, StringComparison.Ordinal);
    }

    /// <summary>The text with a fresh token in its place.</summary>
    public static string With(string body, string token)
    {
        ArgumentNullException.ThrowIfNull(body);
        return body.Replace(OutboxMessage.TokenPlace, token, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"<(https?://[^<>\s]+/a/([A-Za-z0-9_-]{22}))>")]
    private static partial Regex Link();
}
