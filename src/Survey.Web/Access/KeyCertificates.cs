using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Survey.Web.Access;

/// <summary>
/// The certificates under which the stored keys of cookies, forms and links are encrypted, so that a copy of the database alone forges no session and no link. New keys are written
/// under <see cref="Current"/>; <see cref="Older"/> only read what was written before a change of certificate. Whether a certificate has run out plays no part.
/// </summary>
public sealed record KeyCertificates(X509Certificate2 Current, IReadOnlyList<X509Certificate2> Older)
{
    /// <summary>What the environment names: null without <c>PROGRESS_KEY_CERTIFICATE</c>. What is wrong is added to <paramref name="problems"/>.</summary>
    public static KeyCertificates? Read(IConfiguration configuration, IList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(problems);
        var password = configuration["PROGRESS_KEY_CERTIFICATE_PASSWORD"];
        var older = (configuration["PROGRESS_KEY_CERTIFICATE_OLDER"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (configuration["PROGRESS_KEY_CERTIFICATE"] is not { Length: > 0 } named)
        {
            if (older.Length > 0 || password is { Length: > 0 })
            {
                problems.Add("PROGRESS_KEY_CERTIFICATE is missing, though other settings of the certificate are there; name its file, or take the others out.");
            }

            return null;
        }

        var current = Load("PROGRESS_KEY_CERTIFICATE", named, password, problems);
        var others = older.Select(file => Load("PROGRESS_KEY_CERTIFICATE_OLDER", file, password, problems)).OfType<X509Certificate2>().ToList();
        return current is null ? null : new(current, others);
    }

    private static X509Certificate2? Load(string setting, string file, string? password, IList<string> problems)
    {
        try
        {
            var certificate = Path.GetExtension(file).ToUpperInvariant() is ".PFX" or ".P12"
                ? X509CertificateLoader.LoadPkcs12FromFile(file, password)
                : password is { Length: > 0 } ? X509Certificate2.CreateFromEncryptedPemFile(file, password) : X509Certificate2.CreateFromPemFile(file);
            using var key = certificate.GetRSAPrivateKey();
            if (key is not null)
            {
                return certificate;
            }

            problems.Add($"{setting}: '{file}' holds no RSA private key. Give certificate and key in one file (.pem, or .pfx).");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problems.Add($"{setting}: '{file}' cannot be read as a certificate with its private key ({e.Message.TrimEnd('.')}). Give both in one file (.pem, or .pfx), and the password in PROGRESS_KEY_CERTIFICATE_PASSWORD where there is one.");
        }

        return null;
    }
}
