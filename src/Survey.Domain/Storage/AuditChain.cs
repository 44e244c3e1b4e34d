using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;

namespace Survey.Domain.Storage;

/// <summary>
/// Ties audit entries into one chain, whichever process writes them. In order: the entries are saved with what they tell of; then the head is locked (on SQLite the
/// transaction is the only writer already), each entry gets the next number and its link, and the head moves on; all in one transaction. The head
/// is locked last, after all rows of the save, so that two savers never wait for each other in a ring.
/// </summary>
internal static class AuditChain
{
    /// <summary>Entries read at a time.</summary>
    private const int Batch = 1000;

    /// <summary>The entries that the next save will add, in the order of recording.</summary>
    public static IReadOnlyList<AuditEntry> AddedTo(SurveyDb db)
    {
        // What was added is known without looking through everything that is tracked for changes.
        var detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. db.ChangeTracker.Entries<AuditEntry>().Where(e => e.State is EntityState.Added).Select(e => e.Entity)];
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    /// <summary>Chains entries that were just saved, within the transaction that saved them.</summary>
    public static async Task ExtendAsync(SurveyDb db, IReadOnlyList<AuditEntry> entries, CancellationToken cancel)
    {
        var key = AuditKey.Of(db);
        var name = AuditLink.NameOf(key);
        var head = await (db.Database.IsSqlite() ? db.AuditHeads : db.AuditHeads.FromSqlRaw("""SELECT * FROM "AuditHeads" FOR UPDATE""")).AsNoTracking().SingleAsync(cancel);
        var (number, link) = (head.Number, head.Link);
        foreach (var entry in entries.OrderBy(e => e.Id))
        {
            link = AuditLink.Of(entry, ++number, link, key);
            var (at, made) = (number, link);
            await db.AuditEntries.Where(e => e.Id == entry.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(e => e.Number, at).SetProperty(e => e.Link, made).SetProperty(e => e.KeyName, name), cancel);
        }

        await db.AuditHeads.ExecuteUpdateAsync(s => s.SetProperty(h => h.Number, number).SetProperty(h => h.Link, link), cancel);
    }

    /// <summary>Chains, in their order, what was written before there was a chain. Only the first start after that finds any.</summary>
    public static async Task TakeUpAsync(SurveyDb db, CancellationToken cancel)
    {
        if (await db.AuditHeads.AnyAsync(h => h.Number > 0, cancel))
        {
            // Whatever has no number now was not written by this program: it is for the verification to name, not to be made good.
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlRawAsync("""SELECT 1 FROM "AuditHeads" FOR UPDATE""", cancel);
        }

        if (await db.AuditHeads.AnyAsync(h => h.Number > 0, cancel))
        {
            return;
        }

        for (long after = 0; await db.AuditEntries.AsNoTracking().Where(e => e.Number == null && e.Id > after).OrderBy(e => e.Id).Take(Batch).ToListAsync(cancel) is { Count: > 0 } found; after = found[^1].Id)
        {
            await ExtendAsync(db, found, cancel);
        }

        await transaction.CommitAsync(cancel);
    }
}
