using Survey.Domain.Responses;

namespace Survey.Domain.Storage;

/// <summary>
/// The one door through which a member's answers are saved, from script and form alike. A save is answered after its commit is durable, never before. The first save
/// makes the row of its response, once however many come at the same moment; saves of one response happen one after the other; what a save does is decided by
/// <see cref="DraftChange"/> alone. The response's revision grows by one with each save that changes something, and with nothing else here.
/// Whoever else changes the rows of a draft raises the revision too: PostgreSQL's store knows by it that it read the truth.
/// </summary>
public interface IDraftStore
{
    /// <summary>Saves, and returns what came of it once it is durable. A save that throws has changed nothing, or a commit was cut off and the same save may be sent again.</summary>
    Task<DraftChange> SaveAsync(DraftSave save, CancellationToken cancel);
}
