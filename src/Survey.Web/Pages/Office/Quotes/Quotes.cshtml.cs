using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Audit;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Quotes;

/// <summary>Examples that members allowed to be quoted, waiting for the office's word; nothing else of a response is shown.</summary>
public sealed class QuotesModel(SurveyDb db, RoundForms forms, TimeProvider time) : PageModel
{
    /// <summary>Quotes on one page.</summary>
    private const int PageSize = 20;

    public IReadOnlyList<QuoteLine> Quotes { get; private set; } = [];

    public QuoteReview Shown { get; private set; } = QuoteReview.Pending;

    public IReadOnlyDictionary<QuoteReview, int> Counts { get; private set; } = new Dictionary<QuoteReview, int>();

    public bool MayEdit => OfficeMay.Edit(User);

    /// <summary>The id after which the next page begins; null on the last.</summary>
    public long? After { get; private set; }

    public IReadOnlyDictionary<int, RoundForm> Forms { get; private set; } = new Dictionary<int, RoundForm>();

    public async Task OnGetAsync(QuoteReview show, long after, CancellationToken cancel)
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
            select new QuoteLine(quote.Id, round.Id, round.Slug, round.IsSample, quote.Point, quote.Text, quote.Language, quote.Consent, invitation.Name, invitation.IsDiscreet))
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

    public async Task<IActionResult> OnPostAsync(long id, QuoteReview review, QuoteReview show, CancellationToken cancel)
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        if (!ModelState.IsValid || await db.Quotes.FirstOrDefaultAsync(q => q.Id == id, cancel) is not { } quote)
        {
            return KindPage.NotFound();
        }

        var now = time.GetUtcNow().UtcDateTime;
        (quote.Review, quote.ReviewedBy, quote.ReviewedAt) = (review, OfficeActor.Of(User), now);
        db.AuditEntries.Add(new AuditEntry { At = now, Actor = OfficeActor.Of(User), Action = $"quote.{review.ToString().ToLowerInvariant()}", Subject = $"quote:{id}" });
        await db.SaveChangesAsync(cancel);
        return Redirect($"/office/quotes?show={show}");
    }

    /// <summary>A quote in the list.</summary>
    public sealed record QuoteLine(long Id, int RoundId, string Round, bool IsSample, string Point, string Text, string Language, QuoteConsent Consent, string Organisation, bool IsDiscreet);
}
