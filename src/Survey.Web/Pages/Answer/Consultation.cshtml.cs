using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Consultations;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Web.Access;
using Survey.Web.Consultations;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// The draft that members are asked to comment on: its chapters, each chapter with the organisation's own comments and a form for more, and what was answered to earlier ones. Comments are taken as long as the
/// consultation is open; whatever the reason for which one is refused, the typed words come back. A comment can be changed and deleted until the office has dealt with it, by every colleague.
/// </summary>
public sealed class ConsultationModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks)
    : MemberPage(db, session, forms, texts, time, marks)
{
    /// <summary>Values of the button: keep the comment, delete it.</summary>
    public const string Save = "save", Remove = "remove";

    /// <summary>The consultation that is or was held last.</summary>
    public Consultation Consultation { get; private set; } = null!;

    /// <summary>The draft; null while it is made anew.</summary>
    public ConsultedDraft? Draft { get; private set; }

    /// <summary>The chapter that is shown; null on the page of all.</summary>
    public EditionPage? Chapter { get; private set; }

    /// <summary>The chapter's id; empty on the page of all.</summary>
    public string ChapterId { get; private set; } = "";

    /// <summary>The organisation's comments on this chapter (on the page of all: on the whole draft) in this consultation.</summary>
    public IReadOnlyList<DraftComment> Own { get; private set; } = [];

    /// <summary>Its other comments in all consultations, the newest consultation first: those on this chapter, on the page of all every one.</summary>
    public IReadOnlyList<DraftComment> Others { get; private set; } = [];

    /// <summary>How many comments the organisation has on each chapter in this consultation.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; private set; } = new Dictionary<string, int>();

    /// <summary>Whether a version came out since: the draft is not read any more, the report is.</summary>
    public bool IsPublishedSince { get; private set; }

    /// <summary>Whether the consultation takes comments now.</summary>
    public bool TakesComments => Consultation.IsOpenAt(Now);

    /// <summary>Whether this page has a form for a comment.</summary>
    public bool MayWrite => TakesComments && Draft is not null && Held.Mode is null;

    /// <summary>What stands in the form.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The comment that is being changed, or is to be deleted.</summary>
    public DraftComment? Chosen { get; private set; }

    /// <summary>The revision of the chosen comment that the person has seen: raised only where the page says that it was changed.</summary>
    public int Seen { get; private set; }

    /// <summary>Whether the page asks whether the chosen comment is to be deleted.</summary>
    public bool AsksToRemove { get; private set; }

    /// <summary>What is wrong: the last part of <c>consultation.member.problem.NAME</c>.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was just done: the last part of <c>consultation.member.done.NAME</c>.</summary>
    public string? Done { get; private set; }

    /// <summary>The address of the page of all.</summary>
    public string Home => $"{Root}/consultation";

    /// <summary>The address of this page.</summary>
    public string Here => ChapterId.Length > 0 ? $"{Home}/{ChapterId}" : Home;

    /// <summary>Where the draft's files in its language are.</summary>
    public string DraftFiles => $"{Root}/draft/{Draft!.Content.Language}";

    /// <summary>Whether the organisation may still change this comment.</summary>
    public bool MayChange(DraftComment comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        return Held.Mode is null && comment.ConsultationId == Consultation.Id && comment.MayChangeAt(Consultation, Now);
    }

    protected override bool IsAlwaysAllowed => true;

    public async Task<IActionResult> OnGetAsync(string? chapter, long? edit, long? remove, string? done, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await FindAsync(chapter, cancel) || (Chapter is null && ChapterId.Length > 0 && Draft is not null))
        {
            return KindPage.NotFound();
        }

        Chosen = Own.FirstOrDefault(c => c.Id == (edit ?? remove) && MayChange(c));
        (AsksToRemove, Text, Seen) = (Chosen is not null && edit is null, Chosen?.Text ?? "", Chosen?.Revision ?? 0);
        Done = done is "saved" or "changed" or "removed" ? done : null;
        return Page();
    }

    /// <summary>All comments of the organisation in this round, with what was answered, for its own files.</summary>
    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel)
    {
        if (!await FindAsync(null, cancel))
        {
            return KindPage.NotFound();
        }

        using var file = new MemoryStream();
        await using (var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            Write("round", "consultation", "chapter", "language", "written", "comment", "state", "answer");
            foreach (var comment in Own.Concat(Others).OrderBy(c => c.Consultation!.Number).ThenBy(c => c.Place).ThenBy(c => c.Id))
            {
                Write(
                    Held.Round.Slug, comment.Consultation!.Number.ToString(CultureInfo.InvariantCulture), comment.Chapter.Length == 0 ? Texts["consultation.member.whole"] : comment.Title, comment.Language,
                    comment.WrittenAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), comment.Text, comment.State.ToString().ToLowerInvariant(), comment.State is CommentState.Answered ? comment.Answer ?? "" : "");
            }

            await csv.FlushAsync(cancel);

            void Write(params string[] cells)
            {
                foreach (var cell in cells)
                {
                    csv.WriteField(cell);
                }

                csv.EndRecord();
            }
        }

        return File(file.ToArray(), "text/csv; charset=utf-8", $"comments-{Held.Round.Slug}.csv");
    }

    public async Task<IActionResult> OnPostAsync(string? chapter, string? then, long? id, int seen, string? text, CancellationToken cancel)
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
        }

        (Text, Seen) = (DoorText.Clean(text ?? "").Trim(), seen);
        if (!ModelState.IsValid || !await FindAsync(chapter, cancel))
        {
            return KindPage.NotFound();
        }

        Chosen = id is null ? null : Own.FirstOrDefault(c => c.Id == id);
        if (AskedLanguage is not null)
        {
            // The form that asks whether to delete has no words.
            AsksToRemove = text is null && Chosen is not null;
            if (!MayWrite && Text.Length > 0)
            {
                Problem = Held.Mode is not null ? "office" : TakesComments ? "gone" : "closed";
            }

            return Page();
        }

        if (then == AnswerForm.Finish && (Text.Length == 0 || Text == Chosen?.Text))
        {
            return await FinishAsync();
        }

        AsksToRemove = then == Remove;
        Problem = Held.Mode is not null ? "office" : !TakesComments ? "closed" : Draft is null ? "gone" : Chapter is null && ChapterId.Length > 0 ? "moved"
            : AsksToRemove ? null : Text.Length == 0 ? "empty" : DoorText.Length(Text) > DraftComment.Longest ? "long" : null;
        if (Problem is null)
        {
            Problem = AsksToRemove ? await RemoveAsync(id, seen, cancel) : await SaveAsync(id, seen, cancel);
        }

        if (Problem is null)
        {
            return then == AnswerForm.Finish ? await FinishAsync() : Redirect($"{Here}?done={(AsksToRemove ? "removed" : id is null ? "saved" : "changed")}#comments");
        }

        if (Problem == "moved")
        {
            // Another draft has taken this one's place, without the chapter: the words can be said of the whole.
            (ChapterId, id) = ("", null);
        }

        // What colleagues and the office did meanwhile is shown beside the typed words.
        await ReadCommentsAsync(cancel);
        Chosen = id is null ? null : Own.FirstOrDefault(c => c.Id == id && MayChange(c));
        AsksToRemove &= Chosen is not null;
        Seen = Problem == "changed" || AsksToRemove ? Chosen?.Revision ?? 0 : seen;
        Response.StatusCode = Problem is "empty" or "long" ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> FindAsync(string? chapter, CancellationToken cancel)
    {
        if (Held.Round.IsPilot || await Db.Consultations.AsNoTracking().Where(c => c.RoundId == Held.Round.Id).OrderByDescending(c => c.Number).FirstOrDefaultAsync(cancel) is not { } found)
        {
            return false;
        }

        (Consultation, ChapterId) = (found, chapter ?? "");
        IsPublishedSince = !TakesComments && await Db.EditionVersions.AnyAsync(v => v.Edition!.RoundId == Held.Round.Id && v.Number != null && v.PublishedAt >= found.ShownAt, cancel);
        Draft = IsPublishedSince ? null : await ConsultedDraft.OfAsync(Db, Held.Round, Form.Definition, found.EditionVersionId, Texts.Language, cancel);
        Chapter = Draft?.Pages.Page(ChapterId);
        await ReadCommentsAsync(cancel);
        return true;
    }

    private async Task ReadCommentsAsync(CancellationToken cancel)
    {
        var all = await Db.DraftComments.AsNoTracking().Where(c => c.InvitationId == Held.Invitation.Id && c.Consultation!.RoundId == Held.Round.Id).Include(c => c.Consultation)
            .OrderByDescending(c => c.Consultation!.Number).ThenBy(c => c.Place).ThenBy(c => c.Id).ToListAsync(cancel);
        Own = [.. all.Where(c => c.ConsultationId == Consultation.Id && c.Chapter == ChapterId)];
        Others = [.. all.Where(c => ChapterId.Length == 0 ? !Own.Contains(c) : c.Chapter == ChapterId && c.ConsultationId != Consultation.Id)];
        Counts = all.Where(c => c.ConsultationId == Consultation.Id).CountBy(c => c.Chapter).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Keeps a new or changed comment; says why it could not.</summary>
    private async Task<string?> SaveAsync(long? id, int seen, CancellationToken cancel)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancel);
        if (!await LockAsync(cancel))
        {
            return "again";
        }

        if (id is { } changed)
        {
            var problem = await ChangeAsync(changed, seen, cancel);
            if (problem is null)
            {
                await transaction.CommitAsync(cancel);
            }

            return problem;
        }

        var own = Db.DraftComments.Where(c => c.ConsultationId == Consultation.Id && c.InvitationId == Held.Invitation.Id);
        if (await own.AnyAsync(c => c.Chapter == ChapterId && c.Text == Text, cancel))
        {
            // The form sent twice is one comment.
            return null;
        }

        if (await own.CountAsync(cancel) >= DraftComment.Most)
        {
            return "many";
        }

        var comment = new DraftComment
        {
            ConsultationId = Consultation.Id,
            InvitationId = Held.Invitation.Id,
            ContactId = Held.ContactId,
            Chapter = ChapterId,
            Place = Draft!.PlaceOf(ChapterId),
            Title = Chapter is null ? "" : DoorText.Cut(Chapter.Chapter.Title, DraftComment.LongestTitle),
            Language = Texts.Language,
            Text = Text,
            WrittenAt = Now,
        };
        Db.DraftComments.Add(comment);
        await Db.SaveChangesAsync(cancel);
        await RecordAsync("comment.add", comment.Id, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    private async Task<string?> ChangeAsync(long id, int seen, CancellationToken cancel)
    {
        if (await MineAsync(id, cancel) is not { } stored)
        {
            return "dealtWith";
        }

        if (stored.Text == Text)
        {
            return null;
        }

        if (await Db.DraftComments.Where(c => c.Id == id && c.Revision == seen).ExecuteUpdateAsync(s => s.SetProperty(c => c.Text, Text).SetProperty(c => c.ChangedAt, Now).SetProperty(c => c.Revision, seen + 1), cancel) == 0)
        {
            return "changed";
        }

        await RecordAsync("comment.change", id, cancel);
        return null;
    }

    private async Task<string?> RemoveAsync(long? id, int seen, CancellationToken cancel)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancel);
        if (!await LockAsync(cancel))
        {
            return "again";
        }

        if (id is not { } removed || !await Db.DraftComments.AnyAsync(c => c.Id == removed, cancel))
        {
            // It is gone, as was wished.
            return null;
        }

        if (await MineAsync(removed, cancel) is null)
        {
            return "dealtWith";
        }

        if (await Db.DraftComments.Where(c => c.Id == removed && c.Revision == seen).ExecuteDeleteAsync(cancel) == 0)
        {
            return "changed";
        }

        await RecordAsync("comment.remove", removed, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>The organisation's own comment on this page as it is stored, if it may still be changed.</summary>
    private async Task<DraftComment?> MineAsync(long id, CancellationToken cancel) =>
        await Db.DraftComments.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.InvitationId == Held.Invitation.Id && c.Chapter == ChapterId, cancel) is { } found && MayChange(found) ? found : null;

    /// <summary>Holds the organisation's place until the transaction ends; false where it was merged or erased since the request began.</summary>
    private async Task<bool> LockAsync(CancellationToken cancel) =>
        await Db.Invitations.Where(i => i.Id == Held.Invitation.Id && i.OrganisationId == Held.Invitation.OrganisationId).ExecuteUpdateAsync(s => s.SetProperty(i => i.WasMailed, i => i.WasMailed), cancel) == 1;

    private async Task RecordAsync(string action, long id, CancellationToken cancel)
    {
        Db.Record(Now, "member", action, string.Create(CultureInfo.InvariantCulture, $"round:{Held.Round.Slug}/invitation:{Held.Invitation.Id}/comment:{id}"));
        await Db.SaveChangesAsync(cancel);
    }
}
