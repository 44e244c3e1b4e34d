using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Checking;
using Survey.Domain.Networks;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Pages.Answer;

namespace Survey.Web.Pages.Office.Quotes;

/// <summary>
/// Examples that members allowed to be quoted, waiting for the office's word; nothing else of a response is shown. A decision is about the words, their cut and the consent
/// that were on the page: where the member or a colleague has changed them since, it is refused and the new ones are shown.
/// </summary>
[Authorize(OfficeAccess.MayEdit)]
public sealed class QuotesModel(SurveyDb db, RoundForms forms, Network network, TimeProvider time) : PageModel
{
    /// <summary>The longest translation, in code points: twice what a member may write, since some languages take more room.</summary>
    public const int LongestTranslation = 3000;

    /// <summary>Quotes on one page.</summary>
    private const int PageSize = 20;

    /// <summary>The longest reason, in code points.</summary>
    private const int LongestReason = 1000;

    public IReadOnlyList<QuoteLine> Quotes { get; private set; } = [];

    public QuoteReview Shown { get; private set; } = QuoteReview.Pending;

    public IReadOnlyDictionary<QuoteReview, int> Counts { get; private set; } = new Dictionary<QuoteReview, int>();

    /// <summary>A decision was refused because the quote was changed meanwhile.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>What was typed and is not right: the quote, the field (<c>watching.quote.problem.NAME</c>) and the words.</summary>
    public (long Id, string Name, string Typed)? Problem { get; private set; }

    /// <summary>The id after which the next page begins; null on the last.</summary>
    public long? After { get; private set; }

    public IReadOnlyDictionary<int, RoundForm> Forms { get; private set; } = new Dictionary<int, RoundForm>();

    /// <summary>The round whose quotes are shown; null for those of all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Round { get; set; }

    /// <summary>The rounds that have quotes, the newest first.</summary>
    public IReadOnlyList<string> Rounds { get; private set; } = [];

    /// <summary>The list of the quotes of this round with this decision.</summary>
    public string AddressOf(QuoteReview show) => AddressOf(show, Round);

    /// <summary>The list of a round's quotes, or of all, with this decision.</summary>
    public static string AddressOf(QuoteReview show, string? round) => $"/office/quotes?show={show}{(round is null ? "" : $"&round={Uri.EscapeDataString(round)}")}";

    /// <summary>The languages of the report, into which a quote can be translated.</summary>
    public IReadOnlyList<string> Languages => network.Languages;

    /// <summary>The translations of the quotes shown; one of other words than those printed now is out of date.</summary>
    public ILookup<long, QuoteTranslation> Translations { get; private set; } = Array.Empty<QuoteTranslation>().ToLookup(t => t.QuoteId);

    /// <summary>The quotes that wait for the office's word.</summary>
    public static IQueryable<Quote> Waiting(SurveyDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Quotes.Where(q => q.Review == QuoteReview.Pending);
    }

    public Task OnGetAsync(QuoteReview show, long after, CancellationToken cancel) => ShowAsync(show, after, cancel);

    private async Task ShowAsync(QuoteReview show, long after, CancellationToken cancel)
    {
        Shown = show;
        Rounds = await db.Rounds.AsNoTracking().Where(r => db.Quotes.Any(q => q.RoundId == r.Id)).OrderByDescending(r => r.Slug).Select(r => r.Slug).ToListAsync(cancel);
        Counts = await db.Quotes.Where(q => Round == null || db.Rounds.Any(r => r.Id == q.RoundId && r.Slug == Round)).GroupBy(q => q.Review).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var found = await (
            from quote in db.Quotes.AsNoTracking()
            join response in db.Responses on quote.ResponseId equals response.Id
            join invitation in db.Invitations on response.InvitationId equals invitation.Id
            join round in db.Rounds on quote.RoundId equals round.Id
            where quote.Review == show && quote.Id > after && (Round == null || round.Slug == Round)
            orderby quote.Id
            select new QuoteLine(quote.Id, quote.ResponseId, round.Id, round.Slug, round.IsSample, quote.Point, quote.Text, quote.Shortened, quote.ReviewReason, quote.Language, quote.Consent, invitation.Name, invitation.IsDiscreet || invitation.Organisation!.IsDiscreet || invitation.Organisation.WantsDiscretion))
            .Take(PageSize + 1).ToListAsync(cancel);
        Quotes = [.. found.Take(PageSize)];
        After = found.Count > PageSize ? Quotes[^1].Id : null;
        var ids = Quotes.Select(q => q.Id).ToList();
        Translations = (await db.QuoteTranslations.AsNoTracking().Where(t => ids.Contains(t.QuoteId)).ToListAsync(cancel)).ToLookup(t => t.QuoteId);
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

    public async Task<IActionResult> OnPostAsync(long id, string? seen, QuoteReview review, QuoteReview show, string? reason, CancellationToken cancel)
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

        var why = review is QuoteReview.Rejected ? DoorText.Clean(reason ?? "").Trim() : null;
        if (why is not null && (why.Length == 0 || DoorText.Length(why) > LongestReason))
        {
            return await WrongAsync(quote, show, "reason", why, cancel);
        }

        var now = time.GetUtcNow().UtcDateTime;
        var actor = OfficeActor.Of(User);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var isDecided = seen == SeenOf(quote)
            && await AsSeen(quote).ExecuteUpdateAsync(
                s => s.SetProperty(q => q.Review, review).SetProperty(q => q.ReviewReason, why).SetProperty(q => q.ReviewedBy, actor).SetProperty(q => q.ReviewedAt, now), cancel) == 1;
        if (!isDecided)
        {
            await transaction.RollbackAsync(cancel);
            return await ChangedAsync(id, show, cancel);
        }

        db.Record(now, actor, $"quote.{review.ToString().ToLowerInvariant()}", $"quote:{id}", why);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(AddressOf(show));
    }

    /// <summary>
    /// Sets the shorter words that the report prints, or takes them back. What the member wrote is kept. Of a quote that a published version prints otherwise, a new
    /// version is due.
    /// </summary>
    public async Task<IActionResult> OnPostShortenAsync(long id, string? seen, QuoteReview show, string? cut, string? whole, CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return KindPage.NotFound();
        }

        if (await db.Quotes.AsNoTracking().FirstOrDefaultAsync(q => q.Id == id, cancel) is not { } quote)
        {
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        var words = whole is null ? QuoteCut.Cleaned(cut ?? "") : null;
        var isSeen = seen == SeenOf(quote);
        if (isSeen && words is not null && !QuoteCut.IsCutOf(quote.Text, words))
        {
            return await WrongAsync(quote, show, "cut", words, cancel);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!isSeen || await AsSeen(quote).ExecuteUpdateAsync(s => s.SetProperty(q => q.Shortened, words), cancel) != 1)
        {
            await transaction.RollbackAsync(cancel);
            return await ChangedAsync(id, show, cancel);
        }

        db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), words is null ? "quote.restore" : "quote.shorten", $"quote:{id}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(AddressOf(show));
    }

    /// <summary>Says in which language the words are: a member may have written in one and sent from the page of another. A translation into it is one no more.</summary>
    public async Task<IActionResult> OnPostLanguageAsync(long id, string? seen, QuoteReview show, string? language, CancellationToken cancel)
    {
        if (!ModelState.IsValid || language is null || !Languages.Contains(language))
        {
            return KindPage.NotFound();
        }

        if (await db.Quotes.AsNoTracking().FirstOrDefaultAsync(q => q.Id == id, cancel) is not { } quote)
        {
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (seen != SeenOf(quote) || await AsSeen(quote).ExecuteUpdateAsync(s => s.SetProperty(q => q.Language, language), cancel) != 1)
        {
            await transaction.RollbackAsync(cancel);
            return await ChangedAsync(id, show, cancel);
        }

        await db.QuoteTranslations.Where(t => t.QuoteId == id && t.Language == language).ExecuteDeleteAsync(cancel);
        db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), "quote.language", $"quote:{id}/language:{language}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(AddressOf(show));
    }

    /// <summary>
    /// Sets the words that editions in another language print, or takes them away where none are given. They are a translation of what was on the page: where that was
    /// changed or cut since, they are refused.
    /// </summary>
    public async Task<IActionResult> OnPostTranslateAsync(long id, string? printed, QuoteReview show, string? language, string? words, CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return KindPage.NotFound();
        }

        if (await db.Quotes.AsNoTracking().FirstOrDefaultAsync(q => q.Id == id, cancel) is not { } quote)
        {
            return new KindPage(StatusCodes.Status409Conflict, "409");
        }

        if (language is null || language == quote.Language || !Languages.Contains(language))
        {
            return KindPage.NotFound();
        }

        var text = DoorText.Clean(words ?? "").Trim();
        var original = quote.Shortened ?? quote.Text;
        if (printed != SeenOf(original, null, quote.Consent))
        {
            return await ChangedAsync(id, show, cancel);
        }

        if (DoorText.Length(text) > LongestTranslation)
        {
            return await WrongAsync(quote, show, $"translation-{language}", text, cancel);
        }

        var now = time.GetUtcNow().UtcDateTime;
        var actor = OfficeActor.Of(User);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Held until the end: a colleague's translation waits, and a member who takes the words back does too.
        if (await AsSeen(quote).ExecuteUpdateAsync(s => s.SetProperty(q => q.Text, q => q.Text), cancel) != 1)
        {
            await transaction.RollbackAsync(cancel);
            return await ChangedAsync(id, show, cancel);
        }

        await db.QuoteTranslations.Where(t => t.QuoteId == id && t.Language == language).ExecuteDeleteAsync(cancel);
        if (text.Length > 0)
        {
            db.QuoteTranslations.Add(new QuoteTranslation { QuoteId = id, Language = language, Of = original, Text = text, TranslatedBy = actor, TranslatedAt = now });
        }

        db.Record(now, actor, text.Length > 0 ? "quote.translate" : "quote.untranslate", $"quote:{id}/language:{language}");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Redirect(AddressOf(show));
    }

    private IQueryable<Quote> AsSeen(Quote quote) => db.Quotes.Where(q => q.Id == quote.Id && q.Text == quote.Text && q.Shortened == quote.Shortened && q.Consent == quote.Consent);

    private async Task<IActionResult> ChangedAsync(long id, QuoteReview show, CancellationToken cancel)
    {
        var current = await db.Quotes.Where(q => q.Id == id).Select(q => (QuoteReview?)q.Review).FirstOrDefaultAsync(cancel);
        await ShowAsync(current ?? show, current is null ? 0 : id - 1, cancel);
        IsChanged = true;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<IActionResult> WrongAsync(Quote quote, QuoteReview show, string field, string typed, CancellationToken cancel)
    {
        await ShowAsync(show, quote.Id - 1, cancel);
        Problem = (quote.Id, field, typed);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>A quote in the list.</summary>
    public sealed record QuoteLine(long Id, long ResponseId, int RoundId, string Round, bool IsSample, string Point, string Text, string? Shortened, string? Reason, string Language, QuoteConsent Consent, string Organisation, bool IsDiscreet)
    {
        /// <summary>What the page showed, in short; a decision names it.</summary>
        public string Seen => SeenOf(Text, Shortened, Consent);

        /// <summary>The words that the report prints in the original, in short; a translation names them.</summary>
        public string Printed => SeenOf(Shortened ?? Text, null, Consent);
    }

    private static string SeenOf(Quote quote) => SeenOf(quote.Text, quote.Shortened, quote.Consent);

    private static string SeenOf(string text, string? cut, QuoteConsent consent) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{consent}\n{text}\n{cut}")).AsSpan(0, 16));
}
