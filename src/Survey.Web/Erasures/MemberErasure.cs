using Survey.Domain.Erasures;
using Survey.Domain.Storage;
using Survey.Web.Mail;

namespace Survey.Web.Erasures;

/// <summary>Erases an organisation everywhere, with the duplicates that went into it, for the office's page and the command line alike: the database, the mail folder, the database's file.</summary>
public static class MemberErasure
{
    /// <summary>Erases; null where there is no such organisation.</summary>
    public static async Task<ErasureDone?> RunAsync(SurveyDb db, int id, string mailFolder, string actor, string? reason, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (found, mails, editions, texts) = (false, 0, new List<NamingVersion>(), new List<NamingText>());
        // It comes last: whatever ends in between, what went into it is still found by it.
        foreach (var entry in await Merging.EntriesAsync(db, id, cancel))
        {
            if (await Erasure.RunAsync(db, entry, actor, reason, now, cancel) is { } traces)
            {
                (found, mails) = (true, mails + ErasedMails.Delete(mailFolder, traces));
                editions.AddRange(traces.Editions);
                texts.AddRange(traces.Texts);
            }
        }

        return found ? new(editions, mails, await Erasure.ScrubAsync(db, cancel)) { Texts = [.. texts.Distinct()] } : null;
    }
}

/// <summary>What was done: the versions whose files are gone, mails deleted from the folder, and whether the database's file holds nothing deleted any more.</summary>
public sealed record ErasureDone(IReadOnlyList<NamingVersion> Editions, int MailFiles, bool IsScrubbed)
{
    /// <summary>The office's own texts in which the name stands still.</summary>
    public IReadOnlyList<NamingText> Texts { get; init; } = [];
}
