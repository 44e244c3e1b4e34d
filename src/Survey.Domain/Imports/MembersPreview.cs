using System.Security.Cryptography;
using System.Text.Json;

namespace Survey.Domain.Imports;

/// <summary>
/// A <see cref="MembersPlan"/> as a person looks at it before it is written: who is added, and of whom which field changes from what to what. <see cref="Hash"/> is of all of
/// it with the values that stand in the database, so that a confirmation can tell whether what it would do is still what was shown.
/// </summary>
public sealed record MembersPreview(IReadOnlyList<AddedMember> Added, IReadOnlyList<ChangedMember> Changed, int Unchanged)
{
    public static MembersPreview Of(MembersPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(
            [.. plan.Added.Select(m => new AddedMember(m.Code, m.Name, m.Country, m.Type, m.Language, m.IsDiscreet, [.. m.Contacts.Select(c => new ShownContact(c.Email, c.Name ?? "", c.Language ?? m.Language))]))],
            [.. plan.Changed.Select(m => new ChangedMember(m.Known!.Id, m.Code, m.Known.Name, [.. FieldsOf(m, m.Known).Where(f => f.Before != f.After)]))],
            plan.Unchanged);
    }

    /// <summary>SHA-256 of what is shown, lower-case hexadecimal.</summary>
    public string Hash { get => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Added, Changed, Unchanged }))); }

    private static IEnumerable<FieldChange> FieldsOf(MemberInFile member, KnownOrganisation known)
    {
        yield return new("name", known.Name, member.Name);
        yield return new("country", known.Country, member.Country);
        yield return new("type", known.Type, member.Type);
        yield return new("language", known.Language, member.Language);
        yield return new("discreet", YesNo(known.IsDiscreet), YesNo(member.IsDiscreet));
        foreach (var contact in member.Contacts)
        {
            var now = known.Contacts.FirstOrDefault(c => c.EmailFolded == contact.EmailFolded);
            if (now is { IsRemoved: true })
                continue;
            if (now is null)
                yield return new("contact", "", Told(contact.Email, contact.Name ?? "", contact.Language ?? member.Language));
            else
                yield return new("contact", Told(now.Email, now.Name, now.Language), Told(now.Email, contact.Name ?? now.Name, contact.Language ?? now.Language));
        }
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string Told(string email, string name, string language) => name.Length > 0 ? $"{name} <{email}> ({language})" : $"{email} ({language})";
}

/// <summary>An organisation that an import adds.</summary>
public sealed record AddedMember(string Code, string Name, string Country, string Type, string Language, bool IsDiscreet, IReadOnlyList<ShownContact> Contacts);

/// <summary>A contact that is added with its organisation.</summary>
public sealed record ShownContact(string Email, string Name, string Language);

/// <summary>An organisation that an import changes, by the name it has now.</summary>
public sealed record ChangedMember(int Id, string Code, string Name, IReadOnlyList<FieldChange> Fields);

/// <summary>A field (name, country, type, language, discreet, contact) with what stands there and what will.</summary>
public sealed record FieldChange(string Field, string Before, string After);
