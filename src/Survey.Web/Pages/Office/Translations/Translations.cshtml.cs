using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Storage;
using Survey.Domain.Translations;
using Survey.Web.Access;
using Survey.Web.Pages.Office.Rounds;
using Survey.Web.Templates;

namespace Survey.Web.Pages.Office.Translations;

/// <summary>
/// Who has reviewed each language, and whether its words have changed since. An editor records a reader, about the words that the page was made from, and takes a record
/// back. Reports that are built from then on name the reader; versions that are built stay as they are.
/// </summary>
public sealed class TranslationsModel(SurveyDb db, SiteOptions site, TimeProvider time) : PageModel
{
    public IReadOnlyList<LanguageLine> Lines { get; private set; } = [];

    public bool MayEdit => OfficeMay.Edit(User);

    /// <summary>What was typed for a language and is wrong: by field, the last part of <c>translations.problem.NAME</c>.</summary>
    public TypedReview? Typed { get; private set; }

    /// <summary>The words changed while the form was open.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The language of which something was kept just now, and what: <c>recorded</c> or <c>withdrawn</c>.</summary>
    public (string Language, string Done)? Done { get; private set; }

    /// <summary>The day of a review as the form offers it.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    // Somewhere it is tomorrow already.
    private DateOnly Latest => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddHours(14));

    public async Task OnGetAsync(string? done, string? language, CancellationToken cancel)
    {
        await ShowAsync(cancel);
        Done = done is "recorded" or "withdrawn" && language is not null && Lines.Any(l => l.Language == language) ? (language, done) : null;
    }

    public async Task<IActionResult> OnPostAsync(string? language, string? words, string? name, string? organisation, string? day, bool sure, CancellationToken cancel)
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        await ShowAsync(cancel);
        if (Lines.FirstOrDefault(l => l.Language == language) is not { } line)
        {
            return KindPage.NotFound();
        }

        var typed = TypedReview.Of(line.Language, name, organisation, day, sure, Latest);
        if (typed.Problems.Count > 0 || words != line.WordsHash)
        {
            (Typed, IsChanged) = (typed, typed.Problems.Count == 0);
            Response.StatusCode = IsChanged ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var (now, actor) = (time.GetUtcNow().UtcDateTime, OfficeActor.Of(User));
        // The form sent twice is one record and one entry.
        if (line.Review is not { } before || before.WordsHash != words || before.Day != typed.ReviewedOn || before.Name != typed.Name || (before.Organisation ?? "") != typed.Organisation)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            // The record that was read, and no other: one that a colleague has made since stays, and this one is refused.
            await db.TranslationReviews.Where(r => line.Review != null && r.Language == line.Language && r.Name == line.Review.Name && r.At == line.Review.At).ExecuteDeleteAsync(cancel);
            db.TranslationReviews.Add(new TranslationReview { Language = line.Language, Name = typed.Name, Organisation = typed.Organisation.Length > 0 ? typed.Organisation : null, WordsHash = line.WordsHash, At = now, ReviewedOn = typed.ReviewedOn, By = actor });
            db.Record(now, actor, "translation.review", $"language:{line.Language}", typed.Organisation.Length > 0 ? $"{typed.Name}, {typed.Organisation}" : typed.Name);
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException)
            {
                // One a language: another editor recorded at the same moment.
                await transaction.RollbackAsync(cancel);
                db.ChangeTracker.Clear();
                await ShowAsync(cancel);
                (Typed, IsChanged) = (typed, true);
                Response.StatusCode = StatusCodes.Status409Conflict;
                return Page();
            }

            await transaction.CommitAsync(cancel);
        }

        return Redirect($"/office/translations?done=recorded&language={line.Language}");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string? language, CancellationToken cancel)
    {
        if (!MayEdit)
        {
            return Forbid();
        }

        await ShowAsync(cancel);
        if (Lines.All(l => l.Language != language))
        {
            return KindPage.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.TranslationReviews.Where(r => r.Language == language).ExecuteDeleteAsync(cancel) == 1)
        {
            db.Record(time.GetUtcNow().UtcDateTime, OfficeActor.Of(User), "translation.withdraw", $"language:{language}");
            await db.SaveChangesAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
        return Redirect($"/office/translations?done=withdrawn&language={language}");
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        var words = await ReviewWords.OfAsync(db, site, cancel);
        var reviews = await db.TranslationReviews.AsNoTracking().ToDictionaryAsync(r => r.Language, StringComparer.Ordinal, cancel);
        Lines = [.. words.Languages.Select(l => new LanguageLine(l, words.In(l).Hash, reviews.GetValueOrDefault(l), words.NamedFor(l)))];
    }

    /// <summary>A language with its record, or with whom the network's file names.</summary>
    public sealed record LanguageLine(string Language, string WordsHash, TranslationReview? Review, string? Named)
    {
        public bool IsChangedSince => Review is not null && Review.WordsHash != WordsHash;
    }

    /// <summary>A reader as typed, cleaned, with what is wrong by field.</summary>
    public sealed record TypedReview(string Language, string Name, string Organisation, string Day, DateOnly? ReviewedOn, bool IsSure, IReadOnlyDictionary<string, string> Problems)
    {
        public static TypedReview Of(string language, string? name, string? organisation, string? day, bool sure, DateOnly latest)
        {
            var (who, where) = (Line(name), Line(organisation));
            var problems = new Dictionary<string, string>();
            if (who.Length == 0 || DoorText.Length(who) > TranslationReview.LongestName)
            {
                problems["name"] = who.Length == 0 ? "noName" : "tooLong";
            }

            if (DoorText.Length(where) > TranslationReview.LongestName)
            {
                problems["organisation"] = "tooLong";
            }

            var on = RoundDay.Read(day ?? "");
            if (on is null || on > latest)
            {
                problems["day"] = on is null ? "noDay" : "future";
            }

            if (!sure)
            {
                problems["sure"] = "notSure";
            }

            return new(language, who, where, day?.Trim() ?? "", on, sure, problems);
        }

        private static string Line(string? typed) => DoorText.Clean(typed ?? "").ReplaceLineEndings(" ").Trim();
    }
}
