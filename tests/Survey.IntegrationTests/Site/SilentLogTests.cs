using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Survey.Testing;
using Survey.Testing.Site;
using Survey.Web;
using Survey.Web.Hosting;

namespace Survey.IntegrationTests.Site;

/// <summary>The log of the host as it is shipped, with our own categories opened to the last detail: it never holds a link's token, an answer, or a member's name or address.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class SilentLogTests(DatabaseKind kind)
{
    private const string Secret = "Zitronenfalter", Name = "Quittengelee International";

    [Test]
    public async Task Nothing_of_a_token_or_an_answer_is_in_the_log()
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        string token;
        await using (var db = database.Open())
        {
            token = await SampleRound.InviteAsync(db, await SampleRound.AddAsync(db), Name);
        }

        using var log = new CollectedLog();
        // As an operator writes it: the tests' own string asks PostgreSQL for the values of rows in its errors.
        var connection = database.Connection.Replace("Include Error Detail=true;", "", StringComparison.Ordinal);
        await using var app = await Web.Hosting.SiteHost.BuildAsync(new Installation(Repository.Root, Repository.Templates, connection), ServeRole.Web, ["http://127.0.0.1:0"], new SetClock(Testing.Site.SiteHost.Start),
            services => services.AddLogging(l => l.ClearProviders().AddProvider(log).AddFilter("Survey", LogLevel.Trace)));
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        using var member = new HttpClient { BaseAddress = address };
        await member.GetAsync("/a/wrong-" + Secret);
        var root = (await SeenPage.GetAsync(member, $"/a/{token}")).Path;
        var page = await SeenPage.GetAsync(member, $"{root}/q/points/diaspora");
        await Autosave.SendAsync(member, page, null, ("q-work", "directly"), ("q-example", Secret));
        await Autosave.SendAsync(member, page, null, ("q-work", "directly"), ("q-example", Secret + " stale"));
        await Autosave.SendAsync(member, page, null, ("q-work", Secret), ("form", Secret));
        await Autosave.SendAsync(member, page, null, ("q-example", Secret + new string('x', 2000)));
        await Autosave.SendAsync(member, page, null, ("q-example", Secret + new string('x', 300_000)));
        await page.SendAsync("answers", ("q-work", Secret), ("then", "next"));
        await page.SendAsync("answers", ("q-example", Secret), ("form", Secret), ("then", "next"));
        Assert.That(log.Lines.Where(l => l.Contains("rror", StringComparison.Ordinal)), Is.Empty, "What a person can put right is no error of ours.");

        // Now the database fails.
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"DraftAnswers\" RENAME TO \"Elsewhere\"");
        }

        using var content = new FormUrlEncodedContent(Autosave.Fields(page, null, ("q-work", "directly"), ("q-example", Secret + " lost")));
        Assert.That((int)(await member.PostAsync(new Uri(Autosave.AddressOf(page.Path), UriKind.Relative), content)).StatusCode, Is.EqualTo(500));
        Assert.That((int)(await page.SendAsync("answers", ("q-example", Secret), ("then", "next"))).Status, Is.EqualTo(500));
        await app.StopAsync();
        Assert.That(log.Lines, Has.Some.Contains("Elsewhere").Or.Some.Contains("DraftAnswers"), "The log says what failed.");
        foreach (var secret in new[] { Secret, token, Domain.Invitations.PersonalLink.Hash(token), Name })
        {
            Assert.That(log.Lines.Where(l => l.Contains(secret, StringComparison.OrdinalIgnoreCase)), Is.Empty, secret);
        }
    }

    /// <summary>Every line that is logged, with its exception and the values of its places.</summary>
    private sealed class CollectedLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Collector(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Collector(CollectedLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                log.Lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {(state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(", ", values) : "")} {exception}");
        }
    }
}
