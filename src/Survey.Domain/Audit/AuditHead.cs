namespace Survey.Domain.Audit;

/// <summary>The end of the chain: one row, changed in the transaction of each entry and locked meanwhile, so that numbers have no gap and no two entries follow the same one.</summary>
public sealed class AuditHead
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    /// <summary>The number of the last entry; 0 before the first.</summary>
    public long Number { get; init; }

    /// <summary>The link of the last entry; empty before the first.</summary>
    public string Link { get; init; } = "";

    /// <summary>As it is noted elsewhere: NUMBER:LINK, which <see cref="AuditVerification.ParseHead"/> reads.</summary>
    public override string ToString() => FormattableString.Invariant($"{Number}:{Link}");
}
