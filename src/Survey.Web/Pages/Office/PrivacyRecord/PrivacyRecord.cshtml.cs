using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Domain.Networks;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Office.PrivacyRecord;

/// <summary>The record of processing in the page's language, to be printed, or taken as Markdown. Holds nothing about anybody but the controller.</summary>
public sealed class PrivacyRecordModel(Network network, PageTexts texts, TimeProvider time) : PageModel
{
    public ProcessingRecord Processing { get; } = ProcessingRecord.Of(network, texts);

    /// <summary>The day of this print, UTC.</summary>
    public DateTime Now { get; } = time.GetUtcNow().UtcDateTime;

    public void OnGet()
    {
    }

    public FileContentResult OnGetFile() =>
        File(Encoding.UTF8.GetBytes(Processing.ToMarkdown($"{texts["erasure.record.title"]}, {texts.Day(Now)}")), "text/markdown; charset=utf-8", $"processing-record.{texts.Language}.md");
}
