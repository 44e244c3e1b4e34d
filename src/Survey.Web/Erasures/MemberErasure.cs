using Survey.Domain.Erasures;
using Survey.Domain.Storage;
using Survey.Web.Mail;

namespace Survey.Web.Erasures;

/// <summary>Erases an organisation everywhere, for the office's page and the command line alike: the database, the mail folder, the database's file.</summary>
public static class MemberErasure
{
    /// <summary>Erases; null where there is no such organisation.</summary>
    public static async Task<ErasureDone?> RunAsync(SurveyDb db, int id, string mailFolder, string actor, string? reason, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await Erasure.RunAsync(db, id, actor, reason, now, cancel) is not { } traces)
        {
            return null;
        }

        var mails = ErasedMails.Delete(mailFolder, traces);
        return new(traces.Editions, mails, await Erasure.ScrubAsync(db, cancel));
    }
}

/// <summary>What was done: the versions whose files are gone, mails deleted from the folder, and whether the database's file holds nothing deleted any more.</summary>
public sealed record ErasureDone(IReadOnlyList<NamingVersion> Editions, int MailFiles, bool IsScrubbed);
