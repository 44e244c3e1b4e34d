using Microsoft.AspNetCore.Identity;

namespace Survey.Web.Access;

/// <summary>
/// Where passkeys can be used and how. A passkey belongs to a host name: browsers offer none for an IP address, nor where the site is reached without TLS, but for this machine itself. It is asked to know its person (by a
/// finger, a face or a PIN), so that it stands for both factors: the device that one has, and what one is or knows.
/// </summary>
public static class Passkeys
{
    /// <summary>The most passkeys of an account.</summary>
    public const int Most = 10;

    /// <summary>The longest name of a passkey, in code points.</summary>
    public const int LongestName = 60;

    /// <summary>Whether this address of the site can have passkeys.</summary>
    public static bool AreOffered(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var host = request.Host.Host;
        return OriginOf(request) == $"{request.Scheme}://{request.Host}" && Uri.CheckHostName(host) == UriHostNameType.Dns && (request.IsHttps || host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal));
    }

    /// <summary>The one origin that counts: that of the site's public address where it is set, since a sender chooses the Host header.</summary>
    private static string OriginOf(HttpRequest request) =>
        request.HttpContext.RequestServices.GetRequiredService<SiteOptions>().PublicUrl is { } url ? new Uri(url).GetLeftPart(UriPartial.Authority) : $"{request.Scheme}://{request.Host}";

    /// <summary>A passkey's id as pages and the audit name it.</summary>
    public static string IdOf(UserPasskeyInfo passkey)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        return Convert.ToHexStringLower(passkey.CredentialId);
    }

    internal static void Configure(IdentityPasskeyOptions o)
    {
        o.UserVerificationRequirement = "required";
        // So that nobody types an address first, and none is told.
        o.ResidentKeyRequirement = "required";
        // Pages pass no address on, so the browser's Origin header is empty when it sends their forms; what the browser has signed names the origin too.
        o.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == OriginOf(context.HttpContext.Request));
    }
}
