namespace Survey.Domain.Organisations;

/// <summary>
/// A member list that the office uploaded and looks at before it confirms. Kept so that the confirmation writes what was looked at; deleted with it, with an erasure,
/// and after a day.
/// </summary>
public sealed class MemberUpload
{
    public Guid Id { get; init; }
    public DateTime UploadedAt { get; init; }

    /// <summary>Who of the office, by id; only they see it.</summary>
    public required string UploadedBy { get; init; }

    /// <summary>The table as CSV, whatever the file was.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Whether it was a workbook, so that problems name cells.</summary>
    public bool IsWorkbook { get; init; }
}
