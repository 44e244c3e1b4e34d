using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Geography;
using Survey.Domain.Imports;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Members;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Members;

/// <summary>
/// Takes a member list, CSV or workbook. A file that cannot be read comes back with its problems and is not kept; one that can is kept to be looked at
/// (<see cref="MemberImportCheckModel"/>). Nothing of the members changes here.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
public sealed class MemberImportModel(SurveyDb db, RoundForms forms, Installation installation, TimeProvider time) : PageModel
{
    /// <summary>The largest file, in bytes, and the most rows.</summary>
    public const int LargestFile = 2_000_000, MostRows = 10_000;

    // A file that is somewhat too large gets a message; one far too large is cut off.
    private const int LargestRequest = 8 * 1024 * 1024;

    /// <summary>The codes that a list may use.</summary>
    public Templates.MemberTerms Terms { get; private set; } = null!;

    /// <summary>What is wrong with the file as a whole: the name of a problem under <c>memberImport.problem</c>, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where in the file, in words of the import; empty for nowhere.</summary>
    public ImportPlace? Place { get; private set; }

    /// <summary>What was just imported, or null.</summary>
    public (int Added, int Changed, int Joined)? Done { get; private set; }

    public async Task OnGetAsync(int? added, int? changed, int? joined, CancellationToken cancel)
    {
        Terms = await OpenRound.TermsAsync(db, forms, installation, cancel);
        Done = added is null ? null : (added.Value, changed ?? 0, joined ?? 0);
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancel)
    {
        Terms = await OpenRound.TermsAsync(db, forms, installation, cancel);
        if (file is not { Length: > 0 })
        {
            return Refuse("noFile");
        }

        if (file.Length > LargestFile)
        {
            return Refuse("tooLargeFile");
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancel);
        var isWorkbook = Workbook.IsOne(content.GetBuffer().AsSpan(0, (int)content.Length));
        content.Position = 0;
        if (isWorkbook)
        {
            var sheet = Workbook.ToCsv(content);
            if (!sheet.IsWhole)
            {
                return Refuse(sheet.Problems[0], isWorkbook);
            }

            content.SetLength(0);
            content.Write(sheet.Value);
        }

        var table = CsvTable.Read(content);
        if (!table.IsWhole)
        {
            return Refuse(table.Problems[0], isWorkbook);
        }

        if (table.Value.Rows.Count > MostRows)
        {
            return Refuse("table.too-large");
        }

        var now = time.GetUtcNow().UtcDateTime;
        var upload = new MemberUpload { Id = Guid.NewGuid(), UploadedAt = now, UploadedBy = OfficeActor.Of(User), Content = content.ToArray(), IsWorkbook = isWorkbook };
        // One at a time for each person, and none for longer than a day.
        var yesterday = now.AddDays(-1);
        await db.MemberUploads.Where(u => u.UploadedBy == upload.UploadedBy || u.UploadedAt < yesterday).ExecuteDeleteAsync(cancel);
        db.MemberUploads.Add(upload);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/office/members/import/{upload.Id}");
    }

    private PageResult Refuse(Problem problem, bool isWorkbook)
    {
        Place = ImportPlace.Of(problem.Where, null, isWorkbook);
        return Refuse(problem.Code);
    }

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}

/// <summary>
/// What an uploaded list would change, field by field, or what is wrong with it, row by row. The confirmation writes exactly what was shown; when the members changed in
/// between it writes nothing and shows what it would do now.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberImportCheckModel(SurveyDb db, RoundForms forms, Installation installation, TimeProvider time) : PageModel
{
    public const int PageSize = 50;

    public Guid Id { get; private set; }

    public MembersPreview Preview { get; private set; } = null!;

    public IReadOnlyList<ImportProblem> Problems { get; private set; } = [];

    public IReadOnlyList<ImportProblem> Notices { get; private set; } = [];

    public RegionScheme Regions { get; private set; } = null!;

    public IReadOnlyList<Domain.Questionnaires.Choice> Types { get; private set; } = [];

    public Domain.Rounds.SurveyRound? Round { get; private set; }

    /// <summary>Whether the members changed since the page was made.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>The shown pages of those who are added and changed, from 1.</summary>
    public int AddedPage { get; private set; }

    public int ChangedPage { get; private set; }

    public static int Pages(int count) => Math.Max(1, (count + PageSize - 1) / PageSize);

    public async Task<IActionResult> OnGetAsync(Guid id, int added, int changed, CancellationToken cancel) =>
        await FindAsync(id, added, changed, cancel) is null ? KindPage.NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(Guid id, string? shown, bool join, CancellationToken cancel)
    {
        if (await FindAsync(id, 1, 1, cancel) is not { } found)
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        var codes = Problems.Count > 0 || shown is null ? null
            : await MembersImport.WriteAsShownAsync(db, found.Table, new PlaceMatcher(Regions), found.Terms.TypeCodes, found.Terms.Languages, shown, OfficeActor.Of(User), now, cancel);
        if (codes is null)
        {
            HasMoved = true;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        await db.MemberUploads.Where(u => u.Id == id).ExecuteDeleteAsync(cancel);
        var joined = 0;
        if (join && Round is not null)
        {
            foreach (var part in codes.Chunk(500))
            {
                var ids = await db.Organisations.Where(o => part.Contains(o.Code)).Select(o => o.Id).ToListAsync(cancel);
                joined += await RoundJoining.AddAsync(db, Round, (await forms.OfAsync(db, Round.Id, cancel)).Places, ids, OfficeActor.Of(User), now, cancel);
            }
        }

        return Redirect(FormattableString.Invariant($"/office/members/import?added={Preview.Added.Count}&changed={Preview.Changed.Count}&joined={joined}"));
    }

    public async Task<IActionResult> OnPostDropAsync(Guid id, CancellationToken cancel)
    {
        var me = OfficeActor.Of(User);
        await db.MemberUploads.Where(u => u.Id == id && u.UploadedBy == me).ExecuteDeleteAsync(cancel);
        return Redirect("/office/members/import");
    }

    private async Task<(CsvTable Table, Templates.MemberTerms Terms)?> FindAsync(Guid id, int added, int changed, CancellationToken cancel)
    {
        var me = OfficeActor.Of(User);
        if (await db.MemberUploads.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id && u.UploadedBy == me, cancel) is not { } upload)
        {
            return null;
        }

        using var content = new MemoryStream(upload.Content);
        var table = CsvTable.Read(content).Value!;
        var terms = await OpenRound.TermsAsync(db, forms, installation, cancel);
        var plan = await MembersImport.PlanAsync(db, table, new PlaceMatcher(terms.Regions), terms.TypeCodes, terms.Languages, cancel);
        (Id, Preview, Regions, Types) = (id, MembersPreview.Of(plan), terms.Regions, terms.Types);
        Round = await OpenRound.OfAsync(db, time.GetUtcNow().UtcDateTime, cancel);
        Problems = [.. plan.Problems.Select(p => ImportProblem.Of(p, table, upload.IsWorkbook))];
        Notices = [.. plan.Notices.Select(p => ImportProblem.Of(p, table, upload.IsWorkbook))];
        (AddedPage, ChangedPage) = (Math.Clamp(added, 1, Pages(Preview.Added.Count)), Math.Clamp(changed, 1, Pages(Preview.Changed.Count)));
        return (table, terms);
    }
}
