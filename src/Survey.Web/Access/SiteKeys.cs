using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Survey.Web.Access;

/// <summary>The keys of cookies, forms and links, which all processes of a database share; a worker writes links too.</summary>
public static class SiteKeys
{
    public static IServiceCollection AddSiteKeys(this IServiceCollection services, KeyCertificates? certificates)
    {
        var protection = services.AddDataProtection().SetApplicationName("progress-report");
        services.AddSingleton<StoredKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<StoredKeys>((o, keys) => o.XmlRepository = keys);
        if (certificates is not null)
        {
            protection.ProtectKeysWithCertificate(certificates.Current).UnprotectKeysWithAnyCertificate([certificates.Current, .. certificates.Older]);
        }

        return services;
    }

    /// <summary>
    /// Encrypts what was stored before there was a certificate. Returns the ids of the stored keys that cannot be read with the certificates given, oldest first: with
    /// one of them missing, links in mails that were sent would stop working and everybody would be signed out, so a process must not start like that.
    /// </summary>
    public static IReadOnlyList<Guid> Prepare(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.GetRequiredService<Microsoft.Extensions.Options.IOptions<KeyManagementOptions>>().Value.XmlEncryptor is CertificateXmlEncryptor encryptor)
        {
            services.GetRequiredService<StoredKeys>().Encrypt(encryptor);
        }

        return [.. services.GetRequiredService<IKeyManager>().GetAllKeys().Where(k => !k.IsRevoked && !CanBeRead(k)).OrderBy(k => k.CreationDate).Select(k => k.KeyId)];
    }

    private static bool CanBeRead(IKey key)
    {
        try
        {
            return key.Descriptor is not null;
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException)
        {
            return false;
        }
    }
}
