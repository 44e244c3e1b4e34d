using Microsoft.EntityFrameworkCore;
using Survey.Domain.Consultations;
using Survey.Domain.Editions;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Web.Consultations;
using Survey.Web.Pages.Office.Writing;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>
/// What a report made now would lack, each with the place where it is mended. Only what <see cref="ReadyLine.Stops"/> makes a run impossible (in the languages it names, or in all); the rest is said
/// and stops nobody.
/// </summary>
public static class ReportReadiness
{
    public static async Task<IReadOnlyList<ReadyLine>> OfAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, IReadOnlyList<string> languages, DateTime now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(languages);
        var home = $"/office/rounds/{round.Slug}";
        var lines = new List<ReadyLine>();
        Add("noWords", null, [.. languages.Where(l => !definition.ReportTexts.ContainsKey(l))], 0, stops: true);
        foreach (var item in MethodsCheck.Missing(round, definition, now))
        {
            lines.Add(new ReadyLine("methods", item is "7" ? $"{home}/change/first-day" : null, [], int.Parse(item, System.Globalization.CultureInfo.InvariantCulture), true));
        }

        var reviewed = await db.TranslationReviews.AsNoTracking().Select(r => r.Language).ToListAsync(cancel);
        Add("unreviewed", "/office/translations", [.. languages.Where(l => UnreviewedTranslations.Has(l, definition.Questionnaire, definition.Network, reviewed))]);
        var counted = db.Responses.Where(r => r.RoundId == round.Id && r.Version > 0 && r.Review != ReviewState.SetAside);
        Add("questions", $"{home}/responses?show={nameof(ReviewState.HasQuestion)}", null, await counted.CountAsync(r => r.Review == ReviewState.HasQuestion, cancel));
        var quotes = db.Quotes.Where(q => q.RoundId == round.Id && counted.Any(r => r.Id == q.ResponseId));
        Add("quotes", $"/office/quotes?round={round.Slug}", null, await quotes.CountAsync(q => q.Review == QuoteReview.Pending, cancel));
        var approved = quotes.Where(q => q.Review == QuoteReview.Approved);
        foreach (var language in languages)
        {
            var untranslated = await approved.CountAsync(q => q.Language != language && !db.QuoteTranslations.Any(t => t.QuoteId == q.Id && t.Language == language && t.Of == (q.Shortened ?? q.Text)), cancel);
            Add("untranslated", $"/office/quotes?show={nameof(QuoteReview.Approved)}&round={round.Slug}", untranslated > 0 ? [language] : [], untranslated);
        }

        var desk = await WritingDesk.OfAsync(db, round, definition, languages, cancel);
        Add("foreword", $"{home}/writing", [.. languages.Where(l => desk.Find(new EditorialKey(EditorialKind.Foreword, ""), l) is null)]);
        foreach (var language in languages)
        {
            var missing = desk.MissingIn(language).Count(k => k.Kind is not EditorialKind.Foreword);
            Add("texts", $"{home}/writing", missing > 0 ? [language] : [], missing);
        }

        Add("noPlace", $"{home}/writing", null, desk.WithoutPlace.Count);
        Add("heldBack", $"{home}/writing", null, desk.Written.Count(w => w.IsHeldBack));
        Add("named", $"{home}/writing", null, (await UnnamedOrganisations.TextsAsync(db, round, cancel)).Count);
        foreach (var consultation in await ConsultationCounts.OfAsync(db, round.Id, cancel))
        {
            var page = FormattableString.Invariant($"{home}/consultation/{consultation.Consultation.Number}");
            Add("comments", $"{page}?show={nameof(CommentState.Open)}#list", null, consultation.Open);
            Add("consulting", page, null, consultation.Consultation.IsOpenAt(now) ? consultation.Consultation.Number : 0);
        }

        Add("hidden", $"{home}/findings", null, await db.FindingChoices.CountAsync(c => c.RoundId == round.Id && c.IsHidden, cancel));

        return lines;

        void Add(string code, string? address, IReadOnlyList<string>? named, int count = 0, bool stops = false)
        {
            if (named?.Count > 0 || (named is null && count > 0))
            {
                lines.Add(new ReadyLine(code, address, named ?? [], count, stops));
            }
        }
    }
}

/// <summary>One thing that is missing: words <c>officeReport.ready.CODE</c>, with the languages or how many, and where it is mended (null: not in the office).</summary>
public sealed record ReadyLine(string Code, string? Address, IReadOnlyList<string> Languages, int Count, bool Stops);
