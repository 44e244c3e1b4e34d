using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Storage;
using Survey.Web.Access;
using Survey.Web.Localization;

namespace Survey.Web.Pages.Answer;

/// <summary>
/// What this member allowed to be printed, as it was last sent: each example and the listing, whether it was published, and a button to take the permission
/// back. Works as long as the link does, after close, freeze and publication; nothing can be allowed here.
/// </summary>
public sealed class ConsentModel(SurveyDb db, MemberSession session, RoundForms forms, PageTexts texts, TimeProvider time, PageMark marks)
    : MemberPage(db, session, forms, texts, time, marks)
{
    private const string Field = "withdraw", Listing = "listing", Example = "example/";

    public IReadOnlyList<ExampleSeen> Examples { get; private set; } = [];

    /// <summary>Whether the questionnaire asks for the listing.</summary>
    public bool AsksListing { get; private set; }

    public bool IsListed { get; private set; }

    /// <summary>Whether the organisation's name stands in a published list.</summary>
    public bool IsListingPublished { get; private set; }

    public bool IsSent => Held.Response is { Version: > 0 };

    public bool IsDiscreet { get; private set; }

    /// <summary>Whether a permission was just taken back.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Taking a permission back is always possible.</summary>
    protected override bool IsAlwaysAllowed => true;

    public async Task OnGetAsync(bool done, CancellationToken cancel)
    {
        IsDone = done;
        IsDiscreet = Held.Invitation.IsDiscreet || await Db.Organisations.AnyAsync(o => o.Id == Held.Invitation.OrganisationId && (o.IsDiscreet || o.WantsDiscretion), cancel);
        if (Held.Response is not { Version: > 0 } response)
        {
            return;
        }

        var sent = AnswerSheet.FromJson(await Db.Submissions.AsNoTracking().Where(s => s.ResponseId == response.Id && s.Version == response.Version).Select(s => s.Content).SingleAsync(cancel));
        var published = await (
            from mention in Db.EditionMentions.AsNoTracking()
            join version in Db.EditionVersions on mention.EditionVersionId equals version.Id
            where mention.OrganisationId == Held.Invitation.OrganisationId && version.Edition!.RoundId == Held.Round.Id && version.Number != null
            select new { mention.Kind, mention.QuoteId }).ToListAsync(cancel);
        var quotes = await Db.Quotes.AsNoTracking().Where(q => q.ResponseId == response.Id).ToDictionaryAsync(q => q.Point, q => q.Id, cancel);
        var (example, consent, listing) = (Form.Questionnaire.WithRole(QuestionRole.Example), Form.Questionnaire.WithRole(QuestionRole.Consent), Form.Questionnaire.WithRole(QuestionRole.Listing));
        Examples = example is null || consent is null ? [] :
        [
            .. from point in Form.Points
               let text = sent.Find(point.Slug, example.Key)?.Text
               where text is not null
               select new ExampleSeen(point, text, Code(sent.Find(point.Slug, consent.Key)), quotes.TryGetValue(point.Slug, out var id) && published.Any(p => p.QuoteId == id)),
        ];
        AsksListing = listing is not null;
        IsListed = listing is not null && sent.Find("", listing.Key)?.Choices is [ListingCodes.Yes];
        IsListingPublished = IsListed && published.Any(p => p.Kind is MentionKind.Listed);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (AskedLanguage is { } language)
        {
            await SpeakAsync(language);
            return Redirect(To("consent"));
        }

        var done = Held.Response is { } response && Asked(Field) switch
        {
            Listing => await ConsentWithdrawal.OfListingAsync(Db, response.Id, Form.Questionnaire, Now, cancel),
            { } field when field.StartsWith(Example, StringComparison.Ordinal) && Form.PointSlugs.Contains(field[Example.Length..]) =>
                await ConsentWithdrawal.OfExampleAsync(Db, response.Id, Form.Questionnaire, field[Example.Length..], Now, cancel),
            _ => false,
        };
        return Redirect(To(done ? "consent?done=true" : "consent"));
    }

    private static string Code(AnswerValue? consent) => consent?.Choices switch
    {
        [ConsentCodes.Anonymous] => nameof(QuoteConsent.WithoutName),
        [ConsentCodes.Named] => nameof(QuoteConsent.WithName),
        _ => "None",
    };

    /// <summary>An example as it was sent. <paramref name="Consent"/> is <c>WithoutName</c>, <c>WithName</c> or <c>None</c>, a key of the ui texts.</summary>
    public sealed record ExampleSeen(PlanPoint Point, string Text, string Consent, bool IsPublished)
    {
        /// <summary>Whether there is a permission to take back.</summary>
        public bool IsGiven => Consent != "None";
    }
}
