namespace Survey.Domain.Organisations;

/// <summary>
/// That one organisation was found to be another one too, and went into it. What the other had in rounds that were not over is kept in <see cref="Undo"/> as it was, so that
/// the merge can be undone until the next publication; erasing either deletes it.
/// </summary>
public sealed class MemberMerge
{
    public int Id { get; init; }

    /// <summary>The organisation that stays.</summary>
    public int SurvivorId { get; init; }

    /// <summary>The one that went into it; it stays in the rounds that were over, and in no list.</summary>
    public int MergedId { get; init; }

    public DateTime At { get; init; }

    /// <summary>Who of the office, by id.</summary>
    public required string By { get; init; }

    /// <summary>What undoing brings back, as JSON (<c>MergeUndo</c>).</summary>
    public required string Undo { get; set; }

    public DateTime? UndoneAt { get; set; }
}
