using System.Security.Cryptography;
using System.Text;
using Survey.Domain;
using Survey.Domain.Organisations;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Members;

/// <summary>What the office says of an organisation, as it is typed. The same limits hold as for an imported list.</summary>
public sealed record MemberFacts(string Name, string Country, string Type, string Language, bool IsDiscreet)
{
    private const int LongestName = 200;

    public static MemberFacts Typed(string? name, string? country, string? type, string? language, bool discreet) =>
        new(DoorText.Clean(name ?? "").ReplaceLineEndings(" ").Trim(), country ?? "", type ?? "", language ?? "", discreet);

    public static MemberFacts Of(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        return new(organisation.Name, organisation.Country, organisation.Type, organisation.Language, organisation.IsDiscreet);
    }

    /// <summary>What the page showed, in short: a save that names something else would undo a colleague's.</summary>
    public string Seen => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Name}\n{Country}\n{Type}\n{Language}\n{IsDiscreet}")).AsSpan(0, 16));

    /// <summary>The name of a problem under <c>members.problem</c> by field. What is stored already may stay, also where today's terms do not know it.</summary>
    public Dictionary<string, string> Problems(MemberTerms terms, MemberFacts? stored)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var problems = new Dictionary<string, string>();
        if (FoldedText.Of(Name).Length == 0)
        {
            problems["name"] = "noName";
        }
        else if (DoorText.Length(Name) > LongestName)
        {
            problems["name"] = "longName";
        }

        if (Country != stored?.Country && terms.Regions.Country(Country) is not { IsUninhabited: false })
        {
            problems["country"] = "country";
        }

        if (Type.Length > 0 && Type != stored?.Type && !terms.TypeCodes.Contains(Type))
        {
            problems["type"] = "type";
        }

        if (Language != stored?.Language && !terms.Languages.Contains(Language))
        {
            problems["language"] = "language";
        }

        return problems;
    }

    public void WriteTo(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        organisation.Rename(Name);
        (organisation.Country, organisation.Type, organisation.Language, organisation.IsDiscreet) = (Country, Type, Language, IsDiscreet);
    }
}

/// <summary>The fields of an organisation's facts, as both pages with them show them.</summary>
public sealed record MemberFields(MemberFacts Facts, MemberTerms Terms, IReadOnlyDictionary<string, string> Problems);
