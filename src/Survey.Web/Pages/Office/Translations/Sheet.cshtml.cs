using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Storage;
using Survey.Domain.TemplateText;
using Survey.Domain.Translations;
using Survey.Web.Access;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Translations;

/// <summary>
/// Every string that people read in a language beside its English words, for a native reader: on the page file by file, to be printed, or all of it as CSV with a column
/// for remarks. Changes nothing.
/// </summary>
public sealed class SheetModel(SurveyDb db, SiteOptions site) : PageModel
{
    /// <summary>The most strings on one page: more is slow to open on a phone.</summary>
    private const int PageSize = 250;

    public ReviewSheet Sheet { get; private set; } = null!;

    /// <summary>The words of the sheet's language: its name and direction.</summary>
    public TextCatalogue Language { get; private set; } = null!;

    /// <summary>The file that is shown.</summary>
    public ReviewFile Shown { get; private set; } = null!;

    public IReadOnlyList<ReviewString> Strings { get; private set; } = [];

    /// <summary>Which part of the file is shown, of how many.</summary>
    public int Part { get; private set; } = 1;

    public int Parts { get; private set; } = 1;

    public async Task<IActionResult> OnGetAsync(string language, string? file, int part, CancellationToken cancel)
    {
        if (!await ShowAsync(language, cancel) || (file is not null && Sheet.Files.All(f => f.Name != file)))
        {
            return KindPage.NotFound();
        }

        Shown = Sheet.Files.FirstOrDefault(f => f.Name == file) ?? Sheet.Files[0];
        Parts = Math.Max(1, (Shown.Strings.Count + PageSize - 1) / PageSize);
        Part = Math.Clamp(part, 1, Parts);
        Strings = [.. Shown.Strings.Skip((Part - 1) * PageSize).Take(PageSize)];
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(string language, CancellationToken cancel)
    {
        if (!await ShowAsync(language, cancel))
        {
            return KindPage.NotFound();
        }

        using var file = new MemoryStream();
        Sheet.Write(file);
        return File(file.ToArray(), "text/csv; charset=utf-8", $"review-{language}.csv");
    }

    private async Task<bool> ShowAsync(string language, CancellationToken cancel)
    {
        var words = await ReviewWords.OfAsync(db, site, cancel);
        if (!words.Languages.Contains(language) || words.Catalogue(language) is not { } catalogue)
        {
            return false;
        }

        (Sheet, Language) = (words.In(language), catalogue);
        return true;
    }
}
