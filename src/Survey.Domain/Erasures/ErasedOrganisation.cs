using System.Security.Cryptography;
using System.Text;

namespace Survey.Domain.Erasures;

/// <summary>
/// A line of the erasure list: that an organisation was erased, told by its id and a salted hash of its code, never by a name. Id and hash must both fit before an older
/// copy of the database is taken to hold it: an id may have been given again since.
/// </summary>
public sealed class ErasedOrganisation
{
    public int Id { get; init; }

    /// <summary>The id that it had.</summary>
    public int OrganisationId { get; init; }

    /// <summary>SHA-256 of salt and code, lower-case hexadecimal.</summary>
    public required string CodeHash { get; init; }

    public required string Salt { get; init; }
    public DateTime At { get; init; }

    /// <summary>The line for an organisation.</summary>
    public static ErasedOrganisation Of(int organisationId, string code, DateTime at)
    {
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return new() { OrganisationId = organisationId, Salt = salt, CodeHash = HashOf(salt, code), At = at };
    }

    /// <summary>Whether an organisation with this id and code is the one.</summary>
    public bool Is(int organisationId, string code) => OrganisationId == organisationId && CodeHash == HashOf(Salt, code);

    private static string HashOf(string salt, string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + code)));
}
