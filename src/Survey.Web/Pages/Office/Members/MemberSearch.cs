using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Members;

/// <summary>
/// Finds another organisation to put beside one: by name (folded, in any script) or code; while nothing is typed, those that look like the same one, by name or by an
/// address. At most twenty.
/// </summary>
public sealed record MemberSearch(int Id, string Name, string Country, string Code)
{
    private const int Most = 20;

    public static async Task<IReadOnlyList<MemberSearch>> OfAsync(SurveyDb db, int id, string find, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var others = db.Organisations.AsNoTracking().Where(o => o.Id != id && o.ErasedAt == null && o.MergedIntoId == null);
        var folded = FoldedText.Of(find);
        var found = find.Length == 0
            ? others.Where(o => db.Organisations.Any(m => m.Id == id && m.NameFolded == o.NameFolded)
                || db.Contacts.Any(c => c.OrganisationId == o.Id && db.Contacts.Any(m => m.OrganisationId == id && m.EmailFolded == c.EmailFolded)))
            : folded.Length == 0 ? others.Where(o => o.Code == find) : others.Where(o => o.NameFolded.Contains(folded) || o.Code == find);
        return await db.ByName(found).Take(Most).Select(o => new MemberSearch(o.Id, o.Name, o.Country, o.Code)).ToListAsync(cancel);
    }
}
