using System.Security.Cryptography;
using Survey.Domain.Audit;

namespace Survey.Domain.Storage;

/// <summary>
/// The one way into the audit log: an entry joins the transaction of what it tells of, so that neither is there without the other. What an entry says of people goes
/// into its details, which erasure may delete; the entry keeps only their salted hash.
/// </summary>
public static class AuditTrail
{
    /// <summary>Adds an entry, saved with the context's next save.</summary>
    /// <param name="actor"><c>office:ID</c>, <c>command</c>, <c>job</c> or <c>member</c>.</param>
    /// <param name="action">Noun and verb, for example <c>round.open</c>.</param>
    /// <param name="subject">What it was done to, by id or slug, for example <c>round:2026</c>.</param>
    /// <param name="details">What a reader may want to know besides, such as a reason; null for nothing.</param>
    public static void Record(this SurveyDb db, DateTime at, string actor, string action, string subject, string? details = null)
    {
        ArgumentNullException.ThrowIfNull(db);
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        db.AuditEntries.Add(new AuditEntry
        {
            At = at,
            Actor = actor,
            Action = action,
            Subject = subject,
            DetailsHash = details is null ? null : AuditLink.HashOf(salt, details),
            Detail = details is null ? null : new AuditDetail { Salt = salt, Content = details },
        });
    }
}
