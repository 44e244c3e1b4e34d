namespace Survey.Domain.Imports;

/// <summary>A member organisation as a file describes it, with all its rows joined, filled up with what is already known of it.</summary>
public sealed record MemberInFile(
    string Where, KnownOrganisation? Known, string Code, string Name, string Country, string Type, string Language, bool IsDiscreet, IReadOnlyList<ContactInFile> Contacts)
{
    /// <summary>What each row gave of its own, by column; empty cells are not among it.</summary>
    internal IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether importing it changes what is known.</summary>
    public bool Differs => Known is not { } k || k.Name != Name || k.Country != Country || k.Type != Type || k.Language != Language || k.IsDiscreet != IsDiscreet
        || Contacts.Any(c => c.Differs(k));

    /// <summary>This organisation with a further row's contact; null (and a problem) when the rows contradict each other.</summary>
    internal MemberInFile? Join(MemberInFile next, List<Problem> problems, List<Problem> notices)
    {
        var isWhole = true;
        foreach (var (column, value) in next.Given)
        {
            if (Given.TryGetValue(column, out var before) && before != value)
            {
                problems.Add(new($"{next.Where}, column '{column}'", "members.contradiction", $"'{Code}' has '{value}' here and '{before}' on {Where}; the rows of one organisation must agree."));
                isWhole = false;
            }
        }
        if (!isWhole)
            return null;
        var contacts = Contacts.ToList();
        foreach (var contact in next.Contacts)
        {
            if (contacts.FirstOrDefault(c => c.EmailFolded == contact.EmailFolded) is not { } same)
                contacts.Add(contact);
            else if (same with { Where = contact.Where } == contact)
                notices.Add(new(contact.Where, "members.duplicate", $"The address '{contact.Email}' of '{Code}' stands in the file twice; the second row is ignored."));
            else
                problems.Add(new(contact.Where, "members.contradiction", $"The address '{contact.Email}' of '{Code}' has another name or language here than on {same.Where}."));
        }
        if (next.Contacts.Count == 0)
            notices.Add(new(next.Where, "members.duplicate", $"'{Code}' stands in the file twice; this row adds nothing."));
        // A later row may give what the first one left empty.
        string Of(string column, string mine, string others) => Given.ContainsKey(column) ? mine : others;
        return this with
        {
            Contacts = contacts,
            Type = Of("type", Type, next.Type),
            Language = Of("language", Language, next.Language),
            IsDiscreet = Given.ContainsKey("discreet") ? IsDiscreet : next.IsDiscreet,
            Given = next.Given.Concat(Given.Where(g => !next.Given.ContainsKey(g.Key))).ToDictionary(),
        };
    }
}

/// <summary>A contact as a file describes it; null where the file says nothing.</summary>
public sealed record ContactInFile(string Where, string Email, string EmailFolded, string? Name, string? Language)
{
    /// <summary>Whether importing it changes what is known of the organisation's contacts.</summary>
    public bool Differs(KnownOrganisation organisation) =>
        organisation.Contacts.FirstOrDefault(c => c.EmailFolded == EmailFolded) is not { } known || !known.IsRemoved && ((Name ?? known.Name) != known.Name || (Language ?? known.Language) != known.Language);
}
