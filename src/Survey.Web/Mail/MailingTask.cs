using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Consultations;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;

namespace Survey.Web.Mail;

/// <summary>
/// Puts the letters of mailings into the outbox, a hundred contacts at a step. Each step is one transaction: the letters, a fresh personal link for each, and the place up to
/// which the mailing came, so that a process that dies leaves whole steps. Who is due is asked at each step anew. One step runs at a time on a database; and the outbox takes
/// only one letter per round, kind, wave and contact.
/// </summary>
public sealed class MailingTask(IDbContextFactory<SurveyDb> contexts, MailPost post, TimeProvider time) : IBackgroundTask
{
    /// <summary>The name to signal after a mailing was confirmed or goes on.</summary>
    public const string TaskName = "mailings";

    private const int Step = 100;
    private const long StepLock = 7_242_002;

    public string Name => TaskName;

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task LookAsync(CancellationToken cancel)
    {
        var hasPut = false;
        while (!cancel.IsCancellationRequested && await StepAsync(cancel))
        {
            hasPut = true;
        }

        if (hasPut)
        {
            await post.LookAsync(cancel);
        }
    }

    /// <summary>Does one step of the oldest mailing that goes on; false when there is none.</summary>
    private async Task<bool> StepAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (!await Next(db).AnyAsync(cancel))
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (db.Database.IsNpgsql())
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({StepLock})", cancel);
        }

        if (await Next(db).FirstOrDefaultAsync(cancel) is not { } mailing)
        {
            return false;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var round = await db.Rounds.AsNoTracking().FirstAsync(r => r.Id == mailing.RoundId, cancel);
        var consultation = mailing.Kind is MailingKind.Consultation ? await db.Consultations.AsNoTracking().FirstOrDefaultAsync(c => c.RoundId == mailing.RoundId && c.Number == mailing.Wave, cancel) : null;
        var goesOn = mailing.Kind is MailingKind.Consultation ? consultation?.IsOpenAt(now) == true : round.IsOpenAt(now);
        var due = goesOn ? await DueAsync(db, mailing, cancel) : [];
        foreach (var addressee in due)
        {
            Put(db, mailing, round, consultation, addressee, now);
        }

        mailing.LastContactId = due.Count > 0 ? due[^1].Contact.Id : mailing.LastContactId;
        mailing.PreparedAt = due.Count < Step ? now : null;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static IQueryable<Mailing> Next(SurveyDb db) => db.Mailings.Where(m => m.PreparedAt == null && m.PausedAt == null).OrderBy(m => m.Id);

    private static Task<List<Addressee>> DueAsync(SurveyDb db, Mailing mailing, CancellationToken cancel) =>
        MailingAudience.Of(db, mailing.RoundId, mailing.Kind, SelectionOf(mailing)).AsNoTracking()
            .Where(a => a.Contact.Id > mailing.LastContactId).OrderBy(a => a.Contact.Id).Take(Step).ToListAsync(cancel);

    /// <summary>Whom the mailing is limited to.</summary>
    public static MailingSelection SelectionOf(Mailing mailing)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        return new(Split(mailing.Regions), Split(mailing.Languages), [.. Split(mailing.Organisations).Select(id => int.Parse(id, CultureInfo.InvariantCulture))]);
    }

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Put(SurveyDb db, Mailing mailing, SurveyRound round, Consultation? consultation, Addressee to, DateTime now)
    {
        var token = PersonalLink.NewToken();
        db.PersonalLinks.Add(new PersonalLink { InvitationId = to.Invitation.Id, ContactId = to.Contact.Id, TokenHash = PersonalLink.Hash(token), CreatedAt = now });
        var key = string.Create(CultureInfo.InvariantCulture, $"{mailing.Kind.ToString().ToLowerInvariant()}-{round.Id}-{mailing.Wave}-{to.Contact.Id}");
        post.Put(db, new Letter(to.TemplateOf(mailing.Kind), key, to.Contact.Language, to.Contact, to.Invitation, round)
        {
            IsDiscreet = to.IsDiscreet,
            Link = post.Address($"/a/{token}"),
            MailingId = mailing.Id,
            Words = ConsultationMail.WordsOf(post, consultation, to.Contact.Language),
        }, now);
    }
}
