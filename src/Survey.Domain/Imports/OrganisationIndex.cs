using System.Security.Cryptography;
using System.Text;

namespace Survey.Domain.Imports;

/// <summary>
/// Finds the organisation that a row of a file means: by its code (in any case), else by its name (case, accents and punctuation do not count)
/// and, where several share it, by the country. It never guesses between two.
/// </summary>
public sealed class OrganisationIndex
{
    /// <summary>The longest code of an organisation.</summary>
    public const int LongestCode = 80;

    private readonly Dictionary<string, KnownOrganisation> byCode = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, KnownOrganisation> byName;

    public OrganisationIndex(IReadOnlyCollection<KnownOrganisation> organisations)
    {
        foreach (var organisation in organisations)
            byCode.TryAdd(organisation.Code, organisation);
        byName = organisations.ToLookup(o => o.NameFolded, StringComparer.Ordinal);
    }

    /// <summary>The organisation with this code, or null.</summary>
    public KnownOrganisation? WithCode(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The organisations with this name, in this country where one is given.</summary>
    public IReadOnlyList<KnownOrganisation> Named(string name, string? country) =>
        [.. byName[FoldedText.Of(name)].Where(o => country is null || o.Country == country)];

    /// <summary>
    /// The code of an organisation whose file gives none: its name folded, in the letters a-z and digits, and its country. Where other letters
    /// or the end are lost, eight digits of the folded name's SHA-256 tell it from its neighbours. The same name and country give the same code.
    /// </summary>
    public static string CodeOf(string name, string country)
    {
        var folded = FoldedText.Of(name);
        var letters = new StringBuilder();
        foreach (var c in folded)
        {
            if (char.IsAsciiLetterOrDigit(c))
                letters.Append(c);
            else if (c == ' ' && letters.Length > 0 && letters[^1] != '-')
                letters.Append('-');
        }
        var slug = letters.ToString().Trim('-');
        var isWhole = slug.Length is > 0 and <= 60 && folded.All(c => c == ' ' || char.IsAsciiLetterOrDigit(c));
        if (!isWhole)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folded)))[..8];
            slug = slug.Length == 0 ? hash : $"{slug[..Math.Min(slug.Length, 50)].Trim('-')}-{hash}";
        }
        return $"{slug}-{country.ToLowerInvariant()}";
    }
}
