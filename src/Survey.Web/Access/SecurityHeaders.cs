namespace Survey.Web.Access;

/// <summary>
/// What every answer says to the browser: nothing is loaded from elsewhere, no script or style stands in a page, no address is passed on
/// (addresses may hold a link's token), no page is shown in a frame. Survey and office pages are never kept by a cache.
/// </summary>
public static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // The address now: an error page is made under its own.
        var isPrivate = IsPrivate(context.Request.Path);
        // As the answer starts, because a failure takes away all headers that were set before it.
        context.Response.OnStarting(() =>
        {
            Set(context.Response.Headers, isPrivate);
            return Task.CompletedTask;
        });
        return next(context);
    });

    private static void Set(IHeaderDictionary headers, bool isPrivate)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.XFrameOptions = "DENY";
        if (isPrivate)
        {
            headers.CacheControl = "no-store";
            headers["X-Robots-Tag"] = "noindex, nofollow";
        }
    }

    /// <summary>Whether the address belongs to the survey or the office: never cached, never indexed.</summary>
    public static bool IsPrivate(PathString path) => (path.StartsWithSegments("/a") && path != SiteFiles.Path(SiteFiles.Worker)) || path.StartsWithSegments("/office");
}
