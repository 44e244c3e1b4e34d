using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Geography;
using Survey.Domain.Invitations;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Localization;

namespace Survey.Web.Access;

/// <summary>
/// A member's session: an encrypted cookie that holds the personal links which were opened in this browser, and the language chosen. In order:
/// opening <c>/a/TOKEN</c> adds the link to the session and changes nothing else; each page names the response that it is about; it is found only
/// if one of the session's links, not revoked since, leads to it. So a response's id is no secret, and several may be open side by side.
/// </summary>
public sealed class MemberSession(SurveyDb db, HeldResponses responses, PreviewLink previews)
{
    /// <summary>The authentication scheme; its cookie is not the office's.</summary>
    public const string Scheme = "member";

    private const string LinkClaim = "link", OwnClaim = "own-device", PreviewClaim = "preview";

    /// <summary>How long the session of a member's own device lasts without a visit.</summary>
    public static readonly TimeSpan OwnDevice = TimeSpan.FromDays(90);

    /// <summary>How many links one browser holds; the oldest gives way.</summary>
    private const int Most = 20;

    /// <summary>
    /// Adds a link to the session. The session then speaks the language that was asked for, if one was; else its own if it held the link before, and that of the link's person if
    /// not: on a shared computer the next member does not read in the language of the one before.
    /// </summary>
    public static Task OpenAsync(HttpContext context, int linkId, string? asked, string persons)
    {
        var held = Links(context.User);
        return SignInAsync(context, held.Where(l => l != linkId).Append(linkId).TakeLast(Most), asked ?? (held.Contains(linkId) ? context.User.FindFirstValue(RequestLanguage.Claim) : null) ?? persons);
    }

    /// <summary>Lets this browser look at a round as a member would, until the token's end; a preview of before gives way.</summary>
    public static Task PreviewAsync(HttpContext context, string token, string language)
    {
        context.User = new ClaimsPrincipal(new ClaimsIdentity(context.User.Claims.Where(c => c.Type != PreviewClaim).Append(new Claim(PreviewClaim, token)), Scheme));
        return SignInAsync(context, Links(context.User), context.User.FindFirstValue(RequestLanguage.Claim) ?? language);
    }

    /// <summary>Changes the session's language.</summary>
    public static Task SpeakAsync(HttpContext context, string language) => SignInAsync(context, Links(context.User), language);

    /// <summary>Whether the member said that this is their own device: the session then outlasts the browser.</summary>
    public static bool IsOwnDevice(ClaimsPrincipal user) => user.HasClaim(c => c.Type == OwnClaim);

    /// <summary>Keeps the session for <see cref="OwnDevice"/> after the last visit, or until the browser is closed again.</summary>
    public static Task StayAsync(HttpContext context, bool isOwnDevice) =>
        SignInAsync(context, Links(context.User), context.User.FindFirstValue(RequestLanguage.Claim) ?? "", isOwnDevice);

    /// <summary>A member without links: who a form's token is made for when the session has ended.</summary>
    public static ClaimsPrincipal Anybody() => new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, Scheme)], Scheme));

    private static Task SignInAsync(HttpContext context, IEnumerable<int> links, string language) => SignInAsync(context, links, language, IsOwnDevice(context.User));

    private static Task SignInAsync(HttpContext context, IEnumerable<int> links, string language, bool isOwnDevice)
    {
        // The name is the same for all: a form stays valid when its session is opened again, and the antiforgery cookie tells browsers apart.
        var claims = links.Select(l => new Claim(LinkClaim, l.ToString(CultureInfo.InvariantCulture)))
            .Append(new Claim(ClaimTypes.NameIdentifier, Scheme)).Append(new Claim(RequestLanguage.Claim, language))
            .Concat(context.User.FindAll(PreviewClaim).Select(c => new Claim(PreviewClaim, c.Value)).ToList());
        context.User = new ClaimsPrincipal(new ClaimsIdentity(isOwnDevice ? claims.Append(new Claim(OwnClaim, "yes")) : claims, Scheme));
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return context.SignInAsync(Scheme, context.User, isOwnDevice ? new() { IsPersistent = true, IssuedUtc = now, ExpiresUtc = now + OwnDevice } : new());
    }

    private static List<int> Links(ClaimsPrincipal user) =>
        [.. user.FindAll(LinkClaim).Select(c => int.Parse(c.Value, CultureInfo.InvariantCulture))];

    /// <summary>The response with this id, if the session holds it.</summary>
    public async Task<HeldResponse?> FindAsync(ClaimsPrincipal user, Guid publicId, CancellationToken cancel)
    {
        // A browser holds one link as a rule; the one opened last comes first.
        foreach (var link in Links(user).AsEnumerable().Reverse())
        {
            if (await responses.OfLinkAsync(db, link, cancel) is { } held && held.PublicId == publicId)
            {
                return held;
            }
        }

        return await PreviewAsync(user, publicId, cancel);
    }

    private async Task<HeldResponse?> PreviewAsync(ClaimsPrincipal user, Guid publicId, CancellationToken cancel)
    {
        if (previews.Read(user.FindFirstValue(PreviewClaim)) is not { } preview
            || await db.Rounds.AsNoTracking().Include(r => r.Templates).FirstOrDefaultAsync(r => r.Id == preview.RoundId, cancel) is not { } round
            || PreviewIdOf(round) != publicId)
        {
            return null;
        }

        var nobody = new Invitation { Name = "", Country = Country.GlobalCode, Region = "", RoundId = round.Id };
        return new(nobody, round, null, null, null) { IsPreview = true };
    }

    /// <summary>The id in the addresses of a round's preview: that of no invitation.</summary>
    public static Guid PreviewIdOf(SurveyRound round) => SurveyResponse.PublicIdOf(round, 0);

    /// <summary>All responses that the session holds.</summary>
    public async Task<IReadOnlyList<HeldResponse>> AllAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        var all = new List<HeldResponse>();
        foreach (var link in Links(user))
        {
            if (await responses.OfLinkAsync(db, link, cancel) is { } held)
            {
                all.Add(held);
            }
        }

        return all;
    }
}

/// <summary>A response that the session holds; not stored yet before its first save.</summary>
/// <param name="ContactId">Whose link this is; null for one that the office gave without a name.</param>
/// <param name="Mode">How the answers come in where the office fills in for the member; null where the member does.</param>
public sealed record HeldResponse(Invitation Invitation, SurveyRound Round, SurveyResponse? Response, int? ContactId, ResponseMode? Mode)
{
    /// <summary>Whether the office looks at the survey as a member would: there is no invitation behind it, and nothing is written.</summary>
    public bool IsPreview { get; init; }

    /// <summary>The id in its addresses.</summary>
    public Guid PublicId => Response?.PublicId ?? SurveyResponse.PublicIdOf(Round, Invitation.Id);

    /// <summary>Whether this organisation's answers are accepted: while the round takes them, and after its close by leave of the office.</summary>
    public bool AcceptsAnswersAt(DateTime moment, DateTime? pageLoadedAt = null) => Round.AcceptsAnswersAt(moment, pageLoadedAt) || Invitation.IsReopenedAt(Round, moment);
}
