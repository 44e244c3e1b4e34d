using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Survey.Domain.Audit;

/// <summary>
/// What ties an entry to the one before: HMAC-SHA256 over the entry, its number and the previous entry's link, under a key that the database does not hold.
/// The bytes of an entry never change their form, or no older chain would verify.
/// </summary>
public static class AuditLink
{
    /// <summary>The bytes that are signed: each field as its length in bytes, a colon, its UTF-8 and a comma, so that no field can reach into the next.</summary>
    /// <param name="previous">The link of the entry before; empty for the first.</param>
    public static byte[] BytesOf(AuditEntry entry, long number, string previous)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var bytes = new MemoryStream();
        foreach (var field in new[]
        {
            "1", number.ToString(CultureInfo.InvariantCulture), previous, entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            entry.Actor, entry.Action, entry.Subject, entry.DetailsHash ?? "",
        })
        {
            var text = Encoding.UTF8.GetBytes(field);
            bytes.Write(Encoding.UTF8.GetBytes(text.Length.ToString(CultureInfo.InvariantCulture) + ":"));
            bytes.Write(text);
            bytes.WriteByte((byte)',');
        }

        return bytes.ToArray();
    }

    /// <summary>The link of an entry, in lower-case hexadecimal.</summary>
    public static string Of(AuditEntry entry, long number, string previous, byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, BytesOf(entry, number, previous)));

    /// <summary>The hash by which an entry knows its details.</summary>
    public static string HashOf(string salt, string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + content)));

    /// <summary>What names a key and tells nothing of it: stored with each entry, so that one chained under another key is told from one that was changed.</summary>
    public static string NameOf(byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, "audit key"u8).AsSpan(0, 8));
}
