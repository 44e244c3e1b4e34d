using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Office.Members;

/// <summary>A duplicate that went into an organisation, and whether that can still be undone.</summary>
public sealed record MemberMerges(int Id, string Name, DateTime At, bool CanBeUndone)
{
    /// <summary>Those of an organisation, the newest first, but for the undone ones.</summary>
    public static async Task<IReadOnlyList<MemberMerges>> OfAsync(SurveyDb db, int survivor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var lines = new List<MemberMerges>();
        foreach (var merge in await db.Merges.AsNoTracking().Where(m => m.SurvivorId == survivor && m.UndoneAt == null).OrderByDescending(m => m.Id).ToListAsync(cancel))
        {
            var name = await db.Organisations.Where(o => o.Id == merge.MergedId).Select(o => o.Name).FirstOrDefaultAsync(cancel);
            lines.Add(new(merge.Id, name ?? "", merge.At, await Merging.CanBeUndoneAsync(db, merge, cancel)));
        }

        return lines;
    }
}

/// <summary>An organisation to lead to.</summary>
public sealed record MemberName(int Id, string Name);
