using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>Says what publishing does, and does it; or says what stands against it.</summary>
[Authorize(OfficeAccess.MayPublish)]
public sealed class PublishModel(SurveyDb db, TimeProvider time) : PageModel
{
    private static readonly HashSet<string> CanBePutRight = ["publish.open", "publish.early", "publish.mentions"];

    public VersionSeen Version { get; private set; } = null!;

    /// <summary>What the office must do first, by the last part of its code (a key of the ui texts).</summary>
    public IReadOnlyList<string> Against { get; private set; } = [];

    /// <summary>The version's languages that its imprint calls not reviewed: publishing them takes a word of its own.</summary>
    public IReadOnlyList<string> NotReviewed { get; private set; } = [];

    /// <summary>That word was not given.</summary>
    public bool LacksWord { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await VersionSeen.FindAsync(db, id, cancel) is not { } version)
        {
            return KindPage.NotFound();
        }

        Version = version;
        Against = Words(await EditionPublishing.ProblemsAsync(db, id, time.GetUtcNow().UtcDateTime, cancel));
        NotReviewed = await EditionPublishing.UnreviewedAsync(db, id, cancel);
        return version.CanBePublished ? Page() : Redirect($"/office/editions/{id}");
    }

    public async Task<IActionResult> OnPostAsync(int id, bool unreviewed, CancellationToken cancel)
    {
        if (await VersionSeen.FindAsync(db, id, cancel) is not { } version)
        {
            return KindPage.NotFound();
        }

        var published = await EditionPublishing.PublishAsync(db, id, OfficeActor.Of(User), time.GetUtcNow().UtcDateTime, unreviewed ? Unreviewed.Accepted : Unreviewed.Refused, cancel);
        if (published.IsWhole)
        {
            return Redirect($"/office/editions/{id}");
        }

        (Version, Against) = (version, Words(published.Problems));
        NotReviewed = await EditionPublishing.UnreviewedAsync(db, id, cancel);
        if (published.Problems is [{ Code: "publish.unreviewed" }])
        {
            LacksWord = true;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        if (Against.Count < published.Problems.Count)
        {
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private static List<string> Words(IReadOnlyList<Domain.Problem> problems) =>
        [.. problems.Where(p => CanBePutRight.Contains(p.Code)).Select(p => p.Code["publish.".Length..])];
}
