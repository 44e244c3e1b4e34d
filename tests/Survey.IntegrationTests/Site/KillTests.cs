using System.Net;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Site;

/// <summary>
/// The server as a process of its own is killed (SIGKILL) while several members type, at moments that a seed chooses, and started again. Durability is on: SQLite in
/// WAL with synchronous=FULL as always, PostgreSQL with fsync and synchronous_commit.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class KillTests(DatabaseKind kind)
{
    private const int Members = 6;
    private const int Kills = 3;

    [Test, CancelAfter(120_000)]
    public async Task Everything_acknowledged_is_there_after_a_kill_and_nothing_is_doubled(CancellationToken limit)
    {
        using var folder = new TestFolder();
        using var postgres = kind is DatabaseKind.Postgres ? await PostgresServer.StartAsync(isDurable: true) : null;
        var database = postgres?.Connection("postgres") ?? $"Data Source={folder.File("progress.db")}";
        var typists = new List<Typist>();
        await using (var db = StorageSetup.Open(database))
        {
            await StorageSetup.MigrateAsync(db, limit);
            var round = await SampleRound.AddAsync(db, closesOn: new DateOnly(2099, 12, 31)); // this server goes by the real clock
            for (var i = 0; i < Members; i++)
            {
                typists.Add(new($"Typist {i}", await SampleRound.InviteAsync(db, round, $"Typist {i}")));
            }
        }

        var moments = new Random(20261122);
        var server = await ServerProcess.StartAsync(database);
        foreach (var typist in typists)
        {
            await typist.OpenAsync(server.Address);
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            // The kill falls between this many acknowledged saves and the next, wherever the others are then.
            var left = moments.Next(20, 150);
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var typing = typists.Select(t => t.TypeAsync(Saved, limit)).ToList();
            await Task.WhenAny(enough.Task, Task.WhenAll(typing));
            await server.KillAsync();
            await Task.WhenAll(typing);
            void Saved()
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    enough.SetResult();
                }
            }

            await using (var db = StorageSetup.Open(database))
            {
                foreach (var typist in typists)
                {
                    var stored = await StoredAsync(db, typist.Name, limit);
                    Assert.That(stored, Is.AnyOf(typist.Acknowledged, typist.Acknowledged + 1), $"Kill {kill}: {typist.Name} was told {typist.Acknowledged}; one more may be stored and not told yet.");
                }
            }

            server = await ServerProcess.StartAsync(database, server.Address);
        }

        foreach (var typist in typists)
        {
            using var _ = typist;
            await typist.SayLastAsync(limit);
            // In a fresh browser, by the link alone.
            using var fresh = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
            var root = (await SeenPage.GetAsync(fresh, $"/a/{typist.Token}")).Path;
            Assert.That((await SeenPage.GetAsync(fresh, $"{root}/q/points/diaspora")).Fields("answers"), Does.Contain(KeyValuePair.Create("q-example", Typist.TextOf(typist.Acknowledged))));
        }

        await server.DisposeAsync();
        await using (var db = StorageSetup.Open(database))
        {
            var responses = await db.Responses.OrderBy(r => r.InvitationId).Select(r => r.Revision).ToListAsync(limit);
            Assert.That(responses, Is.EqualTo(typists.Select(t => (long)t.Acknowledged)), "One response each, and one change for each text: a save sent twice is stored once.");
            Assert.That(await db.DraftAnswers.CountAsync(limit), Is.EqualTo(2 * Members));
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    /// <summary>How many words of a member's text are stored.</summary>
    private static async Task<int> StoredAsync(SurveyDb db, string name, CancellationToken limit)
    {
        var text = await db.DraftAnswers.Where(a => a.Question == "example" && db.Responses.Any(r => r.Id == a.ResponseId && r.Invitation!.Name == name)).Select(a => a.Text).SingleOrDefaultAsync(limit);
        var words = text is null ? 0 : text.Split(' ').Length;
        Assert.That(text ?? "", Is.EqualTo(words == 0 ? "" : Typist.TextOf(words)), "No save is stored in part.");
        return words;
    }

    /// <summary>Types one word after the other into a point's example and saves after each; a save that was not answered is sent again as it was before a newer one.</summary>
    private sealed class Typist(string name, string token) : IDisposable
    {
        private HttpClient browser = null!;
        private SeenPage page = null!;
        private string? basedOn;

        public string Name => name;

        public string Token => token;

        /// <summary>Words of the last text that the server said is saved.</summary>
        public int Acknowledged { get; private set; }

        public static string TextOf(int words) => string.Join(' ', Enumerable.Range(1, words));

        public async Task OpenAsync(Uri address)
        {
            browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
            var root = (await SeenPage.GetAsync(browser, $"/a/{token}")).Path;
            page = await SeenPage.GetAsync(browser, $"{root}/q/points/diaspora");
        }

        /// <summary>Types until the server is gone.</summary>
        public async Task TypeAsync(Action acknowledged, CancellationToken stop)
        {
            try
            {
                // At most as many words as the field takes characters: 1,500.
                while (!stop.IsCancellationRequested && Acknowledged < 300)
                {
                    await SaveAsync();
                    acknowledged();
                }
            }
            catch (HttpRequestException)
            {
                // The server was killed.
            }
        }

        /// <summary>Sends what was not answered, and one word more.</summary>
        public async Task SayLastAsync(CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            await SaveAsync();
            await SaveAsync();
        }

        public void Dispose() => browser.Dispose();

        private async Task SaveAsync()
        {
            var save = await Autosave.SendAsync(browser, page, basedOn, ("q-work", "directly"), ("q-example", TextOf(Acknowledged + 1)));
            Assert.That(save.Status, Is.EqualTo(HttpStatusCode.OK), save.Answer.Code);
            basedOn = save.Answer.BasedOn;
            Acknowledged++;
        }
    }
}
