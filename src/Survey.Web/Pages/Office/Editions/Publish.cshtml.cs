using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Consultations;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Web.Access;
using Survey.Web.Pages.Office.Rounds;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Editions;

/// <summary>Says what publishing does, and does it; or says what stands against it.</summary>
[Authorize(OfficeAccess.MayPublish)]
public sealed class PublishModel(SurveyDb db, SiteOptions site, TimeProvider time) : PageModel
{
    private static readonly HashSet<string> CanBePutRight = ["publish.open", "publish.early", "publish.mentions", "publish.consulted"];

    public VersionSeen Version { get; private set; } = null!;

    /// <summary>What the office must do first, by the last part of its code (a key of the ui texts).</summary>
    public IReadOnlyList<string> Against { get; private set; } = [];

    /// <summary>The version's languages that its imprint calls not reviewed: publishing them takes a word of its own.</summary>
    public IReadOnlyList<string> NotReviewed { get; private set; } = [];

    /// <summary>The version's languages that were reviewed, as the office recorded, and whose words have changed since; said, and not asked about.</summary>
    public IReadOnlyList<string> ChangedSince { get; private set; } = [];

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
        await ReadReviewsAsync(cancel);
        return version.CanBePublished ? Page() : Redirect($"/office/editions/{id}");
    }

    /// <summary>What a version after the first corrects must be said: it stands on the pages of all versions, and in the files of those to come.</summary>
    public bool AsksErratum => Version.PlannedNumber > 1;

    /// <summary>What was typed for it.</summary>
    public string Erratum { get; private set; } = "";

    /// <summary>What is wrong with it: a key of <c>office.publish</c>; null when nothing is.</summary>
    public string? ErratumProblem { get; private set; }

    public async Task<IActionResult> OnPostAsync(int id, bool unreviewed, string? erratum, CancellationToken cancel)
    {
        if (await VersionSeen.FindAsync(db, id, cancel) is not { } version)
        {
            return KindPage.NotFound();
        }

        (Version, Erratum) = (version, DoorText.Clean(erratum ?? "").Trim());
        ErratumProblem = !AsksErratum ? null : Erratum.Length == 0 ? "sayErratum" : DoorText.Length(Erratum) > EditionPublishing.LongestErratum ? "erratumLong" : null;
        if (ErratumProblem is not null && version.CanBePublished)
        {
            Against = Words(await EditionPublishing.ProblemsAsync(db, id, time.GetUtcNow().UtcDateTime, cancel));
            await ReadReviewsAsync(cancel);
            LacksWord = NotReviewed.Count > 0 && !unreviewed;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var published = await EditionPublishing.PublishAsync(db, id, OfficeActor.Of(User), time.GetUtcNow().UtcDateTime, unreviewed ? Unreviewed.Accepted : Unreviewed.Refused, AsksErratum ? Erratum : "", cancel);
        if (published.IsWhole)
        {
            return Redirect($"/office/editions/{id}");
        }

        (Version, Against) = (version, Words(published.Problems));
        await ReadReviewsAsync(cancel);
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

    /// <summary>Of a version that counts anew, how many published numbers differ from the last one; null where nothing is published yet.</summary>
    public VersionComparison.ChangedNumbers? ChangedNumbers { get; private set; }

    /// <summary>The languages of the last published version that this one lacks: their readers stay with the older one.</summary>
    public IReadOnlyList<string> Lacking { get; private set; } = [];

    /// <summary>Whether members are reading a draft of the round and may comment on it: publishing ends that.</summary>
    public bool IsConsulting { get; private set; }

    /// <summary>What the office wrote or chose since the version was made, and the version does not print.</summary>
    public EditorialSince Since { get; private set; } = EditorialSince.Nothing;

    /// <summary>How many of the office's texts that the version prints hold a name that is not to be named, or a word like it.</summary>
    public int Named { get; private set; }

    /// <summary>Comments of members on drafts that nobody has answered or closed; said, and not asked about.</summary>
    public int OpenComments { get; private set; }

    private async Task ReadReviewsAsync(CancellationToken cancel)
    {
        OpenComments = await db.DraftComments.CountAsync(c => c.State == CommentState.Open && db.Rounds.Any(r => r.Id == c.Consultation!.RoundId && r.Slug == Version.Round), cancel);
        var round = await db.Rounds.AsNoTracking().SingleAsync(r => r.Slug == Version.Round, cancel);
        var now = time.GetUtcNow().UtcDateTime;
        IsConsulting = await db.Consultations.AnyAsync(c => c.RoundId == round.Id && c.ClosedAt == null && c.ClosesAt > now, cancel);
        // What the version prints, which may not be what the office has written since.
        var kept = KeptEditorial.Read(await db.EditionVersions.Where(v => v.Id == Version.Id).Select(v => v.Editorial).SingleAsync(cancel));
        Named = (kept is null ? await UnnamedOrganisations.TextsAsync(db, round, cancel) : await UnnamedOrganisations.TextsAsync(db, round, kept.Texts, cancel)).Count;
        Lacking = await VersionComparison.PublishedBeforeAsync(db, Version.Id, cancel) is { } before
            ? [.. (await VersionComparison.LanguagesAsync(db, before, cancel)).Except(await VersionComparison.LanguagesAsync(db, Version.Id, cancel))] : [];
        ChangedNumbers = Version.CountsAnew ? await VersionComparison.ChangedNumbersAsync(db, Version.Id, cancel) : null;
        Since = await EditorialSince.OfAsync(db, Version.Id, cancel);
        NotReviewed = await EditionPublishing.UnreviewedAsync(db, Version.Id, cancel);
        var reviewed = Version.Files.Select(f => f.Language).Except(NotReviewed).ToList();
        var records = await db.TranslationReviews.AsNoTracking().Where(r => reviewed.Contains(r.Language)).OrderBy(r => r.Language).ToListAsync(cancel);
        if (records.Count > 0)
        {
            var words = await ReviewWords.OfAsync(db, site, cancel);
            ChangedSince = [.. records.Where(r => words.Languages.Contains(r.Language) && words.In(r.Language).Hash != r.WordsHash).Select(r => r.Language)];
        }
    }

    private static List<string> Words(IReadOnlyList<Domain.Problem> problems) =>
        [.. problems.Where(p => CanBePutRight.Contains(p.Code)).Select(p => p.Code["publish.".Length..])];
}
