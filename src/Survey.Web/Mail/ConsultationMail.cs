using Microsoft.EntityFrameworkCore;
using Survey.Domain.Consultations;
using Survey.Domain.Invitations;
using Survey.Domain.Storage;

namespace Survey.Web.Mail;

/// <summary>What the mail that a draft can be read says beside what every mail does: until when. What the office says to members stands on their page alone.</summary>
public static class ConsultationMail
{
    /// <summary>The words for a letter of this consultation; none where there is none.</summary>
    public static IReadOnlyDictionary<string, string> WordsOf(MailPost post, Consultation? consultation, string language)
    {
        ArgumentNullException.ThrowIfNull(post);
        return consultation is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["when"] = post.Moment(language, consultation.EndsAt) };
    }

    /// <summary>The consultation that a mailing is for; null where it is for none.</summary>
    public static Task<Consultation?> OfAsync(SurveyDb db, long? mailingId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Consultations.AsNoTracking().FirstOrDefaultAsync(c => db.Mailings.Any(m => m.Id == mailingId && m.Kind == MailingKind.Consultation && m.RoundId == c.RoundId && m.Wave == c.Number), cancel);
    }
}
