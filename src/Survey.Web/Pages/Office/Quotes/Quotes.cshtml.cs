using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Quotes;

/// <summary>
/// Examples that members allowed to be quoted, waiting for the office's word; nothing else of a response is shown. A decision is about the words and the consent
/// that were on the page: where the member has changed them since, it is refused and the new ones are shown.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class QuotesModel(SurveyDb db, RoundForms forms, TimeProvider time) : PageModel
{
    /// <summary>Quotes on one page.</summary>
    private const int PageSize = 20;

    public IReadOnlyList<QuoteLine> Quotes { get; private set; } = [];

    public QuoteReview Shown { get; private set; } = QuoteReview.Pending;

    public IReadOnlyDictionary<QuoteReview, int> Counts { get; private set; } = new Dictionary<QuoteReview, int>();

    /// <summary>A decision was refused because the quote was changed meanwhile.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The id after which the next page begins; null on the last.</summary>
    public long? After { get; private set; }

    public IReadOnlyDictionary<int, RoundForm> Forms { get; private set; } = new Dictionary<int, RoundForm>();

    public Task OnGetAsync(QuoteReview show, long after, CancellationToken cancel) => ShowAsync(show, after, cancel);

    private async Task ShowAsync(QuoteReview show, long after, CancellationToken cancel)
    {
        Shown = show;
        Counts = await db.Quotes.GroupBy(q => q.Review).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var found = await (
            from quote in db.Quotes.AsNoTracking()
            join response in db.Responses on quote.ResponseId equals response.Id
            join invitation in db.Invitations on response.InvitationId equals invitation.Id
            join round in db.Rounds on quote.RoundId equals round.Id
            where quote.Review == show && quote.Id > after
            orderby quote.Id
            select new QuoteLine(quote.Id, round.Id, round.Slug, round.IsSample, quote.Point, quote.Text, quote.Language, quote.Consent, invitation.Name, invitation.IsDiscreet || invitation.Organisation!.IsDiscreet || invitation.Organisation.WantsDiscretion))
            .Take(PageSize + 1).ToListAsync(cancel);
        Quotes = [.. found.Take(PageSize)];
        After = found.Count > PageSize ? Quotes[^1].Id : null;
        var known = new Dictionary<int, RoundForm>();
        foreach (var id in Quotes.Select(q => q.RoundId).Distinct())
        {
            if (await db.Rounds.AnyAsync(r => r.Id == id && r.State != RoundState.Planned, cancel))
            {
                known[id] = await forms.OfAsync(db, id, cancel);
            }
        }

        Forms = known;
    }

    public async Task<IActionResult> OnPostAsync(long id, string? seen, QuoteReview review, QuoteReview show, CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return KindPage.NotFound();
        }

        if (await db.Quotes.AsNoTracking().FirstOrDefaultAsync(q => q.Id == id, cancel) is not { } quote)
        {
            // The member took it back, or there never was one.
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        var now = time.GetUtcNow().UtcDateTime;
        var actor = OfficeActor.Of(User);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var isDecided = seen == SeenOf(quote.Text, quote.Consent)
            && await db.Quotes.Where(q => q.Id == id && q.Text == quote.Text && q.Consent == quote.Consent).ExecuteUpdateAsync(
                s => s.SetProperty(q => q.Review, review).SetProperty(q => q.ReviewedBy, actor).SetProperty(q => q.ReviewedAt, now), cancel) == 1;
        if (!isDecided)
        {
            await transaction.RollbackAsync(cancel);
            var current = await db.Quotes.Where(q => q.Id == id).Select(q => (QuoteReview?)q.Review).FirstOrDefaultAsync(cancel);
            await ShowAsync(current ?? show, current is null ? 0 : id - 1, cancel);
            IsChanged = true;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        db.Record(now, actor, $"quote.{review.ToString().ToLowerInvariant()}", $"quote:{id}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect($"/office/quotes?show={show}");
    }

    /// <summary>A quote in the list.</summary>
    public sealed record QuoteLine(long Id, int RoundId, string Round, bool IsSample, string Point, string Text, string Language, QuoteConsent Consent, string Organisation, bool IsDiscreet)
    {
        /// <summary>What the page showed, in short; a decision names it.</summary>
        public string Seen => SeenOf(Text, Consent);
    }

    private static string SeenOf(string text, QuoteConsent consent) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{consent}\n{text}")).AsSpan(0, 16));
}
