using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;

namespace Survey.Domain.Storage;

/// <summary>Reads the whole audit log as it was at one moment: to verify its chain, or to write it as a file.</summary>
public static class AuditReader
{
    /// <summary>Entries read at a time.</summary>
    private const int Batch = 1000;

    private static readonly string[] Columns = ["number", "at", "actor", "action", "subject", "details", "link"];

    /// <summary>Verifies the chain; gives the number of its last entry, that entry's link, and all that is wrong.</summary>
    /// <param name="olderKeys">Keys under which the chain began, beside the one of now.</param>
    /// <param name="noted">A head as noted elsewhere, beside those that published versions hold; null for none.</param>
    public static async Task<(long Number, string Link, IReadOnlyList<AuditFinding> Findings)> VerifyAsync(
        SurveyDb db, IEnumerable<byte[]> olderKeys, (long Number, string Link)? noted, CancellationToken cancel = default)
    {
        var keys = olderKeys.Append(AuditKey.Of(db)).DistinctBy(AuditLink.NameOf).ToDictionary(AuditLink.NameOf);
        await using var snapshot = await ReadSnapshot.BeginAsync(db, cancel);
        // Versions that came out before heads were kept have none.
        var published = (await db.EditionVersions.AsNoTracking().Where(v => v.Number != null).OrderBy(v => v.PublishedAt).ThenBy(v => v.Id).Select(v => v.AuditHead).ToListAsync(cancel)).SkipWhile(h => h is null).ToList();
        var heads = published.Select(h => h is null ? null : AuditVerification.ParseHead(h)).ToList();
        var verification = new AuditVerification(keys, [.. heads.OfType<(long, string)>(), .. noted is { } given ? [given] : Array.Empty<(long, string)>()]);
        foreach (var entry in await db.AuditEntries.AsNoTracking().Where(e => e.Number == null).OrderBy(e => e.Id).ToListAsync(cancel))
        {
            verification.Next(entry);
        }

        await foreach (var entry in ChainedAsync(db, cancel))
        {
            verification.Next(entry);
        }

        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(cancel);
        return (verification.Number, head?.Link ?? "", [.. verification.End(head), .. heads.Where(h => h is null).Select(_ => new AuditFinding(AuditFault.HeadLost, null, null))]);
    }

    /// <summary>
    /// Writes every entry in the chain's order, with its details where they are not erased, as UTF-8 with a byte order mark, which Excel needs. A cell that a spreadsheet
    /// would take for a formula gets an apostrophe in front. Says how many entries it holds.
    /// </summary>
    public static async Task<int> WriteAsync(SurveyDb db, Stream file, CancellationToken cancel = default)
    {
        await using var snapshot = await ReadSnapshot.BeginAsync(db, cancel);
        using var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true);
        Write(csv, Columns);
        var count = 0;
        await foreach (var entry in ChainedAsync(db, cancel))
        {
            Write(csv, entry.Number!.Value.ToString(CultureInfo.InvariantCulture), entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), entry.Actor, entry.Action, entry.Subject,
                entry.Detail?.Content ?? "", entry.Link ?? "");
            count++;
        }

        await csv.FlushAsync(cancel);
        return count;
    }

    private static async IAsyncEnumerable<AuditEntry> ChainedAsync(SurveyDb db, [EnumeratorCancellation] CancellationToken cancel)
    {
        var last = long.MinValue;
        while (true)
        {
            var found = await db.AuditEntries.AsNoTracking().Include(e => e.Detail).Where(e => e.Number > last).OrderBy(e => e.Number).Take(Batch).ToListAsync(cancel);
            foreach (var entry in found)
            {
                yield return entry;
            }

            if (found.Count < Batch)
            {
                yield break;
            }

            last = found[^1].Number!.Value;
        }
    }

    private static void Write(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.EndRecord();
    }
}
