using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Offices;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>The office shortens quotes with marks and rejects them with a reason.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class QuoteWordsTests(DatabaseKind kind) : FreshRoundFixture(kind)
{
    [Test]
    public async Task The_report_prints_the_shorter_words_and_the_members_own_are_kept()
    {
        await using var db = site.Open();
        var token = await SampleRound.InviteAsync(db, round);
        var member = site.Visitor();
        var check = await SampleAnswers.GiveAsync(member, token, "In Dakar we trained forty women.");
        var root = check.Path[..check.Path.LastIndexOf('/')];
        await (await SeenPage.GetAsync(member, $"{root}/q/points/protection")).SendAsync("answers", ("q-consent", "anonymous"), ("then", "next"));
        await (await SeenPage.GetAsync(member, $"{root}/check")).SendAsync("send");
        var quote = await db.Quotes.AsNoTracking().SingleAsync();
        var editor = site.Visitor();
        await OfficePeople.SetUpAsync(editor, await OfficePeople.AddAsync(db, "editor@office.example", OfficeRoles.Editor));

        var page = await SeenPage.GetAsync(editor, "/office/quotes");
        var wrong = await page.SendAsync($"shorten-{quote.Id}", ("cut", "[...] we trained fifty women."));
        Assert.That((wrong.Status, await db.Quotes.Select(q => q.Shortened).SingleAsync()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, (string?)null)));
        Assert.That(wrong.Words, Does.Contain("Only leave words out").And.Contain("we trained fifty women"), "What was typed is still there.");
        var cut = await wrong.SendAsync($"shorten-{quote.Id}", ("cut", "[...] we trained forty women."));
        Assert.That(cut.Words, Does.Contain("As the report prints it […] we trained forty women."), cut.Words);
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

        async Task<IEnumerable<string>> PrintedAsync()
        {
            await using var reading = site.Open();
            var stored = await reading.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync();
            var definition = RoundDefinition.Of(stored);
            var cube = await EditionSource.CubeAsync(reading, stored, definition, SiteHost.Start.UtcDateTime, CancellationToken.None);
            return (await EditionSource.InputOfAsync(reading, stored, definition, cube, 1, [], SiteHost.Start.UtcDateTime, CancellationToken.None)).Quotes.Select(q => q.Text);
        }
    }
}
