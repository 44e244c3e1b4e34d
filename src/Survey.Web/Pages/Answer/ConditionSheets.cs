using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// Serves a round's <see cref="ConditionSheet"/> at <c>/survey-when/ROUND-HASH.css</c>. It holds keys and codes of the questionnaire, no answer, so it may be
/// kept by caches: for a year where the hash is that of its bytes, for minutes where a page from before an upgrade still asks for another.
/// </summary>
public static class ConditionSheets
{
    public const string Folder = "/survey-when";

    /// <summary>The address of a round's sheet, or null where it has no conditions.</summary>
    public static string? Address(SurveyRound round, RoundForm form)
    {
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(form);
        return form.Conditions.Css.Length == 0 ? null : $"{Folder}/{Uri.EscapeDataString(round.Slug)}-{form.Conditions.Hash}.css";
    }

    public static void MapConditionSheets(this WebApplication app) =>
        app.MapMethods(Folder + "/{round}-{hash:regex(^[0-9a-f]{{10}}$)}.css", [HttpMethods.Get, HttpMethods.Head], ServeAsync);

    private static async Task<IResult> ServeAsync(HttpContext context, string round, string hash, SurveyDb db, RoundForms forms, CancellationToken cancel)
    {
        var id = await db.Rounds.AsNoTracking().Where(r => r.Slug == round && r.State != RoundState.Planned).Select(r => r.Id).FirstOrDefaultAsync(cancel);
        if (id == 0)
        {
            return Results.NotFound();
        }

        var sheet = (await forms.OfAsync(db, id, cancel)).Conditions;
        context.Response.Headers.CacheControl = hash == sheet.Hash ? "public, max-age=31536000, immutable" : "public, max-age=300";
        return Results.Text(sheet.Css, "text/css; charset=utf-8");
    }
}
