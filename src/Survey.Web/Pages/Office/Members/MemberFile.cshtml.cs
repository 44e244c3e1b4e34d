using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Members;

/// <summary>
/// The members as a CSV file with the columns that an import reads: one row per contact that was not taken off, one for an organisation without any.
/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class MemberFileModel(SurveyDb db, TimeProvider time) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var organisations = await db.ByName(db.Organisations.AsNoTracking().Where(o => o.ErasedAt == null && o.MergedIntoId == null))
            .Select(o => new { o.Code, o.Name, o.Country, o.Type, o.Language, IsDiscreet = o.IsDiscreet, Contacts = o.Contacts.Where(c => c.RemovedAt == null).OrderBy(c => c.Id).Select(c => new { c.Email, c.Name, c.Language }).ToList() })
            .ToListAsync(cancel);
        // The mark at the beginning lets spreadsheets know that it is UTF-8.
        var file = new StringBuilder("\uFEFFcode,name,country,type,language,discreet,email,contact,contact language\r\n");
        foreach (var o in organisations)
        {
            foreach (var contact in o.Contacts.DefaultIfEmpty())
            {
                file.AppendJoin(',', new[] { o.Code, o.Name, o.Country, o.Type, o.Language, o.IsDiscreet ? "yes" : "no", contact?.Email, contact?.Name, contact?.Language }.Select(Cell)).Append("\r\n");
            }
        }

        db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), "members.export", "members");
        await db.SaveChangesAsync(cancel);
        return File(Encoding.UTF8.GetBytes(file.ToString()), "text/csv; charset=utf-8", "members.csv");
    }

    private static readonly System.Buffers.SearchValues<char> Quoted = System.Buffers.SearchValues.Create(",;\"\r\n\t");

    private static string Cell(string? value)
    {
        var text = value ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(Quoted) < 0 ? text : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }
}
