namespace Survey.Domain.Editions;

/// <summary>Which text of the office in a round: its kind and, of a comment, the point or region that it is about. Written as in addresses: <c>foreword</c>, <c>point-SLUG</c>.</summary>
public readonly record struct EditorialKey(EditorialKind Kind, string Subject)
{
    private const string Point = "point-", Region = "region-";

    public override string ToString() => Kind switch
    {
        EditorialKind.Point => Point + Subject,
        EditorialKind.Region => Region + Subject,
        _ => Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The key that is written so; null where it is none.</summary>
    public static EditorialKey? Of(string? written) => written switch
    {
        "foreword" => new(EditorialKind.Foreword, ""),
        "acknowledgements" => new(EditorialKind.Acknowledgements, ""),
        { Length: > 6 } when written.StartsWith(Point, StringComparison.Ordinal) => new(EditorialKind.Point, written[Point.Length..]),
        { Length: > 7 } when written.StartsWith(Region, StringComparison.Ordinal) => new(EditorialKind.Region, written[Region.Length..]),
        _ => null,
    };
}
