namespace Survey.Domain.Audit;

/// <summary>
/// What a subject of the audit log names, of several things the one that people look for: an organisation before the round that it is in, a response before the question.
/// Subjects are <c>noun:id</c>, several parted by slashes; an edition's id has its version behind a slash.
/// </summary>
/// <param name="Kind">The noun.</param>
/// <param name="Key">The id, of a round the slug, of an edition <c>round/vN</c>.</param>
public sealed record AuditSubject(string Kind, string Key)
{
    private static readonly string[] Sought = ["edition", "organisation", "contact", "invitation", "response", "quote", "mailing", "run", "account", "round"];

    /// <summary>The thing, or null where the subject names none of the known ones.</summary>
    public static AuditSubject? Of(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var parts = subject.Split('/');
        var named = parts.Select(p => p.Split(':', 2)).Where(p => p is [_, { Length: > 0 }]).Select(p => new AuditSubject(p[0], p[1])).ToList();
        var found = Sought.Select(kind => named.Find(n => n.Kind == kind)).FirstOrDefault(n => n is not null);
        return found is { Kind: "edition" } ? parts.Length > 1 ? found with { Key = $"{found.Key}/{parts[1]}" } : null : found;
    }
}
