using Microsoft.EntityFrameworkCore;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Mails;

/// <summary>A mailing with how many of its mails are in which state; the database counts.</summary>
public sealed record MailingLine(Mailing Mailing, IReadOnlyDictionary<OutboxState, int> Counts)
{
    public int Put => Counts.Values.Sum();

    /// <summary>How many mails need nothing more.</summary>
    public int Done => Put - Waiting;

    /// <summary>How many are waiting or being sent.</summary>
    public int Waiting => Counts.GetValueOrDefault(OutboxState.Waiting) + Counts.GetValueOrDefault(OutboxState.Sending);

    /// <summary>How many there will be, as far as is known now.</summary>
    public int Total => Mailing.PreparedAt is null ? Math.Max(Put, Mailing.Expected) : Put;

    public bool IsUnderWay => Mailing.PreparedAt is null || Waiting > 0;

    public bool IsPaused => Mailing.PausedAt is not null && IsUnderWay;

    public int Percent => Total == 0 ? (IsUnderWay ? 0 : 100) : (int)(100L * Done / Total);

    /// <summary>The word for how it stands (a key of the ui texts).</summary>
    public string Standing => IsPaused ? "paused" : IsUnderWay ? "underWay" : "done";

    /// <summary>These mailings, the newest first.</summary>
    public static async Task<IReadOnlyList<MailingLine>> OfAsync(SurveyDb db, IQueryable<Mailing> mailings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = await mailings.AsNoTracking().OrderByDescending(m => m.Id).Take(100).ToListAsync(cancel);
        var ids = found.ConvertAll(m => (long?)m.Id);
        var counts = await db.Outbox.Where(m => ids.Contains(m.MailingId)).GroupBy(m => new { m.MailingId, m.State }).Select(g => new { g.Key.MailingId, g.Key.State, Count = g.Count() }).ToListAsync(cancel);
        return [.. found.Select(m => new MailingLine(m, counts.Where(c => c.MailingId == m.Id).ToDictionary(c => c.State, c => c.Count)))];
    }
}
