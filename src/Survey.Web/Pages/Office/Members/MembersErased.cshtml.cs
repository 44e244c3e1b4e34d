using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Erasures;
using Survey.Domain.Storage;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Members;

/// <summary>What was erased, by number and day alone, and which reports are still to come out anew.</summary>
[Authorize(OfficeAccess.MayPublish)]
public sealed class MembersErasedModel(SurveyDb db) : PageModel
{
    private const int Shown = 50;

    public IReadOnlyList<ErasedLine> Erased { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>Rounds whose newest version went and whose next one is not out, with the run that makes it.</summary>
    public IReadOnlyList<ReplacementLine> Replacements { get; private set; } = [];

    public string? Done { get; private set; }

    /// <summary>The most texts that the address names.</summary>
    public const int MostTexts = 30;

    /// <summary>The office's own texts that name what was just erased.</summary>
    public IReadOnlyList<NamingText> Texts { get; private set; } = [];

    public async Task OnGetAsync(string? done, string[] texts, CancellationToken cancel)
    {
        if (texts.Length is > 0 and <= MostTexts)
        {
            var all = await (from text in db.EditorialTexts.AsNoTracking() join round in db.Rounds on text.RoundId equals round.Id select new { round.Slug, text.Kind, text.Subject, text.Language }).ToListAsync(cancel);
            Texts = [.. all.Select(t => new NamingText(t.Slug, new EditorialKey(t.Kind, t.Subject), t.Language)).Where(t => texts.Contains(t.ToString())).OrderBy(t => t.ToString(), StringComparer.Ordinal)];
        }

        Done = done is "erased" or "unscrubbed" ? done : null;
        Total = await db.ErasedOrganisations.CountAsync(cancel);
        Erased = await db.ErasedOrganisations.AsNoTracking().OrderByDescending(e => e.Id).Take(Shown).Select(e => new ErasedLine(e.OrganisationId, e.At)).ToListAsync(cancel);
        Replacements = await (
            from version in db.EditionVersions.AsNoTracking()
            where version.WithdrawnAt != null && version.Number != null && version.Number == version.Edition!.Versions.Max(v => v.Number)
            join round in db.Rounds on version.Edition!.RoundId equals round.Id
            orderby round.Id
            select new ReplacementLine(round.Slug, version.Number!.Value, db.Runs.Where(r => r.RoundId == round.Id && r.RequestedAt >= version.WithdrawnAt).OrderByDescending(r => r.Id).Select(r => (long?)r.Id).FirstOrDefault(),
                db.Runs.Where(r => r.RoundId == round.Id && r.RequestedAt >= version.WithdrawnAt).OrderByDescending(r => r.Id).Select(r => (RunState?)r.State).FirstOrDefault())).ToListAsync(cancel);
    }

    /// <summary>An erased organisation: the number that it had, and when.</summary>
    public sealed record ErasedLine(int Id, DateTime At);

    /// <summary>A report that is to come out anew.</summary>
    public sealed record ReplacementLine(string Round, int Number, long? Run, RunState? State);
}
