using System.Security.Cryptography;
using System.Text;

namespace Survey.Domain.Rounds;

/// <summary>
/// A template file as it was copied into a round, with the hash of its content. Unique by round, kind and name; never changed once the round is open.
/// </summary>
public sealed class RoundTemplate
{
    public int Id { get; init; }
    public int RoundId { get; init; }

    /// <summary><c>plan</c>, <c>questionnaire</c>, <c>regions</c>, <c>network</c>, <c>report</c> or <c>picture</c> (see <see cref="TemplateKinds"/>).</summary>
    public required string Kind { get; init; }

    /// <summary>The file's name without folder and extension; for report texts the language, for a picture its file name.</summary>
    public required string Name { get; init; }

    public required string Content { get; init; }

    /// <summary>SHA-256 of the content's UTF-8 bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>A template with the hash of its content.</summary>
    public static RoundTemplate Of(string kind, string name, string content) => new()
    {
        Kind = kind,
        Name = name,
        Content = content,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))),
    };
}
