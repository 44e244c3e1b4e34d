using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Net.Http.Headers;
using Survey.Domain.Editions;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Web.Access;
using Survey.Web.Pages.Shared;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// A page of a published version: made from the same content as its PDF, without words and names that may no longer be printed, from the moment at which that is so.
/// Browsers ask each time whether it is still the same (an entity tag); the site keeps made pages by <see cref="PublishedVersion.State"/> (<see cref="ReportCache"/>).
/// </summary>
[OutputCache(PolicyName = ReportCache.Policy)]
public abstract class VersionPage(SurveyDb db, PublishedVersions versions, SiteOptions options, SiteStamp stamp, ContentIndex index) : PageModel
{
    public PublishedVersion Version { get; private set; } = null!;

    public EditionContent Report { get; private set; } = null!;

    public EditionPages Pages { get; private set; } = null!;

    public EditionNumbers Numbers { get; private set; } = null!;

    public IReadOnlyList<VersionFile> Files { get; private set; } = [];

    /// <summary>Whether something that the version printed is left out here.</summary>
    public bool LeavesOut { get; private set; }

    /// <summary>Whether it is left out of the very page that is shown.</summary>
    public virtual bool LeavesOutHere => LeavesOut;

    /// <summary>The site's address as it is quoted.</summary>
    public string Site => options.PublicUrl ?? $"{Request.Scheme}://{Request.Host}";

    /// <summary>The address of this page, under the site's name.</summary>
    public string Canonical => Site + Version.Root + Part;

    /// <summary>What comes after the language in the address of this page.</summary>
    public string Part => VersionAddress.PartOf(RouteData.Values);

    /// <summary>The address of this page in each language that has it.</summary>
    public IReadOnlyList<(string Language, string Address)> Alternates => [.. Languages.Where(HasPage).Select(l => (l, $"{Version.Address}/{l}{Part}"))];

    /// <summary>Where the other languages of the version begin, which do not have this page.</summary>
    public IReadOnlyList<(string Language, string Address)> Elsewhere => [.. Languages.Where(l => !HasPage(l)).Select(l => (l, $"{Version.Address}/{l}"))];

    /// <summary>The languages that the version was made in, in the order of the site's.</summary>
    public IReadOnlyList<string> Languages => [.. options.Texts.Select(t => t.Language).Where(Version.Languages.Contains)];

    /// <summary>The names of this language's files.</summary>
    public IReadOnlySet<string> Own => Files.Where(f => f.Language == Version.Language).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The PDF in this language; null while it is not offered.</summary>
    public VersionFile? Pdf => LeavesOut ? null : Files.FirstOrDefault(f => f.Name == EditionList.Pdf && f.Language == Version.Language);

    /// <summary>The headline as a picture, which stands for this page where it is shared; null while it is not made. <paramref name="alternative"/> says what is on it.</summary>
    public PagePicture? PictureOf(string alternative) =>
        Own.Contains(Artefact.Headline) ? new($"{Site}{Version.Root}/{Artefact.Headline}", alternative, EditionPictures.HeadlineWidth, EditionPictures.HeadlineHeight) : null;

    private IReadOnlyDictionary<string, IndexedContent> contents = new Dictionary<string, IndexedContent>(StringComparer.Ordinal);

    /// <summary>The content with what is left out still in it; for telling what is, never for showing.</summary>
    protected EditionContent Whole { get; private set; } = null!;

    /// <summary>Reads the version, then lets the page find what it shows of it.</summary>
    protected async Task<IActionResult> ShowAsync(string round, int number, string language, Func<IActionResult?> find, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(find);
        if (await versions.FindAsync(round, number, language, cancel) is not { } version)
        {
            return await WithdrawnVersion.OfAsync(db, round, number, language, cancel) is { } withdrawn ? KindPage.Erased(HttpContext, withdrawn.Instead is { } instead ? instead + Part : null) : KindPage.NotFound();
        }

        if (!string.Equals(Request.Path.Value, version.Root + Part, StringComparison.Ordinal))
        {
            return RedirectPermanent(new PathString(version.Root + Part).ToUriComponent());
        }

        // Asked for anew each time: what a member takes back is gone from it at once, and a newer version is told of.
        Response.Headers.CacheControl = "public, no-cache";
        var tag = new EntityTagHeaderValue($"\"{stamp.Of(version.State, version.Root + Part)}\"", isWeak: true);
        if (Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false)))
        {
            Response.Headers.ETag = tag.ToString();
            return StatusCode(StatusCodes.Status304NotModified);
        }

        Version = version;
        var content = await versions.ContentAsync(version, cancel);
        Whole = content;
        (Report, LeavesOut) = (version.Lapsed.Without(content), version.Lapsed.AreIn(content));
        Files = await versions.FilesAsync(version, cancel);
        contents = await index.OfAsync(db, version.Id, cancel);
        (Pages, Numbers) = (EditionPages.Of(Report), new EditionNumbers(Report));
        if (find() is { } other)
        {
            return other;
        }

        Response.Headers.ETag = tag.ToString();
        return Page();
    }

    /// <summary>What answers where the page is not in this language: the entry page where another language of the version has it, else nothing is there.</summary>
    protected IActionResult NotInThisLanguage() => Languages.Any(HasPage) ? Redirect(Version.Root) : KindPage.NotFound();

    private bool HasPage(string language) => contents.TryGetValue(language, out var content) && content.Has(Part);
}
