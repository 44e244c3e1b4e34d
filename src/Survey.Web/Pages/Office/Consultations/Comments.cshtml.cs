using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Consultations;
using Survey.Domain.Editions;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Consultations;
using Survey.Web.Localization;
using Survey.Web.Members;
using Survey.Web.Pages.Answer;
using Survey.Web.Pages.Office.Rounds;

namespace Survey.Web.Pages.Office.Consultations;

/// <summary>
/// A consultation: until when, how many comments stand where, and the comments by chapter in the order of the draft. Readers see the numbers; comments, files and the time are for editors.
/// </summary>
public sealed class CommentsModel(SurveyDb db, RoundForms forms, PageTexts texts, TimeProvider time) : PageModel
{
    /// <summary>Rows on one page.</summary>
    public const int PageSize = 50;

    /// <summary>How much of a comment the list shows, in code points.</summary>
    private const int Start = 280;

    /// <summary>What addresses say for every chapter, and for the draft as a whole, whose id is empty.</summary>
    public const string Everywhere = "all", Whole = "-";

    private static readonly string[] Columns = ["round", "consultation", "place", "chapter", "title", "organisation", "language", "written", "changed", "state", "comment", "answer", "answered or closed"];

    public SurveyRound Round { get; private set; } = null!;

    public ConsultationCounts Counts { get; private set; } = null!;

    public Consultation Consultation => Counts.Consultation;

    /// <summary>The mailing by which members were told; null where it is gone.</summary>
    public long? MailingId { get; private set; }

    /// <summary>Whether the draft is there to be read: not while it is made anew.</summary>
    public bool IsDraftThere { get; private set; }

    public bool MayEdit { get; private set; }

    public bool IsOpen => Consultation.IsOpenAt(time.GetUtcNow().UtcDateTime);

    /// <summary>The chapters that have comments, in the order of the draft, with how many.</summary>
    public IReadOnlyList<ChapterLine> Chapters { get; private set; } = [];

    /// <summary>What the list is narrowed to; null shows all.</summary>
    public CommentState? Shown { get; private set; }

    public string? Chapter { get; private set; }

    public IReadOnlyList<CommentLine> Lines { get; private set; } = [];

    public int Count { get; private set; }

    public int At { get; private set; } = 1;

    public int Pages => Math.Max(1, (Count + PageSize - 1) / PageSize);

    /// <summary>The day that was typed, and what is wrong: the last part of <c>consultation.time.problem.NAME</c>.</summary>
    public string Day { get; private set; } = "";

    public string? Problem { get; private set; }

    /// <summary>What was just done: the last part of <c>consultation.time.done.NAME</c>.</summary>
    public string? Done { get; private set; }

    public string Home => string.Create(CultureInfo.InvariantCulture, $"/office/rounds/{Round.Slug}/consultation/{Consultation.Number}");

    public async Task<IActionResult> OnGetAsync(string slug, int number, string? show, string? chapter, int at, string? done, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await FindAsync(slug, number, cancel))
        {
            return KindPage.NotFound();
        }

        (Shown, Chapter, At) = (Enum.TryParse<CommentState>(show, out var state) && Enum.IsDefined(state) ? state : null, chapter is null or Everywhere ? null : chapter == Whole ? "" : chapter, Math.Clamp(at, 1, 100_000));
        Done = done is "moved" or "closed" ? done : null;
        await ReadLinesAsync(cancel);
        return Page();
    }

    /// <summary>The comments as CSV; a cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public async Task<IActionResult> OnGetFileAsync(string slug, int number, CancellationToken cancel)
    {
        if (!OfficeMay.Edit(User))
        {
            return Forbid();
        }

        if (!await FindAsync(slug, number, cancel))
        {
            return KindPage.NotFound();
        }

        using var file = new MemoryStream();
        await using (var csv = CsvWriter.Create(file, new CsvWriterOptions { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            foreach (var row in await RowsAsync(cancel))
            {
                foreach (var cell in row)
                {
                    csv.WriteField(cell);
                }

                csv.EndRecord();
            }

            await csv.FlushAsync(cancel);
        }

        await RecordAsync("consultation.export", cancel);
        return File(file.ToArray(), "text/csv; charset=utf-8", FileName("csv"));
    }

    /// <summary>The same as a workbook, in which every cell is text.</summary>
    public async Task<IActionResult> OnGetWorkbookAsync(string slug, int number, CancellationToken cancel)
    {
        if (!OfficeMay.Edit(User))
        {
            return Forbid();
        }

        if (!await FindAsync(slug, number, cancel))
        {
            return KindPage.NotFound();
        }

        var file = WorkbookFile.Of(FormattableString.Invariant($"consultation-{number}"), await RowsAsync(cancel));
        await RecordAsync("consultation.export", cancel);
        return File(file, WorkbookFile.MediaType, FileName("xlsx"));
    }

    /// <summary>Moves the last day, forward or back, as long as the consultation is open and the new day lies ahead.</summary>
    public async Task<IActionResult> OnPostMoveAsync(string slug, int number, string? day, CancellationToken cancel)
    {
        if (!OfficeMay.Edit(User))
        {
            return Forbid();
        }

        if (!await FindAsync(slug, number, cancel))
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        Day = (day ?? "").Trim();
        DateTime? closesAt = RoundDay.Read(Day) is { } last ? SurveyRound.EndOfDayAnywhere(last) : null;
        Problem = !IsOpen ? "over" : ConsultationStart.WrongDay(closesAt, now);
        if (Problem is null)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (await Still(now).ExecuteUpdateAsync(s => s.SetProperty(c => c.ClosesAt, closesAt!.Value), cancel) == 1)
            {
                await RecordAsync("consultation.move", cancel);
                await transaction.CommitAsync(cancel);
                return Redirect($"{Home}?done=moved");
            }

            Problem = "over";
        }

        return await RefusedAsync(cancel);
    }

    /// <summary>Closes the consultation before its time; asks first whether that is meant.</summary>
    public async Task<IActionResult> OnPostEndAsync(string slug, int number, bool sure, CancellationToken cancel)
    {
        if (!OfficeMay.Edit(User))
        {
            return Forbid();
        }

        if (!await FindAsync(slug, number, cancel))
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        Problem = !IsOpen ? "over" : sure ? null : "sure";
        if (Problem is null)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (await Still(now).ExecuteUpdateAsync(s => s.SetProperty(c => c.ClosedAt, now), cancel) == 1)
            {
                await RecordAsync("consultation.close", cancel);
                await transaction.CommitAsync(cancel);
                return Redirect($"{Home}?done=closed");
            }

            Problem = "over";
        }

        return await RefusedAsync(cancel);
    }

    /// <summary>The address of another page or part of the list.</summary>
    public string To(CommentState? show, string? chapter, int at = 1) =>
        $"{Home}?show={(show is { } state ? state : "all")}&chapter={AddressOf(chapter)}{(at > 1 ? $"&at={at.ToString(CultureInfo.InvariantCulture)}" : "")}#list";

    /// <summary>How addresses name a chapter; null is every one.</summary>
    public static string AddressOf(string? chapter) => chapter is null ? Everywhere : chapter.Length == 0 ? Whole : Uri.EscapeDataString(chapter);

    /// <summary>What a chapter is called in the draft, in the page's language; else what it was called where it was read.</summary>
    public string TitleOf(string chapter, string kept) => chapter.Length == 0 ? texts["consultation.whole"] : titles.GetValueOrDefault(chapter) ?? kept;

    private Dictionary<string, string> titles = new(StringComparer.Ordinal);

    /// <summary>The consultation, as long as nobody closed it.</summary>
    private IQueryable<Consultation> Still(DateTime now) => db.Consultations.Where(c => c.Id == Consultation.Id && c.ClosedAt == null && c.ClosesAt > now);

    private async Task<PageResult> RefusedAsync(CancellationToken cancel)
    {
        await FindAsync(Round.Slug, Consultation.Number, cancel);
        await ReadLinesAsync(cancel);
        Response.StatusCode = Problem == "over" ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task RecordAsync(string action, CancellationToken cancel)
    {
        db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), action, string.Create(CultureInfo.InvariantCulture, $"round:{Round.Slug}/consultation:{Consultation.Number}"));
        await db.SaveChangesAsync(cancel);
    }

    private string FileName(string kind) => string.Create(CultureInfo.InvariantCulture, $"comments-{Round.Slug}-{Consultation.Number}.{kind}");

    private async Task<bool> FindAsync(string slug, int number, CancellationToken cancel)
    {
        if (await db.Rounds.AsNoTracking().FirstOrDefaultAsync(r => r.Slug == slug, cancel) is not { } round || (await ConsultationCounts.OfAsync(db, round.Id, cancel)).FirstOrDefault(c => c.Consultation.Number == number) is not { } counts)
        {
            return false;
        }

        (Round, Counts, MayEdit) = (round, counts, OfficeMay.Edit(User));
        MailingId = await db.Mailings.Where(m => m.RoundId == round.Id && m.Kind == MailingKind.Consultation && m.Wave == number).Select(m => (long?)m.Id).FirstOrDefaultAsync(cancel);
        var draft = await ConsultedDraft.OfAsync(db, round, (await forms.OfAsync(db, round.Id, cancel)).Definition, Consultation.EditionVersionId, texts.Language, cancel);
        IsDraftThere = draft is not null;
        titles = draft is not null ? draft.Pages.Pages.ToDictionary(p => p.Chapter.Id, p => p.Chapter.Title, StringComparer.Ordinal) : titles;
        var found = await db.DraftComments.Where(c => c.ConsultationId == Consultation.Id).GroupBy(c => c.Chapter)
            .Select(g => new { g.Key, Place = g.Min(c => c.Place), Title = g.Max(c => c.Title), Count = g.Count(), Open = g.Count(c => c.State == CommentState.Open) }).ToListAsync(cancel);
        Chapters = [.. found.OrderBy(c => c.Place).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new ChapterLine(c.Key, TitleOf(c.Key, c.Title ?? c.Key), c.Count, c.Open))];
        return true;
    }

    private async Task ReadLinesAsync(CancellationToken cancel)
    {
        if (!MayEdit)
        {
            return;
        }

        var (shown, chapter) = (Shown, Chapter);
        var all = db.DraftComments.AsNoTracking().Where(c => c.ConsultationId == Consultation.Id && (shown == null || c.State == shown) && (chapter == null || c.Chapter == chapter));
        Count = await all.CountAsync(cancel);
        Lines = [.. (await all.OrderBy(c => c.Place).ThenBy(c => c.Id).Skip((At - 1) * PageSize).Take(PageSize)
            .Select(c => new { c.Id, c.Chapter, c.Title, c.Invitation!.Name, c.Language, c.WrittenAt, c.State, c.Text }).ToListAsync(cancel))
            .Select(c => new CommentLine(c.Id, TitleOf(c.Chapter, c.Title), c.Name, c.Language, c.WrittenAt, c.State, DoorText.Length(c.Text) > Start ? DoorText.Cut(c.Text, Start) + "…" : c.Text))];
    }

    private async Task<IReadOnlyList<string[]>> RowsAsync(CancellationToken cancel)
    {
        var comments = await db.DraftComments.AsNoTracking().Where(c => c.ConsultationId == Consultation.Id).Include(c => c.Invitation).OrderBy(c => c.Place).ThenBy(c => c.Id).ToListAsync(cancel);
        return
        [
            Columns,
            .. comments.Select(c => new[]
            {
                Round.Slug, Number(Consultation.Number), Number(c.Place), c.Chapter, TitleOf(c.Chapter, c.Title), c.Invitation!.Name, c.Language, Moment(c.WrittenAt), Moment(c.ChangedAt), c.State.ToString().ToLowerInvariant(), c.Text, c.Answer ?? "", Moment(c.DealtWithAt),
            }),
        ];

        static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
        static string Moment(DateTime? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>A chapter with how many comments it has, and how many of them are open.</summary>
    public sealed record ChapterLine(string Id, string Title, int Count, int Open);

    /// <summary>A comment in the list, its beginning at most.</summary>
    public sealed record CommentLine(long Id, string Chapter, string Organisation, string Language, DateTime WrittenAt, CommentState State, string Text);
}
