namespace Survey.Domain.Imports;

/// <summary>What came of a member list: how many organisations are new, changed and as they were, whether it was written, and what was found on the way.</summary>
public sealed record MembersImported(int Added, int Changed, int Unchanged, bool IsWritten, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Notices)
{
    /// <summary>Nothing was looked at, for these reasons.</summary>
    public static MembersImported Refused(IReadOnlyList<Problem> problems) => new(0, 0, 0, false, problems, []);
}

/// <summary>Whether an import writes or only says what it would write.</summary>
public enum ImportWrites { Everything, Nothing }
