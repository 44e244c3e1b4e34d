using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Invitations;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Office.Rounds;

namespace Survey.Web.Pages.Office.Responses;

/// <summary>Gives one organisation leave to answer after the close, until the end of a day, and takes it back. What it sends then counts and is late; a frozen round stays as it is.</summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class ReopenModel(SurveyDb db, TimeProvider time) : PageModel
{
    /// <summary>Days ahead at most: longer is another round.</summary>
    public const int MostDays = 60;

    public Invitation Invitation { get; private set; } = null!;

    public SurveyRound Round { get; private set; } = null!;

    /// <summary>Whether a leave is in force.</summary>
    public bool IsReopened { get; private set; }

    /// <summary>The people of the organisation, who can be given a link.</summary>
    public IReadOnlyList<(int Id, string Name)> People { get; private set; } = [];

    public string Until { get; private set; } = "";

    public string Reason { get; private set; } = "";

    /// <summary>Fields with a problem: <c>watching.reopen.problem.NAME</c>.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        Until = DateOnly.FromDateTime(Now).AddDays(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, string? until, string? reason, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        (Until, Reason) = (until ?? "", DoorText.Clean(reason ?? "").Trim());
        var day = RoundDay.Read(Until);
        var today = DateOnly.FromDateTime(Now);
        var problems = new List<string>();
        if (!(day >= today && day <= today.AddDays(MostDays)))
        {
            problems.Add("until");
        }

        if (Reason.Length == 0 || DoorText.Length(Reason) > OneModel.LongestReason)
        {
            problems.Add("reason");
        }

        if (problems.Count > 0)
        {
            Problems = problems;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        return await SetAsync(SurveyRound.EndOfDayAnywhere(day!.Value), "response.reopen", Reason, cancel);
    }

    public async Task<IActionResult> OnPostEndAsync(int id, CancellationToken cancel) =>
        await FindAsync(id, cancel) ? await SetAsync(null, "response.end-reopening", null, cancel) : KindPage.NotFound();

    private DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    private async Task<IActionResult> SetAsync(DateTime? until, string action, string? reason, CancellationToken cancel)
    {
        var invitation = await db.Invitations.SingleAsync(i => i.Id == Invitation.Id, cancel);
        invitation.ReopenedUntil = until;
        db.Record(Now, OfficeActor.Of(User), action, $"invitation:{invitation.Id}", reason);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/office/invitations/{invitation.Id}/reopen");
    }

    /// <summary>Finds an invitation of a round that is over and not frozen; before that every member may answer, and after it nobody.</summary>
    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        var found = await db.Invitations.AsNoTracking().Include(i => i.Round).FirstOrDefaultAsync(i => i.Id == id, cancel);
        if (found is not { Round: { FrozenAt: null, State: not RoundState.Planned } round } || round.IsOpenAt(Now))
        {
            return false;
        }

        (Invitation, Round, IsReopened) = (found, round, found.IsReopenedAt(round, Now));
        var people = await db.Contacts.AsNoTracking().Where(c => c.OrganisationId == found.OrganisationId && c.RemovedAt == null).OrderBy(c => c.Id).Select(c => new { c.Id, c.Name, c.Email }).ToListAsync(cancel);
        People = [.. people.Select(c => (c.Id, c.Name.Length > 0 ? c.Name : c.Email))];
        return true;
    }
}
