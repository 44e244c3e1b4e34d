using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Reports;

/// <summary>
/// Keeps made pages of published versions in memory. A page is kept under its address as it is quoted, its language, its host and the version's <see cref="PublishedVersion.State"/>, which is read from the database for each
/// request: what was withdrawn, corrected or taken back is asked for under another state, so that an old page is never given again, on any of several servers. Only whole answers are
/// kept; refusals, redirects and answers that set a cookie never are.
/// </summary>
public sealed class ReportCache : IOutputCachePolicy
{
    /// <summary>The policy's name.</summary>
    public const string Policy = "published-version";

    /// <summary>All kept pages together.</summary>
    public const long MostBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(6);

    public async ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.HttpContext.Request;
        var values = request.RouteValues;
        context.EnableOutputCaching = HttpMethods.IsGet(request.Method)
            && VersionAddress.Of(values) is { } address && string.Equals(request.Path.Value, address, StringComparison.Ordinal)
            && values["round"] is string round && values["language"] is string language && VersionAddress.NumberOf(values) is { } number
            && await context.HttpContext.RequestServices.GetRequiredService<PublishedVersions>().FindAsync(round, number, language, cancellation) is { } version
            && Vary(context, version.State);
        (context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (context.EnableOutputCaching, context.EnableOutputCaching, true);
        context.ResponseExpirationTimeSpan = Kept;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode == StatusCodes.Status200OK && StringValues.IsNullOrEmpty(response.Headers.SetCookie);
        return ValueTask.CompletedTask;
    }

    private static bool Vary(OutputCacheContext context, string state)
    {
        context.CacheVaryByRules.QueryKeys = StringValues.Empty;
        context.CacheVaryByRules.VaryByValues["state"] = state;
        context.CacheVaryByRules.VaryByValues["language"] = context.HttpContext.RequestServices.GetRequiredService<PageTexts>().Language;
        return true;
    }
}
