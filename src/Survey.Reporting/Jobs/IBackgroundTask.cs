namespace Survey.Reporting.Jobs;

/// <summary>
/// Work that goes on beside the requests. What is to be done stands in the database (a queued run, a waiting message); a task only looks there,
/// so looking twice or late does no harm. One task of a name runs at a time, on whichever process of the database comes first.
/// </summary>
public interface IBackgroundTask
{
    /// <summary>Unique, short, stable: the job's key in the scheduler's tables.</summary>
    string Name { get; }

    /// <summary>How often to look without being asked.</summary>
    TimeSpan Every { get; }

    /// <summary>Looks, and does what there is to do. Must stop soon after <paramref name="cancel"/>.</summary>
    Task LookAsync(CancellationToken cancel);
}
