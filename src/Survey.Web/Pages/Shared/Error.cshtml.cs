using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
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

    /// <summary>Where to go instead, if the refusal knows.</summary>
    public string? Instead { get; private set; }

    /// <summary>
    /// The address that was asked for, in each language; none for what was sent with a form, which would be lost, and none in the office, whose pages have their own buttons.
    /// </summary>
    public IReadOnlyList<(string Language, string Address)> Alternates { get; private set; } = [];

    public void OnGet() => Show();

    public void OnPost() => Show();

    private void Show()
    {
        // From the route and not as an argument: binding would read the form again, which may be what could not be read.
        var status = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        var was = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        if (was is null)
        {
            // Typed into the address bar: there is no such page.
            status = StatusCodes.Status404NotFound;
        }

        if (was is not null && HttpMethods.IsGet(Request.Method) && new PathString(was).StartsWithSegments("/a"))
        {
            var query = QueryHelpers.ParseQuery(HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalQueryString);
            query.Remove("lang");
            Alternates = [.. texts.Languages.Select(l => (l.Language, QueryHelpers.AddQueryString(QueryHelpers.AddQueryString(new PathString(was).ToUriComponent(), query), "lang", l.Language)))];
        }

        IsPrivate = was is not null && SecurityHeaders.IsPrivate(was);
        Response.StatusCode = status;
        PageLook.Anew(HttpContext);
        var known = KindPage.WordsOf(HttpContext) ?? status.ToString(CultureInfo.InvariantCulture);
        Words = texts.Has($"error.{known}.title") ? known : status < 500 ? "400" : "500";
        Instead = KindPage.InsteadOf(HttpContext);
        Reference = status >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;
    }
}
