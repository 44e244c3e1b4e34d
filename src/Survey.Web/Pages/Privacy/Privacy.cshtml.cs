using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Privacy;

/// <summary>The privacy notice as it is stored: the newest, or an earlier version at its own address.</summary>
public sealed class PrivacyModel(SurveyDb db, SiteOptions options, PageTexts texts) : PageModel
{
    public string Version { get; private set; } = "";

    public DateTime Since { get; private set; }

    public string Title { get; private set; } = "";

    public string Html { get; private set; } = "";

    /// <summary>The language of the text, which is the page's wherever the notice is in it.</summary>
    public string TextLanguage { get; private set; } = "";

    /// <summary>The languages in which this version is there.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    /// <summary>All versions that were shown, newest first.</summary>
    public IReadOnlyList<string> Versions { get; private set; } = [];

    /// <summary>The response from whose pages the reader came, and may go back to; it is no secret, and opens nothing without its session.</summary>
    public Guid? Asked { get; private set; }

    /// <summary>What the notice's own links carry on of it.</summary>
    public string From => Asked is { } response ? $"&response={response}" : "";

    /// <summary>Whether this is the version that holds now.</summary>
    public bool IsNewest => Version == options.Privacy?.Version;

    public async Task<IActionResult> OnGetAsync(string? version, Guid? response, CancellationToken cancel)
    {
        Asked = response;
        Version = version ?? options.Privacy?.Version ?? "";
        var there = await db.PrivacyNotices.AsNoTracking().Where(n => n.Version == Version).ToListAsync(cancel);
        if ((there.FirstOrDefault(n => n.Language == texts.Language) ?? texts.Languages.Select(l => there.FirstOrDefault(n => n.Language == l.Language)).FirstOrDefault(n => n is not null)) is not { } notice)
        {
            return KindPage.NotFound();
        }

        Languages = [.. texts.Languages.Select(l => l.Language).Where(l => there.Any(n => n.Language == l))];
        var end = notice.Content.IndexOf('\n', StringComparison.Ordinal);
        (Title, Since, TextLanguage) = (notice.Content[2..end], there.Min(n => n.FirstShownAt), notice.Language);
        Html = TemplateMarkdown.ToHtml(notice.Content[end..]);
        Versions = [.. (await db.PrivacyNotices.Select(n => n.Version).Distinct().ToListAsync(cancel)).OrderDescending(StringComparer.Ordinal)];
        return Page();
    }
}
