using System.Text.RegularExpressions;
using Survey.Domain.Geography;
using Survey.Domain.Organisations;

namespace Survey.Domain.Imports;

/// <summary>Reads one row of a member list; every bad cell is noted, and a row with one gives no member.</summary>
internal sealed partial class MemberRow(
    CsvTable table, CsvRow row, IReadOnlyDictionary<string, string> columns, PlaceMatcher places, IReadOnlyCollection<string> types, IReadOnlyList<string> languages, OrganisationIndex index)
{
    private const int LongestName = 200;
    private const int LongestEmail = 254;
    private const int LongestType = 40;
    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);
    private List<Problem> problems = [];
    private bool isBad;

    public MemberInFile? Read(List<Problem> notedProblems)
    {
        problems = notedProblems;
        var name = Required("name", LongestName);
        var country = Country();
        var code = columns.ContainsKey("code") ? Required("code", OrganisationIndex.LongestCode) : null;
        if (code is not null && !OrganisationCode.IsOne(code))
            Bad("code", "members.code", $"'{code}' has spaces or signs that a code may not have; use letters, digits and - _ . / only.");
        var type = Given("type", LongestType);
        if (type is not null && (types.Count > 0 ? !types.Contains(type) : !TypePattern().IsMatch(type)))
            Bad("type", "members.type", types.Count > 0 ? $"'{type}' is no type of organisation; it can be: {string.Join(", ", types)}." : $"'{type}' should be a code of lower-case letters, digits and hyphens, such as ngo.");
        var language = Language("language");
        var isDiscreet = Discreet();
        var contact = Contact();
        if (isBad || name is null || country is null)
            return null;

        var known = Known(code, name, country);
        if (isBad)
            return null;
        return new(CsvTable.Where(row), known, known?.Code ?? code ?? OrganisationIndex.CodeOf(name, country), name, country, type ?? known?.Type ?? "",
            language ?? known?.Language ?? languages[0], isDiscreet ?? known?.IsDiscreet ?? false, contact is null ? [] : [contact])
        {
            Given = given,
        };
    }

    private KnownOrganisation? Known(string? code, string name, string country)
    {
        if (code is not null)
            return index.WithCode(code);
        if (index.Named(name, country) is not { Count: > 1 } several)
            return index.Named(name, country) is [var only] ? only : index.WithCode(OrganisationIndex.CodeOf(name, country));
        Bad("name", "members.ambiguous", $"Several organisations in {country} are called '{name}' ({string.Join(", ", several.Select(o => o.Code))}); add a column 'code' to say which is meant.");
        return null;
    }

    private string? Country()
    {
        if (Required("country", LongestName) is not { } text)
            return null;
        var match = places.Match(text);
        if (match.Code is { } code)
        {
            given["country"] = code;
            return code;
        }
        Bad("country", "members.country", PlaceWords.Unknown(text, match));
        return null;
    }

    private string? Language(string column)
    {
        if (Given(column, 8) is not { } text)
            return null;
        var language = text.ToLowerInvariant();
        given[column] = language;
        if (languages.Contains(language))
            return language;
        Bad(column, "members.language", $"'{text}' is no language of this network; it can be: {string.Join(", ", languages)}.");
        return null;
    }

    private bool? Discreet()
    {
        if (Given("discreet", 10) is not { } text)
            return null;
        bool? answer = text.ToLowerInvariant() switch { "yes" or "true" or "1" or "x" => true, "no" or "false" or "0" => false, _ => null };
        if (answer is null)
            Bad("discreet", "members.yes-or-no", $"'{text}' should be yes or no.");
        else
            given["discreet"] = answer.Value ? "yes" : "no";
        return answer;
    }

    private ContactInFile? Contact()
    {
        var email = Given("email", LongestEmail);
        var name = Given("contact", LongestName);
        var language = Language("contact language");
        foreach (var ofContact in new[] { "email", "contact", "contact language" })
            given.Remove(ofContact);
        if (email is null)
        {
            if (name is not null)
                Bad("contact", "members.email", $"'{name}' has no e-mail address in this row; write it, or leave the contact out.");
            return null;
        }
        if (!EmailPattern().IsMatch(email))
            Bad("email", "members.email", $"'{email}' is no e-mail address.");
        return new(CsvTable.Where(row), email, email.ToLowerInvariant(), name, language);
    }

    private string? Required(string column, int longest)
    {
        if (Given(column, longest) is { } text)
            return text;
        if (!isBad || Cell(column).Length == 0)
            Bad(column, "members.empty", $"'{column}' is empty; every row needs it.");
        return null;
    }

    private string? Given(string column, int longest)
    {
        var text = Cell(column);
        if (text.Length == 0)
            return null;
        if (DoorText.Length(text) > longest)
        {
            Bad(column, "members.too-long", FormattableString.Invariant($"This is {DoorText.Length(text)} characters long; '{column}' may have {longest}."));
            return null;
        }
        given[column] = text;
        return text;
    }

    private string Cell(string column) => columns.TryGetValue(column, out var header) ? table.Cell(row, header) : "";

    private void Bad(string column, string code, string message)
    {
        isBad = true;
        problems.Add(new(CsvTable.Where(row, columns.GetValueOrDefault(column, column)), code, message));
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex TypePattern();

    // Who can be written to is known only by writing; this finds cells that hold something else.
    [GeneratedRegex(@"^[^\s@<>,;""]+@[^\s@<>,;""]+\.[^\s@<>,;"".]+$")]
    private static partial Regex EmailPattern();
}
