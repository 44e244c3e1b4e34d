using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Erasures;
using Survey.Domain.Organisations;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Erasures;

namespace Survey.Web.Pages.Office.Members;

/// <summary>
/// Erases an organisation in two steps: what will happen, counted; then its name typed. White space, capitals and accents of the typed name do not count. What cannot be undone is
/// never one click away.
/// </summary>
[Authorize(OfficeAccess.MayPublish)]
public sealed class MemberEraseModel(SurveyDb db, SiteOptions options, TimeProvider time, IServiceProvider services) : PageModel
{
    /// <summary>Why, as it stands in the log (<c>erasure.reason.WORD</c>).</summary>
    public static readonly IReadOnlyList<string> Reasons = ["asked", "left", "mistake"];

    public Organisation Member { get; private set; } = null!;

    public ErasureCounts Counts { get; private set; } = null!;

    /// <summary>Whether the page asks for the name.</summary>
    public bool IsLastStep { get; private set; }

    public string? Problem { get; private set; }

    public string Reason { get; private set; } = Reasons[0];

    public async Task<IActionResult> OnGetAsync(int id, int step, CancellationToken cancel)
    {
        IsLastStep = step == 2;
        return await FindAsync(id, cancel) ? Page() : KindPage.NotFound();
    }

    public async Task<IActionResult> OnPostAsync(int id, string? name, string? reason, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel))
        {
            return KindPage.NotFound();
        }

        (IsLastStep, Reason) = (true, Reasons.FirstOrDefault(r => r == reason) ?? Reasons[0]);
        if (!IsName(name))
        {
            Problem = "name";
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var done = await MemberErasure.RunAsync(db, id, options.MailFolder, OfficeActor.Of(User), Reason, time.GetUtcNow().UtcDateTime, cancel);
        if (done is null)
        {
            return KindPage.NotFound();
        }

        if (done.Editions.Count > 0 && services.GetService<JobSignal>() is { } signal)
        {
            await signal.LookAsync(ReplacementTask.TaskName, cancel);
        }

        // Which texts name it is known now only; their addresses hold no name.
        return Redirect($"/office/members/erased?done={(done.IsScrubbed ? "erased" : "unscrubbed")}{string.Concat(done.Texts.Take(MembersErasedModel.MostTexts).Select(t => $"&texts={Uri.EscapeDataString(t.ToString())}"))}");
    }

    // A name of signs alone folds to nothing and is asked for as it is.
    private bool IsName(string? typed) =>
        FoldedText.Of(Member.Name) is { Length: > 0 } folded ? FoldedText.Of(DoorText.Clean(typed ?? "")) == folded : DoorText.Clean(typed ?? "").Trim() == Member.Name.Trim();

    private async Task<bool> FindAsync(int id, CancellationToken cancel)
    {
        if (await Erasure.CountAsync(db, id, cancel) is not { } counts || await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancel) is not { } member)
        {
            return false;
        }

        (Member, Counts) = (member, counts);
        return true;
    }
}
