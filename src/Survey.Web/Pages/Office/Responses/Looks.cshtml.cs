using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Checking;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>The responses of a round that deserve a second look, each once with all reasons.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class LooksModel(SurveyDb db, RoundForms forms) : PageModel
{
    private const int PageSize = 50;

    public SurveyRound Round { get; private set; } = null!;

    public RoundForm Form { get; private set; } = null!;

    public IReadOnlyList<IGrouping<long, Look>> Responses { get; private set; } = [];

    public int Count { get; private set; }

    public int At { get; private set; } = 1;

    public int Pages => Math.Max(1, (Count + PageSize - 1) / PageSize);

    public async Task<IActionResult> OnGetAsync(string slug, int at, CancellationToken cancel)
    {
        if (!ModelState.IsValid || await db.Rounds.AsNoTracking().FirstOrDefaultAsync(r => r.Slug == slug && r.State != RoundState.Planned, cancel) is not { } round)
        {
            return KindPage.NotFound();
        }

        (Round, Form, At) = (round, await forms.OfAsync(db, round.Id, cancel), Math.Clamp(at, 1, 100_000));
        var all = (await SecondLooks.OfRoundAsync(db, round, Form, cancel)).GroupBy(l => l.ResponseId).ToList();
        Count = all.Count;
        Responses = [.. all.Skip((At - 1) * PageSize).Take(PageSize)];
        return Page();
    }
}
