using System.Text;
using Survey.Domain.Networks;

namespace Survey.Web.Access;

/// <summary>An authenticator's key as a person takes it over: for typing, in groups of four, and as the source of a picture to scan.</summary>
public sealed record AuthenticatorKey(string Text, string Picture)
{
    public static AuthenticatorKey Of(string key, string email, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var issuer = Uri.EscapeDataString(network.ShortName.In("en"));
        return new(
            string.Join(' ', key.Chunk(4).Select(c => new string(c))),
            "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(
                QrCode.Of($"otpauth://totp/{issuer}:{Uri.EscapeDataString(email)}?secret={key}&issuer={issuer}&digits=6").ToSvg())));
    }
}
