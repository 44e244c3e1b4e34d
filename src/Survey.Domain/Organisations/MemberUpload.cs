namespace Survey.Domain.Organisations;

/// <summary>
/// A member list that the office uploaded and looks at before it confirms. Kept so that the confirmation writes exactly what was shown; deleted with it, with an erasure,
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

    /// <summary>Cell names of a workbook's sheet, so that problems name cells; false for a CSV.</summary>
    public bool IsWorkbook { get; init; }

    /// <summary>SHA-256 of what was shown would change, lower-case hexadecimal.</summary>
    public required string PlanHash { get; init; }
}
