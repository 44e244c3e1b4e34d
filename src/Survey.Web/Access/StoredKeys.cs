using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web.Access;

/// <summary>
/// The keys that protect cookies, forms and links, kept in the database so that every process on it reads what another wrote. Keys are only ever added; what one
/// protects may be encrypted later.
/// </summary>
public sealed class StoredKeys(IDbContextFactory<SurveyDb> databases) : IXmlRepository
{
    // The format of the framework's own key files.
    private static readonly XNamespace Format = "http://schemas.asp.net/2015/03/dataProtection";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.CreateDbContext();
        return [.. db.DataProtectionKeys.AsNoTracking().OrderBy(k => k.Id).Select(k => k.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.CreateDbContext();
        db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }

    /// <summary>Encrypts the secrets of the keys that were stored before there was a certificate, and leaves the others alone. They stay the same keys.</summary>
    public void Encrypt(IXmlEncryptor encryptor)
    {
        ArgumentNullException.ThrowIfNull(encryptor);
        using var db = databases.CreateDbContext();
        foreach (var key in db.DataProtectionKeys)
        {
            var xml = XElement.Parse(key.Xml);
            var plain = xml.Descendants().Where(e => (bool?)e.Attribute(Format + "requiresEncryption") is true).ToList();
            foreach (var secret in plain)
            {
                var bare = new XElement(secret);
                bare.SetAttributeValue(Format + "requiresEncryption", null);
                var encrypted = encryptor.Encrypt(bare);
                secret.ReplaceWith(new XElement(Format + "encryptedSecret", new XAttribute("decryptorType", encrypted.DecryptorType.AssemblyQualifiedName!), encrypted.EncryptedElement));
            }

            if (plain.Count > 0)
            {
                key.Xml = xml.ToString(SaveOptions.DisableFormatting);
            }
        }

        db.SaveChanges();
    }
}
