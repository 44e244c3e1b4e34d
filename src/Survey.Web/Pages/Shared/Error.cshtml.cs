using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Shared;

/// <summary>The one place that words a refusal or a failure. Says what to do next; a failure of ours carries a number that stands in the log beside its cause.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel(PageTexts texts) : PageModel
{
    public string Words { get; private set; } = "500";

    /// <summary>The number to name when writing to the office; only for failures.</summary>
    public string? Reference { get; private set; }

    /// <summary>Whether the page stands among the survey's or the office's, which lead nowhere for a stranger.</summary>
    public bool IsPrivate { get; private set; }

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        var was = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        if (was is null)
        {
            // Typed into the address bar: there is no such page.
            status = StatusCodes.Status404NotFound;
        }

        IsPrivate = was is not null && SecurityHeaders.IsPrivate(was);
        Response.StatusCode = status;
        var known = KindPage.WordsOf(HttpContext) ?? status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Words = texts.Has($"error.{known}.title") ? known : status < 500 ? "400" : "500";
        Reference = status >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;
    }
}
