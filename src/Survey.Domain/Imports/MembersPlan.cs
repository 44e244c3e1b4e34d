using System.Text.RegularExpressions;
using Survey.Domain.Geography;

namespace Survey.Domain.Imports;

/// <summary>
/// What a member list changes, worked out before anything is written. An empty cell leaves what is known as it is; organisations and contacts
/// that the file does not name stay as they are. Several rows with one code are one organisation with several contacts; what they say of the
/// organisation must agree. The same file a second time changes nothing.
/// </summary>
public sealed partial class MembersPlan
{
    private static readonly (string Column, string[] Names)[] KnownColumns =
    [
        ("code", ["code", "id", "member id", "member code"]),
        ("name", ["name", "organisation", "organization", "member"]),
        ("country", ["country"]),
        ("type", ["type"]),
        ("language", ["language"]),
        ("email", ["email", "e mail"]),
        ("contact", ["contact", "contact name"]),
        ("contact language", ["contact language"]),
        ("discreet", ["discreet"]),
    ];

    private MembersPlan(IReadOnlyList<MemberInFile> added, IReadOnlyList<MemberInFile> changed, int unchanged, IReadOnlyList<Problem> problems, IReadOnlyList<Problem> notices) =>
        (Added, Changed, Unchanged, Problems, Notices) = (added, changed, unchanged, problems, notices);

    public IReadOnlyList<MemberInFile> Added { get; }

    /// <summary>Organisations of which something changes or to which a contact is added; each with everything that it is to be afterwards.</summary>
    public IReadOnlyList<MemberInFile> Changed { get; }

    public int Unchanged { get; }

    /// <summary>Rows that cannot be imported. While there is one, nothing is written.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>What the office may want to know and need not put right.</summary>
    public IReadOnlyList<Problem> Notices { get; }

    /// <summary>
    /// Compares a table with the organisations that exist. <paramref name="types"/> are the choice codes of the questionnaire's type question
    /// (empty: any code will do); <paramref name="languages"/> those that mails can be written in, the first of them where the file gives none.
    /// </summary>
    public static MembersPlan Of(CsvTable table, IReadOnlyCollection<KnownOrganisation> existing, PlaceMatcher places, IReadOnlyCollection<string> types, IReadOnlyList<string> languages)
    {
        var columns = Columns(table);
        var problems = new List<Problem>(table.RowProblems);
        foreach (var needed in new[] { "name", "country" }.Where(c => !columns.ContainsKey(c)))
            problems.Add(new("line 1", "members.missing-column", $"The file has no column '{needed}'; its columns are: {string.Join(", ", table.Headers)}."));
        if (problems.Any(p => p.Code == "members.missing-column"))
            return new([], [], 0, problems, []);

        var notices = table.Headers.Where(h => h.Length > 0 && !columns.ContainsValue(h))
            .Select(h => new Problem($"line 1, column '{h}'", "members.unused-column", "This column is not used.")).ToList();
        var index = new OrganisationIndex(existing);
        var members = new List<MemberInFile>();
        var byCode = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in table.Rows)
        {
            var reader = new MemberRow(table, row, columns, places, types, languages, index);
            if (reader.Read(problems) is not { } member)
                continue;
            if (!byCode.TryGetValue(member.Code, out var first))
            {
                byCode.Add(member.Code, members.Count);
                members.Add(member);
            }
            else if (members[first].Join(member, problems, notices) is { } joined)
            {
                members[first] = joined;
            }
        }

        List<MemberInFile> added = [], changed = [];
        var unchanged = 0;
        foreach (var member in members)
        {
            if (member.Known is null)
                added.Add(member);
            else if (member.Differs)
                changed.Add(member);
            else
                unchanged++;
            if (member.Known is { IsRetired: true })
                notices.Add(new(member.Where, "members.retired", $"'{member.Code}' is retired in the database and stays so."));
            foreach (var contact in member.Contacts.Where(c => member.Known?.Contacts.Any(k => k.EmailFolded == c.EmailFolded && k.IsRemoved) == true))
                notices.Add(new(contact.Where, "members.removed-contact", $"A colleague took the address '{contact.Email}' off the list of '{member.Code}'; it stays off."));
        }
        return new(added, changed, unchanged, problems, notices);
    }

    private static Dictionary<string, string> Columns(CsvTable table)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, names) in KnownColumns)
        {
            var header = names.Select(name => table.Headers.FirstOrDefault(h => Separators().Replace(h, " ").Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(h => h is not null);
            if (header is not null)
                columns.Add(column, header);
        }
        return columns;
    }

    [GeneratedRegex("[-_ ]+")]
    private static partial Regex Separators();
}
