using System.Globalization;

namespace Survey.Domain.Audit;

/// <summary>
/// Walks the chain in the order of its numbers and notes each entry that is not what was written. It goes on from what is stored, so that one changed entry is one
/// finding. The end of the chain is held against the stored head, and the chain against the heads that were noted earlier: with published versions, and elsewhere, where a person who can write to the database cannot change them.
/// </summary>
/// <param name="keys">The keys by their names; the chain may have been continued under a new one.</param>
/// <param name="noted">Numbers and their links as they were noted earlier.</param>
public sealed class AuditVerification(IReadOnlyDictionary<string, byte[]> keys, IEnumerable<(long Number, string Link)> noted)
{
    private readonly List<AuditFinding> findings = [];
    private readonly Dictionary<long, string[]> notedLinks = noted.Where(n => n.Number > 0).GroupBy(n => n.Number).ToDictionary(g => g.Key, g => g.Select(n => n.Link).ToArray());
    private string previous = "";

    /// <summary>The number of the last entry seen.</summary>
    public long Number { get; private set; }

    /// <summary>The next entry; those without a number come first or last, in any order.</summary>
    public void Next(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry is not { Number: { } number, Link: { } link, KeyName: { } keyName })
        {
            findings.Add(new(AuditFault.Unchained, entry.Number, entry.Id));
            return;
        }

        if (number != Number + 1)
        {
            findings.Add(new(AuditFault.Gap, Number + 1, null));
        }

        if (!keys.TryGetValue(keyName, out var key))
        {
            findings.Add(new(AuditFault.OtherKey, number, entry.Id));
        }
        else if (number == Number + 1 && AuditLink.Of(entry, number, previous, key) != link)
        {
            findings.Add(new(AuditFault.Changed, number, entry.Id));
        }

        // Details may be erased; those that are there must be the ones that were written.
        if (entry.Detail is { } detail && AuditLink.HashOf(detail.Salt, detail.Content) != entry.DetailsHash)
        {
            findings.Add(new(AuditFault.DetailChanged, number, entry.Id));
        }

        if (notedLinks.Remove(number, out var links) && links.Any(l => l != link))
        {
            findings.Add(new(AuditFault.NotAsNoted, number, entry.Id));
        }

        (Number, previous) = (number, link);
    }

    /// <summary>Everything found, once the last entry was seen.</summary>
    public IReadOnlyList<AuditFinding> End(AuditHead? head)
    {
        if (head is null || head.Number != Number || head.Link != previous)
        {
            findings.Add(new(AuditFault.Tail, Number + 1, null));
        }

        findings.AddRange(notedLinks.Keys.Order().Select(unseen => new AuditFinding(AuditFault.NotAsNoted, unseen, null)));
        return findings;
    }

    /// <summary>A head as a person notes it, <c>NUMBER:LINK</c>; null where it is none.</summary>
    public static (long Number, string Link)? ParseHead(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(':') is [var number, { Length: 64 } link] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && link.All(char.IsAsciiHexDigit)
            ? (n, link.ToLowerInvariant())
            : null;
    }
}

/// <summary>What is wrong at a number of the chain.</summary>
/// <param name="EntryId">The row; null where there is none.</param>
public sealed record AuditFinding(AuditFault Fault, long? Number, long? EntryId);

/// <summary>What can be wrong with a chain.</summary>
public enum AuditFault
{
    /// <summary>An entry, or its place, is not what was written.</summary>
    Changed,

    /// <summary>A number is missing.</summary>
    Gap,

    /// <summary>The details are not those that were written.</summary>
    DetailChanged,

    /// <summary>An entry that never went into the chain.</summary>
    Unchained,

    /// <summary>The end is not the one that the head names: something was cut off, or the head was changed.</summary>
    Tail,

    /// <summary>What was noted elsewhere is not there, or is another.</summary>
    NotAsNoted,

    /// <summary>A published version lacks the head that was kept with it, though an earlier one has its own, or holds something that is no head.</summary>
    HeadLost,

    /// <summary>Chained under a key that is not known here, so that nothing can be said.</summary>
    OtherKey,
}
