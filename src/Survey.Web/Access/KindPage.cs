using Microsoft.AspNetCore.Mvc;

namespace Survey.Web.Access;

/// <summary>
/// An answer for a person for whom there is nothing here: a status and which words the error page uses (<c>error.WORDS</c> in <c>templates/ui</c>).
/// Not yours and not there get the same words.
/// </summary>
public sealed class KindPage(int status, string words) : ActionResult
{
    private const string ErasedWords = "erased";

    private static readonly object Key = new(), InsteadKey = new();

    public static KindPage NotFound() => new(StatusCodes.Status404NotFound, "404");

    /// <summary>An unknown or revoked personal link.</summary>
    public static KindPage UnknownLink() => new(StatusCodes.Status404NotFound, "link");

    /// <summary>No session holds this response.</summary>
    public static KindPage NoSession() => new(StatusCodes.Status403Forbidden, "session");

    /// <summary>The form's token is not valid any more, as after a restart of the browser; what was typed is shown to be sent again.</summary>
    public static KindPage Again() => new(StatusCodes.Status403Forbidden, "again");

    /// <summary>The round does not take answers any more.</summary>
    public static KindPage Closed() => new(StatusCodes.Status403Forbidden, "closed");

    /// <summary>The round does not take answers yet.</summary>
    public static KindPage NotOpenYet() => new(StatusCodes.Status403Forbidden, "notOpen");

    public static KindPage TooMany() => new(StatusCodes.Status429TooManyRequests, "429");

    /// <summary>A file that was taken back, with the address of what stands in its place; for an endpoint that is no page.</summary>
    public static IResult Withdrawn(HttpContext context, string instead)
    {
        ArgumentNullException.ThrowIfNull(context);
        (context.Items[Key], context.Items[InsteadKey]) = ("withdrawn", instead);
        context.Response.Headers.CacheControl = "no-store";
        return Results.StatusCode(StatusCodes.Status410Gone);
    }

    /// <summary>A report's page that went with an erasure, with the address of the version in its place, if that is out.</summary>
    public static KindPage Erased(HttpContext context, string? instead)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items[InsteadKey] = instead;
        context.Response.Headers.CacheControl = "no-store";
        return new(StatusCodes.Status410Gone, ErasedWords);
    }

    /// <summary>The same for a file.</summary>
    public static IResult ErasedFile(HttpContext context, string? instead)
    {
        ArgumentNullException.ThrowIfNull(context);
        (context.Items[Key], context.Items[InsteadKey]) = (ErasedWords, instead);
        context.Response.Headers.CacheControl = "no-store";
        return Results.StatusCode(StatusCodes.Status410Gone);
    }

    /// <summary>A picture of a published version that is still to be made.</summary>
    public static IResult NotMadeYet(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Items[Key] = "picture";
        context.Response.Headers.CacheControl = "no-store";
        return Results.StatusCode(StatusCodes.Status404NotFound);
    }

    /// <summary>The address of what stands in the place of what was asked for, if it is known; its words are <c>error.WORDS.link</c>.</summary>
    public static string? InsteadOf(HttpContext context) => context.Items[InsteadKey] as string;

    /// <summary>The words that were asked for on this request, if any.</summary>
    public static string? WordsOf(HttpContext context) => context.Items[Key] as string;

    public override void ExecuteResult(ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.HttpContext.Items[Key] = words;
        context.HttpContext.Response.StatusCode = status;
    }
}
