namespace Survey.Domain.Imports;

/// <summary>How answers are imported. The words of the command line's options.</summary>
public sealed record AnswersImportOptions(
    ImportWrites Writes = ImportWrites.Everything,
    BadRows BadRows = BadRows.RefuseAll,
    OtherAnswers OtherAnswers = OtherAnswers.Keep);

/// <summary>What a bad row does to the rest of the file.</summary>
public enum BadRows { RefuseAll, Skip }

/// <summary>What happens to answers of the same organisation that came in another way than this import, first of all in the browser.</summary>
public enum OtherAnswers
{
    /// <summary>They stay, and the organisation's rows are bad unless they say the same.</summary>
    Keep,

    /// <summary>The file's answers become a new version; the version before is kept.</summary>
    Replace,
}

/// <summary>
/// What came of a file of answers. When <see cref="IsWritten"/> is false the counts say what would have been written but for the problems, or for a trial run.
/// </summary>
public sealed record AnswersImported(IReadOnlyList<RoundImported> Rounds, int NewOrganisations, int Rows, int BadRows, bool IsWritten, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Notices)
{
    /// <summary>Responses with answers, in all rounds.</summary>
    public int Responses => New + Changed + Unchanged;

    public int New => Rounds.Sum(r => r.New);

    public int Changed => Rounds.Sum(r => r.Changed);

    public int Unchanged => Rounds.Sum(r => r.Unchanged);

    /// <summary>Nothing could be read, for these reasons.</summary>
    public static AnswersImported Refused(IReadOnlyList<Problem> problems) => new([], 0, 0, 0, false, problems, []);
}

/// <summary>What an import did in one round; <see cref="Invited"/> organisations joined its population.</summary>
public sealed record RoundImported(string Round, int New, int Changed, int Unchanged, int Invited);
