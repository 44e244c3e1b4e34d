using Microsoft.EntityFrameworkCore;
using Survey.Domain.Geography;
using Survey.Domain.Networks;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Jobs;

/// <summary>Loads what an edition is written from: tallies for the cube; facts, approved quotes and the listed organisations for the words.</summary>
public static class EditionSource
{
    /// <summary>
    /// The cube of a round from the counts in the database. Earlier rounds are those of the same plan that were opened before it; pilots are not among them,
    /// and a sample round never stands beside a real one.
    /// </summary>
    public static async Task<Cube> CubeAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, DateTime now, CancellationToken cancel)
    {
        var rounds = await db.Rounds.AsNoTracking().Include(r => r.Templates)
            .Where(r => r.PlanSlug == round.PlanSlug && r.Id < round.Id && !r.IsPilot && r.IsSample == round.IsSample && r.State != RoundState.Planned)
            .OrderBy(r => r.Id).ToListAsync(cancel);
        var earlier = new List<RoundInput>();
        foreach (var other in rounds)
        {
            earlier.Add(await InputAsync(db, other, RoundDefinition.Of(other), now, cancel));
        }

        var matched = rounds is [.., var last]
            ? await TallyReader.MatchedAsync(db, round.Id, last.Id, SameQuestions(definition.Questionnaire), SamePoints(definition), cancel)
            : [];
        return DisclosurePass.CubeOf(await InputAsync(db, round, definition, now, cancel), earlier, matched, new DisclosureRules());
    }

    private static async Task<RoundInput> InputAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, DateTime now, CancellationToken cancel) =>
        new(await TallyReader.ReadAsync(db, round, now, cancel), definition.Plan, definition.Questionnaire);

    private static List<(string Now, string Then)> SameQuestions(Questionnaire questionnaire) =>
        [.. questionnaire.Questions.Where(q => q.Measure is not null && !q.Break).Select(q => (q.Key, q.Replaces ?? q.Key))];

    private static List<(string Now, string Then)> SamePoints(RoundDefinition definition) =>
        [.. definition.Plan.Points.Where(p => !p.Break).Select(p => (p.Slug, p.Replaces ?? p.Slug)), ("", "")];

    /// <summary>What an edition is written from beside its cube. <paramref name="version"/> is the number that stands in its files.</summary>
    public static async Task<EditionInput> InputOfAsync(
        SurveyDb db, SurveyRound round, RoundDefinition definition, Cube cube, int version, IReadOnlyList<VersionNote> changeLog, DateTime now, CancellationToken cancel)
    {
        var counted = db.Responses.Where(r => r.RoundId == round.Id && r.Version > 0 && r.Review != ReviewState.SetAside);
        var modes = await counted.GroupBy(r => r.Mode).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var invited = await db.Outbox.Where(m => m.RoundId == round.Id && m.Template == "invitation").Select(m => m.ContactId).Distinct().CountAsync(cancel);
        var facts = new RoundFacts(
            round.Slug, round.IsSample, version, Day(now), round.OpenedAt is { } opened ? Day(opened) : round.OpensOn, round.ClosedAt is { } closed ? Day(closed) : null,
            [.. definition.ReportTexts.Keys.Order(StringComparer.Ordinal)],
            [.. modes.OrderBy(m => m.Key).Select(m => new ModeCount(m.Key.ToString().ToLowerInvariant(), m.Count))],
            MedianMinutes: null, InvitationsSent: invited > 0 ? invited : null, RemindersSent: null);
        return new EditionInput(
            cube, definition.Plan, definition.Questionnaire, definition.Network, GeographyOf(definition.Regions), facts,
            await QuotesAsync(db, round, counted, cancel), await ListedAsync(db, round, definition, cancel), changeLog,
            PictureOf(definition, definition.Network.Logo),
            [.. definition.Network.Funders.Select(f => PictureOf(definition, f.Logo)).OfType<EditionPicture>()]);
    }

    // The alternative text differs by language: the content builder takes it from the network.
    private static EditionPicture? PictureOf(RoundDefinition definition, Logo? logo) =>
        logo is not null && definition.Pictures.TryGetValue(logo.File, out var picture) ? new EditionPicture(picture.MediaType, picture.Bytes.ToArray(), "") : null;

    private static DateOnly Day(DateTime moment) => DateOnly.FromDateTime(moment);

    private static EditionGeography GeographyOf(RegionScheme scheme) => new(
        [.. scheme.Regions.Select(r => new EditionRegion(r.Slug, r.Title,
            [.. scheme.Countries.Where(c => c.Region.Slug == r.Slug && !c.IsGlobal).Select(c => new EditionCountry(c.Code, c.Name))], r.ShortTitle))],
        [.. scheme.Notes.Where(n => n.Kind is not PlaceNoteKind.Map).Select(n => new GeographyNote(n.Countries, n.Text, n.Kind is PlaceNoteKind.Naming))],
        scheme.Notes.FirstOrDefault(n => n.Kind is PlaceNoteKind.Map)?.Text);

    private static async Task<IReadOnlyList<EditionQuote>> QuotesAsync(SurveyDb db, SurveyRound round, IQueryable<SurveyResponse> counted, CancellationToken cancel)
    {
        var quotes = await (
            from quote in db.Quotes.AsNoTracking()
            where quote.RoundId == round.Id && quote.Review == QuoteReview.Approved
            join response in counted on quote.ResponseId equals response.Id
            join invitation in db.Invitations on response.InvitationId equals invitation.Id
            where !invitation.IsDiscreet && !invitation.Organisation!.IsDiscreet
            orderby quote.Point, quote.Id
            select new { quote.Point, quote.Text, quote.Language, quote.Consent, invitation.Name, invitation.Region, invitation.Type }).ToListAsync(cancel);
        var shared = await (
            from response in counted
            join invitation in db.Invitations on response.InvitationId equals invitation.Id
            group 1 by new { invitation.Region, invitation.Type } into same
            select new { same.Key.Region, same.Key.Type, Count = same.Count() }).ToDictionaryAsync(s => (s.Region, s.Type), s => s.Count, cancel);
        return [.. quotes.Select(q => new EditionQuote(q.Point, q.Text, q.Language, q.Consent is QuoteConsent.WithName ? q.Name : null, q.Region, q.Type, shared.GetValueOrDefault((q.Region, q.Type))))];
    }

    private static async Task<IReadOnlyList<ListedOrganisation>> ListedAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, CancellationToken cancel)
    {
        if (definition.Questionnaire.WithRole(QuestionRole.Listing) is not { } listing)
        {
            return [];
        }

        var agreed = await (
            from answer in db.Answers
            where answer.RoundId == round.Id && answer.Question == listing.Key && answer.Choice == ListingCodes.Yes
            join response in db.Responses on answer.ResponseId equals response.Id
            join invitation in db.Invitations on response.InvitationId equals invitation.Id
            where !invitation.IsDiscreet && !invitation.Organisation!.IsDiscreet
            select new { invitation.Name, invitation.Country, invitation.Organisation!.NameFolded }).ToListAsync(cancel);
        return [.. agreed.OrderBy(a => a.NameFolded, StringComparer.Ordinal).ThenBy(a => a.Name, StringComparer.Ordinal)
            .Select(a => new ListedOrganisation(a.Name, a.Country == Country.GlobalCode ? "" : a.Country))];
    }
}
