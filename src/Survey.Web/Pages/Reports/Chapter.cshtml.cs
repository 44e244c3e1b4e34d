using Microsoft.AspNetCore.Mvc;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// A chapter of a published version: a point, a region, the methods. The address of something that stands within a chapter leads to its place there.
/// </summary>
public sealed class ChapterModel(SurveyDb db, PublishedVersions versions, SiteOptions options, SiteStamp stamp, ContentIndex index) : VersionPage(db, versions, options, stamp, index)
{
    public EditionPage Chapter { get; private set; } = null!;

    public override bool LeavesOutHere =>
        LeavesOut && EditionPages.Of(Whole).Page(Chapter.Chapter.Id) is { } whole && Version.Lapsed.AreIn(Whole with { Blocks = whole.Blocks });

    public Task<IActionResult> OnGetAsync(string round, int number, string language, string chapter, CancellationToken cancel) =>
        ShowAsync(round, number, language, () =>
        {
            if (Pages.Page(chapter) is { } page)
            {
                Chapter = page;
                return null;
            }

            return Pages.PageWith(chapter) is { } within ? Redirect($"{Version.Root}/{within.Chapter.Id}#{chapter}") : NotInThisLanguage();
        }, cancel);
}
