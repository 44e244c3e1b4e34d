using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;

namespace Survey.Web;

/// <summary>
/// What a supervisor asks. <c>/health/live</c>: the process answers. <c>/health</c> and <c>/health/ready</c>: the database can be reached and has every migration;
/// else 503. Says nothing more to strangers.
/// </summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live\n"));
        routes.MapGet("/health", ReadyAsync);
        routes.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, IDbContextFactory<SurveyDb> databases, ILogger<SurveyDb> log)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
            return await StorageSetup.IsUpToDateAsync(db, context.RequestAborted)
                ? Results.Text("ready\n")
                : Results.Text("the database lacks migrations\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            log.LogWarning(e, "The database cannot be reached");
            return Results.Text("the database cannot be reached\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
