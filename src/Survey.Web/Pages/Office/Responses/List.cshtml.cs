using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>The organisations of a round with how far their response is, found by name and narrowed by state. Not for readers: it says who answered.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class ListModel(SurveyDb db, RoundForms forms, TimeProvider time) : PageModel
{
    public SurveyRound Round { get; private set; } = null!;

    public RoundForm Form { get; private set; } = null!;

    public IReadOnlyList<ResponseLine> Lines { get; private set; } = [];

    public int Count { get; private set; }

    public ResponseFilter Shown { get; private set; }

    public string Sought { get; private set; } = "";

    public int At { get; private set; } = 1;

    public int Pages => Math.Max(1, (Count + ResponseList.PageSize - 1) / ResponseList.PageSize);

    /// <summary>Whether single organisations may be given leave to answer: the round is over and not frozen.</summary>
    public bool MayReopen { get; private set; }

    /// <summary>Whether the office can fill in for those that have not begun.</summary>
    public bool TakesAnswers { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, ResponseFilter show, string? name, int at, CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return KindPage.NotFound();
        }

        if (await db.Rounds.AsNoTracking().FirstOrDefaultAsync(r => r.Slug == slug && r.State != RoundState.Planned, cancel) is not { } round)
        {
            return KindPage.NotFound();
        }

        Round = round;
        Form = await forms.OfAsync(db, round.Id, cancel);
        var now = time.GetUtcNow().UtcDateTime;
        (MayReopen, TakesAnswers) = (round.FrozenAt is null && !round.IsOpenAt(now), round.AcceptsAnswersAt(now));
        (Shown, Sought, At) = (show, DoorText.Clean(name ?? "").Trim(), Math.Clamp(at, 1, 100_000));
        (Lines, Count) = await ResponseList.OfAsync(db, round.Id, show, FoldedText.Of(Sought), At, cancel);
        return Page();
    }

    /// <summary>The address of another page or state of this list.</summary>
    public string To(ResponseFilter show, int at = 1) =>
        $"/office/rounds/{Round.Slug}/responses?show={show}{(Sought.Length > 0 ? $"&name={Uri.EscapeDataString(Sought)}" : "")}{(at > 1 ? $"&at={at.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : "")}";
}
