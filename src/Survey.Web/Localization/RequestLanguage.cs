using System.Security.Claims;

namespace Survey.Web.Localization;

/// <summary>
/// The language of a request. Public pages take it from the address (<c>/fr</c>, <c>/reports/2026/v1/fr</c>, <c>?lang=fr</c>), survey and office pages
/// from the session's claim, and where neither says anything it is what the browser prefers. Nothing is stored to remember it on public pages.
/// </summary>
public static class RequestLanguage
{
    /// <summary>The claim that holds a session's language.</summary>
    public const string Claim = "language";

    private static readonly object FromAddress = new();

    /// <summary>Notes what the address says, before an error page can take its place.</summary>
    public static IApplicationBuilder UseRequestLanguage(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var texts = context.RequestServices.GetRequiredService<UiTexts>();
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var named = parts switch
        {
            [var only] when texts.Has(only) => only,
            ["reports" or "privacy", var language] when texts.Has(language) => language,
            ["privacy", _, var language] when texts.Has(language) => language,
            ["reports", _, var language, ..] when texts.Has(language) => language,
            ["reports", _, _, var language, ..] when texts.Has(language) => language,
            _ => texts.Has(context.Request.Query["lang"]) ? (string?)context.Request.Query["lang"] : null,
        };
        context.Items[FromAddress] = named;
        context.Response.OnStarting(() =>
        {
            if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
            {
                context.Response.Headers.ContentLanguage = context.RequestServices.GetRequiredService<PageTexts>().Language;
                context.Response.Headers.Append("Vary", "Accept-Language");
            }

            return Task.CompletedTask;
        });
        await next(context);
    });

    /// <summary>The language of this request; always one that the pages exist in.</summary>
    public static string Of(HttpContext context)
    {
        var texts = context.RequestServices.GetRequiredService<UiTexts>();
        var named = context.Items[FromAddress] as string;
        var kept = context.User.FindFirstValue(Claim);
        return named ?? (texts.Has(kept) ? kept : null) ?? texts.Preferred(context.Request.GetTypedHeaders().AcceptLanguage) ?? texts.All[0].Language;
    }
}
