using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Office.Audit;

/// <summary>
/// Who did what and when, newest first, by who, action and day. Each entry is a sentence (<c>audit.action</c> in <c>templates/ui</c>); its details are shown until they
/// are erased. What the database says here is what is stored: whether it is what was written, <c>./progress audit verify</c> tells.
/// </summary>
[Authorize(OfficeAccess.MayPublish)]
public sealed class AuditModel(SurveyDb db) : PageModel
{
    private const int PageSize = 50;

    /// <summary>An actor as entries name it; empty for all.</summary>
    [BindProperty(SupportsGet = true), StringLength(100)]
    public string? Who { get; set; }

    /// <summary>An action; empty for all.</summary>
    [BindProperty(SupportsGet = true), StringLength(60)]
    public string? What { get; set; }

    /// <summary>A day in UTC; null for all.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    /// <summary>The number below which the page begins; null on the first.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    /// <summary>The number below which the next page begins; null on the last.</summary>
    public long? Next { get; private set; }

    /// <summary>Mail addresses of office accounts by the actors that entries name.</summary>
    public IReadOnlyDictionary<string, string> Accounts { get; private set; } = new Dictionary<string, string>();

    /// <summary>Actions that have happened, for the filter.</summary>
    public IReadOnlyList<string> Actions { get; private set; } = [];

    /// <summary>What the shown entries tell of, by their subjects, where it is still there.</summary>
    public IReadOnlyDictionary<string, AuditThing> Things { get; private set; } = new Dictionary<string, AuditThing>();

    /// <summary>What happened, in words, without who did it: the sentence of an entry from behind the first place on, with dots for the thing; a code without words stays itself.</summary>
    public static string Label(PageTexts texts, string action)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(action);
        return texts.Has($"audit.action.{action}") ? texts[$"audit.action.{action}", ("who", ""), ("thing", "…")].TrimStart(':', ' ', '\u00A0', '\u202F') : action;
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return KindPage.NotFound();
        }

        Accounts = await db.Users.AsNoTracking().OrderBy(a => a.Email).ToDictionaryAsync(a => "office:" + a.Id, a => a.Email!, cancel);
        Actions = await db.AuditEntries.Select(e => e.Action).Distinct().OrderBy(a => a).ToListAsync(cancel);
        var entries = Chosen().Where(e => Before == null || e.Number < Before);
        var found = await entries.OrderByDescending(e => e.Number).Take(PageSize + 1)
            .Select(e => new AuditLine(e.Number!.Value, e.At, e.Actor, e.Action, e.Subject, e.DetailsHash != null, e.Detail!.Content)).ToListAsync(cancel);
        Lines = [.. found.Take(PageSize)];
        Next = found.Count > PageSize ? Lines[^1].Number : null;
        Things = await AuditThings.OfAsync(db, Lines.Select(l => l.Subject), OfficeMay.Administer(User), cancel);
        return Page();
    }

    /// <summary>The whole log as a file, as <c>./progress audit export</c> writes it.</summary>
    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel)
    {
        var file = new MemoryStream();
        await AuditReader.WriteAsync(db, file, cancel);
        file.Position = 0;
        return File(file, "text/csv; charset=utf-8", "audit.csv");
    }

    private IQueryable<AuditEntry> Chosen()
    {
        var entries = db.AuditEntries.AsNoTracking().Where(e => e.Number != null);
        entries = string.IsNullOrEmpty(Who) ? entries : entries.Where(e => e.Actor == Who);
        entries = string.IsNullOrEmpty(What) ? entries : entries.Where(e => e.Action == What);
        if (Day is { } day && day < DateOnly.MaxValue)
        {
            var from = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            var to = from.AddDays(1);
            entries = entries.Where(e => e.At >= from && e.At < to);
        }

        return entries;
    }

    /// <summary>An entry in the list; <paramref name="Details"/> is null where there are none or they were erased.</summary>
    public sealed record AuditLine(long Number, DateTime At, string Actor, string Action, string Subject, bool HasDetails, string? Details)
    {
        /// <summary>What it was done to, without its kind.</summary>
        public string Thing => Subject[(Subject.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
