using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Consultations;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Localization;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Members;

/// <summary>
/// All that is held about one organisation, as a zip: <c>about.json</c> with everything, and the longer lists as CSV for a spreadsheet. Answers stand as codes and in the
/// words of the organisation's language, drafts and every version that was sent. Links are there without their secret, mails with subject, moment and address. A cell that
/// a spreadsheet would take for a formula gets an apostrophe in front.
/// </summary>
public sealed class MemberExport(RoundForms forms, UiTexts texts)
{
    /// <summary>The action in the audit.</summary>
    public const string Exported = "organisation.export";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly string[] AnswerColumns = ["round", "version", "sent", "point", "question", "codes", "number", "text", "question in words", "answer in words"];

    /// <summary>Writes the zip; false where there is no such organisation, with nothing written.</summary>
    public async Task<bool> WriteAsync(SurveyDb db, int id, Stream file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await using var snapshot = await ReadSnapshot.BeginAsync(db, cancel);
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id && o.ErasedAt == null, cancel) is not { } organisation)
        {
            return false;
        }

        // Duplicates that went into it, too.
        var ids = await Merging.EntriesAsync(db, id, cancel);
        var words = new PageTexts(texts);
        words.Use(organisation.Language);
        var contacts = await db.Contacts.AsNoTracking().Where(c => ids.Contains(c.OrganisationId)).OrderBy(c => c.Id)
            .Select(c => new { c.Id, c.Name, c.Email, c.Language, c.CreatedAt, c.IsAddedByMember, c.OptedOutAt, c.BouncedAt, c.RemovedAt }).ToListAsync(cancel);
        var invitations = await db.Invitations.AsNoTracking().Where(i => ids.Contains(i.OrganisationId)).OrderBy(i => i.Id)
            .Select(i => new { i.Id, Round = i.Round!.Slug, i.Name, i.Country, i.Region, i.Type, i.Language, i.IsDiscreet, i.InvitedAt, i.ReopenedUntil }).ToListAsync(cancel);
        var links = await db.PersonalLinks.AsNoTracking().Where(l => ids.Contains(l.Invitation!.OrganisationId)).OrderBy(l => l.Id)
            .Select(l => new { l.Id, Invitation = l.InvitationId, Contact = l.ContactId, l.CreatedAt, l.RevokedAt }).ToListAsync(cancel);
        var people = contacts.ConvertAll(c => c.Id);
        var mails = await db.Outbox.AsNoTracking().Where(m => m.ContactId != null && people.Contains(m.ContactId.Value)).OrderBy(m => m.Id)
            .Select(m => new MailLine(m.CreatedAt, m.SentAt, m.State.ToString(), m.Template, m.Subject, m.ToAddress, m.ToName)).ToListAsync(cancel);
        var responses = await db.Responses.AsNoTracking().Where(r => ids.Contains(r.Invitation!.OrganisationId)).OrderBy(r => r.Id).ToListAsync(cancel);
        var (answered, lines) = (new List<object>(), new List<AnswerLine>());
        foreach (var response in responses)
        {
            answered.Add(await ResponseAsync(db, response, invitations.First(i => i.Id == response.InvitationId).Round, words, lines, cancel));
        }

        var comments = await db.DraftComments.AsNoTracking().Where(c => ids.Contains(c.Invitation!.OrganisationId)).OrderBy(c => c.Id)
            .Select(c => new CommentLine(db.Rounds.First(r => r.Id == c.Consultation!.RoundId).Slug, c.Consultation!.Number, c.Chapter, c.Title, c.ContactId, c.Language, c.WrittenAt, c.ChangedAt, c.Text, c.State.ToString(), c.State == CommentState.Answered ? c.Answer : null, c.DealtWithAt)).ToListAsync(cancel);
        HashSet<string> subjects = [.. ids.Select(o => $"organisation:{o}"), .. people.Select(p => $"contact:{p}"), .. invitations.Select(i => $"invitation:{i.Id}"), .. responses.Select(r => $"response:{r.Id}")];
        var log = await LogAsync(db, subjects, cancel);
        var editions = await (from mention in db.EditionMentions.AsNoTracking()
                              where ids.Contains(mention.OrganisationId)
                              join version in db.EditionVersions on mention.EditionVersionId equals version.Id
                              join round in db.Rounds on version.Edition!.RoundId equals round.Id
                              orderby round.Id, version.Id
                              select new { Round = round.Slug, version.Number, Kind = mention.Kind.ToString() }).Distinct().ToListAsync(cancel);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        await using (var about = zip.CreateEntry("about.json").Open())
        {
            await JsonSerializer.SerializeAsync(about, new
            {
                Organisation = new { organisation.Id, organisation.Code, organisation.Name, organisation.Country, organisation.Type, organisation.Language, organisation.IsDiscreet, organisation.WantsDiscretion, organisation.CreatedAt, organisation.RetiredAt },
                contacts,
                invitations,
                links,
                Responses = answered,
                comments,
                mails,
                NamedIn = editions,
                log,
            }, Json, cancel);
        }

        await TableAsync(zip, "answers.csv", AnswerColumns, lines.Select(l => new[] { l.Round, l.Version, l.Sent, l.Point, l.Question, l.Codes, l.Number, l.Text, l.QuestionWords, l.AnswerWords }), cancel);
        await TableAsync(zip, "comments.csv", ["round", "consultation", "chapter", "title", "language", "written", "changed", "comment", "state", "answer", "answered or closed"],
            comments.Select(c => new[] { c.Round, c.Consultation.ToString(CultureInfo.InvariantCulture), c.Chapter, c.Title, c.Language, Moment(c.WrittenAt), Moment(c.ChangedAt), c.Text, c.State, c.Answer ?? "", Moment(c.DealtWithAt) }), cancel);
        await TableAsync(zip, "contacts.csv", ["name", "email", "language", "added", "opted out", "mails came back", "taken off"],
            contacts.Select(c => new[] { c.Name, c.Email, c.Language, Moment(c.CreatedAt), Moment(c.OptedOutAt), Moment(c.BouncedAt), Moment(c.RemovedAt) }), cancel);
        await TableAsync(zip, "mails.csv", ["written", "sent", "state", "kind", "subject", "address", "name"], mails.Select(m => new[] { Moment(m.CreatedAt), Moment(m.SentAt), m.State, m.Template, m.Subject, m.ToAddress, m.ToName }), cancel);
        await TableAsync(zip, "log.csv", ["number", "at", "actor", "action", "subject", "details"], log.Select(l => new[] { l.Number?.ToString(CultureInfo.InvariantCulture) ?? "", Moment(l.At), l.Actor, l.Action, l.Subject, l.Details ?? "" }), cancel);
        return true;
    }

    private async Task<object> ResponseAsync(SurveyDb db, SurveyResponse response, string round, PageTexts words, List<AnswerLine> lines, CancellationToken cancel)
    {
        var form = await forms.OfAsync(db, response.RoundId, cancel);
        var submissions = await db.Submissions.AsNoTracking().Where(s => s.ResponseId == response.Id).OrderBy(s => s.Version).ToListAsync(cancel);
        var draft = AnswerSheet.FromDraft(await db.DraftAnswers.AsNoTracking().Where(d => d.ResponseId == response.Id).ToListAsync(cancel));
        foreach (var sent in submissions)
        {
            // Below zero stands what a duplicate had sent and does not count.
            lines.AddRange(LinesOf(AnswerSheet.FromJson(sent.Content), sent.Version < 0 ? "set aside" : sent.Version.ToString(CultureInfo.InvariantCulture), Moment(sent.SubmittedAt)));
        }

        var unsent = LinesOf(draft, "draft", "").ToList();
        lines.AddRange(unsent);
        return new
        {
            round,
            Address = response.PublicId,
            Mode = response.Mode.ToString(),
            response.Language,
            response.StartedAt,
            response.ChangedAt,
            response.SubmittedAt,
            response.Version,
            response.IsLate,
            Review = response.Review.ToString(),
            response.ReviewReason,
            response.ReviewedAt,
            Versions = submissions.Select(s => new { s.Version, s.SubmittedAt, Mode = s.Mode.ToString(), s.PrivacyVersion, Answers = LinesOf(AnswerSheet.FromJson(s.Content), s.Version.ToString(CultureInfo.InvariantCulture), "").Select(Told) }),
            Draft = unsent.Select(Told),
            Quotes = await db.Quotes.AsNoTracking().Where(q => q.ResponseId == response.Id).OrderBy(q => q.Id)
                .Select(q => new { q.Point, q.Text, q.Shortened, q.Language, Consent = q.Consent.ToString(), Review = q.Review.ToString(), q.ReviewedAt, q.ReviewReason }).ToListAsync(cancel),
            Corrections = (await db.Corrections.AsNoTracking().Where(c => c.ResponseId == response.Id).OrderBy(c => c.Id).ToListAsync(cancel)).Select(c => new
            {
                c.Point,
                c.Question,
                c.Before,
                c.After,
                Quotes = KeptQuote.FromJson(c.Quotes).Select(q => new { q.Point, q.Text, q.Shortened, q.Language, Consent = q.Consent.ToString() }),
                c.Version,
                c.Reason,
                c.CorrectedAt,
                c.UndoneAt,
            }),
            Copies = await db.AnswerCopies.AsNoTracking().Where(c => c.ResponseId == response.Id).OrderBy(c => c.Id).Select(c => new { c.Version, c.Language, c.RequestedAt }).ToListAsync(cancel),
        };

        IEnumerable<AnswerLine> LinesOf(AnswerSheet sheet, string version, string sent) =>
            from answer in sheet.Answers
            let question = form.Questionnaire.Question(answer.Key.Question)
            select new AnswerLine(round, version, sent, answer.Key.Point, answer.Key.Question, string.Join(' ', answer.Value.Choices), answer.Value.Number?.ToString("R", CultureInfo.InvariantCulture) ?? "", answer.Value.Text ?? "",
                question?.Text.In(words.Language) ?? "", question is null ? "" : QuestionWords.Value(words, form, question, answer.Value));
    }

    private static object Told(AnswerLine line) => new { line.Point, line.Question, line.Codes, line.Number, line.Text, line.QuestionWords, line.AnswerWords };

    private static async Task<List<LogLine>> LogAsync(SurveyDb db, HashSet<string> subjects, CancellationToken cancel)
    {
        var log = new List<LogLine>();
        var entries = db.AuditEntries.AsNoTracking().OrderBy(e => e.Id).Select(e => new LogLine(e.Number, e.At, e.Actor, e.Action, e.Subject, e.Detail == null ? null : e.Detail.Content));
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (entry.Subject.Split('/').Any(subjects.Contains))
            {
                log.Add(entry);
            }
        }

        return log;
    }

    private static async Task TableAsync(ZipArchive zip, string name, string[] columns, IEnumerable<string[]> rows, CancellationToken cancel)
    {
        await using var file = zip.CreateEntry(name).Open();
        using var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true);
        foreach (var row in rows.Prepend(columns))
        {
            foreach (var cell in row)
            {
                csv.WriteField(cell);
            }

            csv.EndRecord();
        }

        await csv.FlushAsync(cancel);
    }

    private static string Moment(DateTime? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private sealed record CommentLine(string Round, int Consultation, string Chapter, string Title, int? Contact, string Language, DateTime WrittenAt, DateTime? ChangedAt, string Text, string State, string? Answer, DateTime? DealtWithAt);

    private sealed record MailLine(DateTime CreatedAt, DateTime? SentAt, string State, string Template, string Subject, string ToAddress, string ToName);

    private sealed record LogLine(long? Number, DateTime At, string Actor, string Action, string Subject, string? Details);

    private sealed record AnswerLine(string Round, string Version, string Sent, string Point, string Question, string Codes, string Number, string Text, string QuestionWords, string AnswerWords);
}
