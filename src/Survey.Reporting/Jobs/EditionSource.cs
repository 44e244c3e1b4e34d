using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain;
using Survey.Domain.Editions;
using Survey.Domain.Geography;
using Survey.Domain.Invitations;
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
    /// All that one version of an edition is written from, read as of one moment. The cube is <paramref name="published"/> where it stands already, else it
    /// is made from the counts. <paramref name="version"/> is the number that stands in the version's files.
    /// </summary>
    public static async Task<EditionInput> ReadAsync(
        SurveyDb db, SurveyRound round, RoundDefinition definition, Cube? published, int version, IReadOnlyList<VersionNote> changeLog, DateTime now, CancellationToken cancel) =>
        (await ReadWithMentionsAsync(db, round, definition, published, corrected: null, version, changeLog, now, cancel)).Input;

    internal static async Task<(EditionInput Input, IReadOnlyList<Mention> Mentions)> ReadWithMentionsAsync(
        SurveyDb db, SurveyRound round, RoundDefinition definition, Cube? published, Cube? corrected, int version, IReadOnlyList<VersionNote> changeLog, DateTime now, CancellationToken cancel)
    {
        await using var snapshot = await ReadSnapshot.BeginAsync(db, cancel);
        var cube = published ?? await CubeAsync(db, round, definition, corrected, now, cancel);
        var input = await InputOfAsync(db, round, definition, cube, version, changeLog, now, cancel);
        return (input, await MentionsAsync(db, round, definition, cancel));
    }

    /// <summary>The cube of a round from the counts in the database, beside its <see cref="EarlierRounds"/>.</summary>
    public static Task<Cube> CubeAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, DateTime now, CancellationToken cancel) => CubeAsync(db, round, definition, corrected: null, now, cancel);

    /// <summary>
    /// The same for a version whose numbers correct those of <paramref name="corrected"/>, the cube of the round that was published or shown to members last: it shows nothing that is withheld there. An earlier round whose report came out, or was shown to members, stands beside it with the
    /// numbers of its own newest version; only others are counted.
    /// </summary>
    public static async Task<Cube> CubeAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, Cube? corrected, DateTime now, CancellationToken cancel)
    {
        var rounds = await EarlierRounds.OfAsync(db, round, definition.Plan, cancel);
        var earlier = new List<RoundInput>();
        foreach (var other in rounds)
        {
            earlier.Add(await InputAsync(db, other, RoundDefinition.Of(other), now, cancel) with { Published = await ShownAsync(db, other.Id, cancel) });
        }

        var matched = rounds is [.., var last]
            ? await TallyReader.MatchedAsync(db, round.Id, last.Id,
                Same(Comparability.Of(earlier[^1].Questionnaire, definition.Questionnaire), [.. definition.Questionnaire.Questions.Where(q => q.Measure is not null).Select(q => q.Key)]),
                [.. Same(Comparability.Of(earlier[^1].Plan, definition.Plan), [.. definition.Points]), ("", "")], cancel)
            : [];
        var input = await InputAsync(db, round, definition, now, cancel);
        return corrected is null ? DisclosurePass.CubeOf(input, earlier, matched, new DisclosureRules()) : DisclosurePass.CorrectedCubeOf(corrected, input, earlier, matched, new DisclosureRules());
    }

    /// <summary>The cube of the version of a round that was published or shown to members last, withdrawn or not, for its numbers stand; null where nobody has seen any.</summary>
    public static async Task<Cube?> ShownAsync(SurveyDb db, int roundId, CancellationToken cancel) =>
        await ShownVersions.NewestAsync(db, roundId, cancel) is { } shown ? CubeJson.Read(shown.Cube) : null;

    private static async Task<RoundInput> InputAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, DateTime now, CancellationToken cancel) =>
        new(await TallyReader.ReadAsync(db, round, now, cancel), definition.Plan, definition.Questionnaire);

    private static List<(string Now, string Then)> Same(Comparability comparability, HashSet<string> keys) =>
        [.. comparability.Items.Where(i => i.IsComparable && i.LastKey is not null && keys.Contains(i.Key)).Select(i => (i.Key, i.LastKey!))];

    /// <summary>What an edition is written from beside its cube. <paramref name="version"/> is the number that stands in its files.</summary>
    public static async Task<EditionInput> InputOfAsync(
        SurveyDb db, SurveyRound round, RoundDefinition definition, Cube cube, int version, IReadOnlyList<VersionNote> changeLog, DateTime now, CancellationToken cancel)
    {
        var invited = await SentMails.InvitedAsync(db, round.Id, cancel);
        var reminders = await SentMails.RemindersAsync(db, round.Id, cancel);
        var (opened, closed) = DaysOf(round, now);
        var facts = new RoundFacts(
            round.Slug, round.IsSample, version, Day(now), opened, closed,
            [.. definition.ReportTexts.Keys.Order(StringComparer.Ordinal)],
            MedianMinutes: await EditorialSource.MedianMinutesAsync(db, round, cancel), InvitationsSent: invited > 0 ? invited : null, RemindersSent: reminders > 0 ? reminders : null);
        return new EditionInput(
            cube, definition.Plan, definition.Questionnaire, definition.Network, GeographyOf(definition.Regions), facts,
            await QuotesAsync(db, round, cancel), await ListedAsync(db, round, definition, cancel), changeLog,
            PictureOf(definition, definition.Network.Logo),
            [.. definition.Network.Funders.Select(f => PictureOf(definition, f.Logo)).OfType<EditionPicture>()])
        {
            Reviewers = await db.TranslationReviews.AsNoTracking().ToDictionaryAsync(r => r.Language, r => new TranslationReviewer(r.Name, r.Organisation, r.Day), StringComparer.Ordinal, cancel),
            Editorial = await EditorialSource.OfAsync(db, round.Id, cancel),
        };
    }

    /// <summary>
    /// The first and the last day of answering as printed. It is over when the office closed the round or its last moment has passed, and the last day is the
    /// earlier of the two. Of a round that was entered after its last day only the days that were set are true.
    /// </summary>
    internal static (DateOnly? Opened, DateOnly? Closed) DaysOf(SurveyRound round, DateTime now)
    {
        DateOnly? byHand = round.ClosedAt is { } closedAt ? Day(closedAt) : null;
        DateOnly? byDate = round.ClosesOn ?? (round.ClosesAt is { } closesAt ? Day(closesAt) : null);
        var closed = byHand is not null || round.ClosesAt <= now ? (byDate < byHand ? byDate : byHand ?? byDate) : null;
        // A day begins where it begins first, and that is the day before in UTC: who opened at that moment opened on the day that was set.
        DateOnly? opened = round.OpenedAt is not { } openedAt ? round.OpensOn
            : round.OpensOn is { } set && Day(openedAt) < set && openedAt >= SurveyRound.StartOfDayAnywhere(set) ? set : Day(openedAt);
        return (opened > closed ? round.OpensOn ?? opened : opened, closed);
    }

    // The alternative text differs by language: the content builder takes it from the network.
    private static EditionPicture? PictureOf(RoundDefinition definition, Logo? logo) =>
        logo is not null && definition.Pictures.TryGetValue(logo.File, out var picture) ? new EditionPicture(picture.MediaType, picture.Bytes.ToArray(), "") : null;

    private static DateOnly Day(DateTime moment) => DateOnly.FromDateTime(moment);

    internal static EditionGeography GeographyOf(RegionScheme scheme) => new(
        [.. scheme.Regions.Select(r => new EditionRegion(r.Slug, r.Title,
            [.. scheme.Countries.Where(c => c.Region.Slug == r.Slug && !c.IsGlobal).Select(c => new EditionCountry(c.Code, c.Name))], r.ShortTitle))],
        [.. scheme.Notes.Where(n => n.Kind is not PlaceNoteKind.Map).Select(n => new GeographyNote(n.Countries, n.Text, n.Kind is PlaceNoteKind.Naming))],
        scheme.Notes.FirstOrDefault(n => n.Kind is PlaceNoteKind.Map)?.Text);

    private static async Task<IReadOnlyList<EditionQuote>> QuotesAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        var shared = await (
            from response in Counted(db, round)
            join invitation in db.Invitations on response.InvitationId equals invitation.Id
            group 1 by new { invitation.Region, invitation.Type } into same
            select new { same.Key.Region, same.Key.Type, Count = same.Count() }).ToDictionaryAsync(s => (s.Region, s.Type), s => s.Count, cancel);
        var inLanguage = await (
            from response in Counted(db, round)
            join invitation in db.Invitations on response.InvitationId equals invitation.Id
            group 1 by new { invitation.Region, response.Language } into same
            select new { same.Key.Region, same.Key.Language, Count = same.Count() }).ToDictionaryAsync(s => (s.Region, s.Language), s => s.Count, cancel);
        var translations = (await Translations(db, round).ToListAsync(cancel)).ToLookup(t => t.QuoteId);
        return
        [
            .. (await MayBeQuoted(db, round).ToListAsync(cancel)).Select(q => new EditionQuote(
                q.Point, q.Text, q.Language, q.Consent is QuoteConsent.WithName ? q.Name : null, q.Region, q.Type, shared.GetValueOrDefault((q.Region, q.Type)),
                translations[q.Id].Where(t => t.Of == q.Text).ToDictionary(t => t.Language, t => t.Text, StringComparer.Ordinal)) { QuoteId = q.Id, SharedLanguage = inLanguage.GetValueOrDefault((q.Region, q.Language)) }),
        ];
    }

    private static async Task<IReadOnlyList<ListedOrganisation>> ListedAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, CancellationToken cancel) =>
        [.. (await MayBeListed(db, round, definition).ToListAsync(cancel)).OrderBy(a => FoldedText.SortKey(a.Name), StringComparer.Ordinal)
            .Select(a => new ListedOrganisation(a.Name, a.Country == Country.GlobalCode ? "" : a.Country) { OrganisationId = a.OrganisationId })];

    /// <summary>Whom an edition of the round may quote and list now, in the form in which a version keeps what it mentions.</summary>
    internal static async Task<IReadOnlyList<Mention>> MentionsAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, CancellationToken cancel)
    {
        return
        [
            .. await QuotedAsync(db, round, cancel),
            .. (await MayBeListed(db, round, definition).Select(a => a.OrganisationId).ToListAsync(cancel)).Select(o => new Mention(MentionKind.Listed, o, null, "")),
        ];
    }

    private static async Task<IReadOnlyList<Mention>> QuotedAsync(SurveyDb db, SurveyRound round, CancellationToken cancel)
    {
        var translations = (await Translations(db, round).ToListAsync(cancel)).ToLookup(t => t.QuoteId);
        return
        [
            .. from quote in await MayBeQuoted(db, round).ToListAsync(cancel)
               from words in translations[quote.Id].Where(t => t.Of == quote.Text).Select(t => t.Text).Prepend(quote.Text).Distinct(StringComparer.Ordinal)
               select new Mention(quote.Consent is QuoteConsent.WithName ? MentionKind.QuotedByName : MentionKind.Quoted, quote.OrganisationId, quote.Id, HashOf(words)),
        ];
    }

    /// <summary>
    /// What a version mentions and an edition of its round may no longer print so. Words that may be printed with the name may be printed without it. Asked for each page of the web:
    /// of the listings, which may be all members, the database gives only those that lapsed.
    /// </summary>
    internal static async Task<IReadOnlyList<EditionMention>> LapsedAsync(SurveyDb db, SurveyRound round, RoundDefinition definition, int versionId, CancellationToken cancel)
    {
        // Worked out once for the whole list, not for each of its members.
        var listed = MayBeListed(db, round, definition).Select(l => l.OrganisationId);
        var lapsed = await db.EditionMentions.AsNoTracking().Where(m => m.EditionVersionId == versionId && m.Kind == MentionKind.Listed && !listed.Contains(m.OrganisationId)).ToListAsync(cancel);
        var quoted = await db.EditionMentions.AsNoTracking().Where(m => m.EditionVersionId == versionId && m.Kind != MentionKind.Listed).ToListAsync(cancel);
        if (quoted.Count == 0)
        {
            return lapsed;
        }

        var allowed = (await QuotedAsync(db, round, cancel)).ToHashSet();
        return [.. lapsed, .. quoted.Where(m => !IsAllowed(new(m.Kind, m.OrganisationId, m.QuoteId, m.TextHash), allowed))];
    }

    /// <summary>Printed words as a mention keeps them.</summary>
    internal static string HashOf(string words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)));

    private static bool IsAllowed(Mention mention, HashSet<Mention> allowed) =>
        allowed.Contains(mention) || (mention.Kind is MentionKind.Quoted && allowed.Contains(mention with { Kind = MentionKind.QuotedByName }));

    private static IQueryable<SurveyResponse> Counted(SurveyDb db, SurveyRound round) =>
        db.Responses.Where(r => r.RoundId == round.Id && r.Version > 0 && r.Review != ReviewState.SetAside);

    private static IQueryable<QuoteTranslation> Translations(SurveyDb db, SurveyRound round) =>
        db.QuoteTranslations.AsNoTracking().Where(t => db.Quotes.Any(q => q.Id == t.QuoteId && q.RoundId == round.Id && q.Review == QuoteReview.Approved)).OrderBy(t => t.QuoteId).ThenBy(t => t.Language);

    private static IQueryable<QuoteRow> MayBeQuoted(SurveyDb db, SurveyRound round) =>
        from quote in db.Quotes.AsNoTracking()
        where quote.RoundId == round.Id && quote.Review == QuoteReview.Approved
        join response in Counted(db, round) on quote.ResponseId equals response.Id
        join invitation in db.Invitations.ThatMayBeNamed() on response.InvitationId equals invitation.Id
        orderby quote.Point, quote.Id
        select new QuoteRow
        {
            Id = quote.Id,
            OrganisationId = invitation.OrganisationId,
            Point = quote.Point,
            Text = quote.Shortened ?? quote.Text,
            Language = quote.Language,
            Consent = quote.Consent,
            Name = invitation.Name,
            Region = invitation.Region,
            Type = invitation.Type,
        };

    private static IQueryable<ListedRow> MayBeListed(SurveyDb db, SurveyRound round, RoundDefinition definition)
    {
        // Without the question nobody was asked, and nobody is listed.
        var question = definition.Questionnaire.WithRole(QuestionRole.Listing)?.Key ?? "";
        return
            // By response: asked for a page of the web too, it must not read all answers of the round.
            from response in Counted(db, round)
            where question != "" && db.Answers.Any(a => a.ResponseId == response.Id && a.Point == "" && a.Question == question && a.Choice == ListingCodes.Yes)
            join invitation in db.Invitations.ThatMayBeNamed() on response.InvitationId equals invitation.Id
            select new ListedRow { OrganisationId = invitation.OrganisationId, Name = invitation.Name, Country = invitation.Country };
    }

    private sealed record QuoteRow
    {
        public required long Id { get; init; }
        public required int OrganisationId { get; init; }
        public required string Point { get; init; }
        public required string Text { get; init; }
        public required string Language { get; init; }
        public required QuoteConsent Consent { get; init; }
        public required string Name { get; init; }
        public required string Region { get; init; }
        public required string Type { get; init; }
    }

    private sealed record ListedRow
    {
        public required int OrganisationId { get; init; }
        public required string Name { get; init; }
        public required string Country { get; init; }
    }

    /// <summary>A mention by its value: one that a version keeps holds as long as an equal one may be made.</summary>
    internal sealed record Mention(MentionKind Kind, int OrganisationId, long? QuoteId, string TextHash);
}
