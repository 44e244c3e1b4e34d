using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Editions;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The office shortens quotes with marks, translates them, and rejects them with a reason.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class QuoteWordsTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    [Test]
    public async Task The_report_prints_the_shorter_words_and_the_members_own_are_kept()
    {
        await using var db = site.Open();
        var (member, root, editor, quote) = await QuotedAsync(db);

        var page = await SeenPage.GetAsync(editor, "/office/quotes");
        var wrong = await page.SendAsync($"shorten-{quote.Id}", ("cut", "[...] we trained fifty women."));
        Assert.That((wrong.Status, await db.Quotes.Select(q => q.Shortened).SingleAsync()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, (string?)null)));
        Assert.That(wrong.Words, Does.Contain("Only leave words out").And.Contain("we trained fifty women"), "What was typed is still there.");
        var cut = await wrong.SendAsync($"shorten-{quote.Id}", ("cut", "[...] we trained forty women."));
        Assert.That(cut.Words, Does.Contain("As the report prints it […] we trained forty women."), cut.Words);
        await page.SendAsync("/office/quotes", ("review", nameof(QuoteReview.Approved)));
        Assert.That(await db.Quotes.Select(q => q.Review).SingleAsync(), Is.EqualTo(QuoteReview.Pending), "A colleague's cut was not on that page.");
        await cut.SendAsync("/office/quotes", ("review", nameof(QuoteReview.Approved)));
        Assert.That(await PrintedAsync(), Is.EqualTo(new[] { "[…] we trained forty women." }));
        Assert.That((await db.Quotes.AsNoTracking().SingleAsync()).Text, Is.EqualTo("In Dakar we trained forty women."));

        // Other words of the member: the cut goes with the old ones.
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-example", "We trained fifty."), ("then", "next"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That(await db.Quotes.AsNoTracking().Select(q => new { q.Shortened, q.Review }).SingleAsync(), Is.EqualTo(new { Shortened = (string?)null, Review = QuoteReview.Pending }));
        var refused = await cut.SendAsync($"shorten-{quote.Id}", ("cut", "[…] we trained forty women."));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict), "These are not the words that were on the page.");

        var lacking = await refused.SendAsync($"reject-{quote.Id}", ("review", nameof(QuoteReview.Rejected)), ("reason", " "));
        Assert.That((lacking.Status, await db.Quotes.Select(q => q.Review).SingleAsync()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, QuoteReview.Pending)));
        await lacking.SendAsync($"reject-{quote.Id}", ("review", nameof(QuoteReview.Rejected)), ("reason", "Says too little"));
        Assert.That((await SeenPage.GetAsync(editor, "/office/quotes?show=Rejected")).Words, Does.Contain("Rejected: Says too little"));
        Assert.That(await PrintedAsync(), Is.Empty);

        async Task<IEnumerable<string>> PrintedAsync() => (await QuotesAsync()).Select(q => q.Text);
    }

    [Test]
    public async Task A_translation_is_printed_in_its_language_until_the_words_it_was_made_from_change()
    {
        await using var db = site.Open();
        var (member, root, editor, quote) = await QuotedAsync(db);
        await (await SeenPage.GetAsync(editor, "/office/quotes")).SendAsync("/office/quotes", ("review", nameof(QuoteReview.Approved)));

        var page = await SeenPage.GetAsync(editor, "/office/quotes?show=Approved");
        var tooLong = await page.SendAsync($"translation-fr-{quote.Id}", ("words", new string('é', 3001)));
        Assert.That((tooLong.Status, await db.QuoteTranslations.CountAsync()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, 0)));
        await page.SendAsync($"translation-fr-{quote.Id}", ("words", "À Dakar, nous avons formé quarante femmes."));
        Assert.That((await QuotesAsync()).Single().Translations, Is.EqualTo(new Dictionary<string, string> { ["fr"] = "À Dakar, nous avons formé quarante femmes." }));

        // The office cuts the words: the translation says more than they do now.
        await (await SeenPage.GetAsync(editor, "/office/quotes?show=Approved")).SendAsync($"shorten-{quote.Id}", ("cut", "[…] we trained forty women."));
        Assert.That((await QuotesAsync()).Single().Translations, Is.Empty);
        var outdated = await SeenPage.GetAsync(editor, "/office/quotes?show=Approved");
        Assert.That(outdated.Words, Does.Contain("out of date").And.Contain("À Dakar, nous avons formé quarante femmes."), "What was translated is there to be shortened too.");
        Assert.That((await page.SendAsync($"translation-fr-{quote.Id}", ("words", "Encore une fois"))).Status, Is.EqualTo(HttpStatusCode.Conflict), "A translation of words that are no longer printed.");
        await outdated.SendAsync($"translation-fr-{quote.Id}", ("words", "[…] nous avons formé quarante femmes."));
        Assert.That((await QuotesAsync()).Single().Translations.Values, Is.EqualTo(new[] { "[…] nous avons formé quarante femmes." }));

        // Written in English, sent from an Arabic page: the office says what it is, and a translation into that language is one no more.
        await db.Quotes.ExecuteUpdateAsync(q => q.SetProperty(x => x.Language, "ar"));
        await (await SeenPage.GetAsync(editor, "/office/quotes?show=Approved")).SendAsync($"language-{quote.Id}", ("language", "en"));
        var corrected = (await QuotesAsync()).Single();
        Assert.That((corrected.Language, corrected.Translations.Count), Is.EqualTo(("en", 1)));
        await (await SeenPage.GetAsync(editor, "/office/quotes?show=Approved")).SendAsync($"language-{quote.Id}", ("language", "fr"));
        Assert.That((await QuotesAsync()).Single().Translations, Is.Empty);
        await (await SeenPage.GetAsync(editor, "/office/quotes?show=Approved")).SendAsync($"language-{quote.Id}", ("language", "en"));
        await (await SeenPage.GetAsync(editor, "/office/quotes?show=Approved")).SendAsync($"translation-fr-{quote.Id}", ("words", "[…] nous avons formé quarante femmes."));

        // The member takes the consent back: the translation is gone from the database too.
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-consent", "no-quote"), ("then", "next"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        Assert.That((await db.Quotes.CountAsync(), await db.QuoteTranslations.CountAsync()), Is.EqualTo((0, 0)));
    }

    /// <summary>A member whose words may be quoted without its name, the address of its response, an editor, and the quote.</summary>
    private async Task<(HttpClient Member, string Root, HttpClient Editor, Quote Quote)> QuotedAsync(SurveyDb db)
    {
        var (member, editor) = (site.Visitor(), site.Visitor());
        var check = await SampleAnswers.GiveAsync(member, await SampleRound.InviteAsync(db, round), "In Dakar we trained forty women.");
        var root = check.Path[..check.Path.LastIndexOf('/')];
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-consent", "anonymous"), ("then", "next"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        await OfficePeople.SetUpAsync(editor, await OfficePeople.AddAsync(db, "editor@office.example", OfficeRoles.Editor));
        return (member, root, editor, await db.Quotes.AsNoTracking().SingleAsync());
    }

    private async Task<IReadOnlyList<EditionQuote>> QuotesAsync()
    {
        await using var reading = site.Open();
        var stored = await reading.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync();
        var definition = RoundDefinition.Of(stored);
        var cube = await EditionSource.CubeAsync(reading, stored, definition, SiteHost.Start.UtcDateTime, CancellationToken.None);
        return (await EditionSource.InputOfAsync(reading, stored, definition, cube, 1, [], SiteHost.Start.UtcDateTime, CancellationToken.None)).Quotes;
    }
}
