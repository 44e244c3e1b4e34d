using Microsoft.EntityFrameworkCore;
using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Storage;

/// <summary>The store of drafts by itself: what happens to the saves beside one that fails, and to those in the queue when it stops.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class DraftStoreTests(DatabaseKind kind)
{
    private const int Organisations = 20;
    private TestDatabase database = null!;
    private SurveyRound round = null!;
    private Questionnaire questionnaire = null!;
    private List<int> invitations = [];

    [SetUp]
    public async Task MakeAsync()
    {
        database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();
        round = await SampleRound.AddAsync(db);
        for (var i = 0; i < Organisations; i++)
        {
            await SampleRound.InviteAsync(db, round, $"Organisation {i}");
        }

        questionnaire = RoundDefinition.Of(round).Questionnaire;
        invitations = await db.Invitations.OrderBy(i => i.Id).Select(i => i.Id).ToListAsync();
    }

    [TearDown]
    public async Task RemoveAsync() => await database.DisposeAsync();

    private DraftSave Save(int invitation, string text, string? basedOn = null) => new(
        SurveyResponse.PublicIdOf(round, invitation), invitation, round.Id, questionnaire, new DraftPart(questionnaire.Sections.Single(s => s.IsPerPoint), "diaspora"),
        new Dictionary<AnswerKey, AnswerValue> { [new("diaspora", "example")] = AnswerValue.OfText(text) }, basedOn, "en", SiteHost.Start.UtcDateTime);

    [Test]
    public async Task A_save_that_fails_fails_alone()
    {
        var store = StorageSetup.OpenDrafts(database.Connection);
        await using var _ = (IAsyncDisposable)store;
        const int Nobody = 1_000_000;
        var saves = invitations.SelectMany(i => new[] { store.SaveAsync(Save(i, $"Text of {i}"), CancellationToken.None), store.SaveAsync(Save(Nobody + i, "Of nobody"), CancellationToken.None) }).ToList();
        await Task.WhenAll(saves.Select(s => s.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.That(saves.Where((_, i) => i % 2 == 0).Select(s => s.Status), Is.All.EqualTo(TaskStatus.RanToCompletion));
        Assert.That(saves.Where((_, i) => i % 2 == 1).Select(s => s.Status), Is.All.EqualTo(TaskStatus.Faulted), "There is no such invitation.");
        await using var db = database.Open();
        Assert.That(await db.DraftAnswers.CountAsync(), Is.EqualTo(Organisations));
        Assert.That(await db.Responses.CountAsync(), Is.EqualTo(Organisations));
    }

    [Test]
    public async Task What_another_process_saved_meanwhile_is_seen_by_who_goes_on_typing()
    {
        IDraftStore here = StorageSetup.OpenDrafts(database.Connection), there = StorageSetup.OpenDrafts(database.Connection);
        await using var a = (IAsyncDisposable)here;
        await using var b = (IAsyncDisposable)there;
        var invitation = invitations[0];
        string? basedOn = null;
        for (var n = 0; n < 3; n++)
        {
            var saved = await here.SaveAsync(Save(invitation, $"Typed {n}", basedOn), CancellationToken.None);
            Assert.That(saved.Verdict, Is.EqualTo(DraftVerdict.Changed), $"Save {n}");
            basedOn = Save(invitation, "").Part.Fingerprint(saved.After);
        }

        var other = await there.SaveAsync(Save(invitation, "A colleague's"), CancellationToken.None);
        Assert.That(other.Verdict, Is.EqualTo(DraftVerdict.Changed));
        var late = await here.SaveAsync(Save(invitation, "Typed on", basedOn), CancellationToken.None);
        Assert.That(late.Verdict, Is.EqualTo(DraftVerdict.Stale), "The page was made before the colleague's words.");
        Assert.That(late.After.Find("diaspora", "example")?.Text, Is.EqualTo("A colleague's"));
        var again = await here.SaveAsync(Save(invitation, "A colleague's", basedOn), CancellationToken.None);
        Assert.That(again.Verdict, Is.EqualTo(DraftVerdict.NothingNew));
        await using var db = database.Open();
        Assert.That(await db.DraftAnswers.Select(d => d.Text).SingleAsync(), Is.EqualTo("A colleague's"));
        Assert.That(await db.Responses.Select(r => r.Revision).SingleAsync(), Is.EqualTo(4), "Every change raises it, and nothing else does.");
    }

    [Test]
    public async Task What_is_queued_when_it_stops_is_saved_first()
    {
        var store = StorageSetup.OpenDrafts(database.Connection);
        var saves = invitations.Select(i => store.SaveAsync(Save(i, "Last words"), CancellationToken.None)).ToList();
        if (kind is DatabaseKind.Sqlite)
        {
            await ((IAsyncDisposable)store).DisposeAsync();
            Assert.That(saves.Select(s => s.IsCompletedSuccessfully || s.Wait(TimeSpan.FromSeconds(10))), Is.All.True);
        }
        else
        {
            // Nothing queues there: each save is its own transaction.
            await Task.WhenAll(saves);
            await ((IAsyncDisposable)store).DisposeAsync();
        }

        await using var db = database.Open();
        Assert.That(await db.DraftAnswers.CountAsync(a => a.Text == "Last words"), Is.EqualTo(Organisations));
    }

    [Test]
    public async Task A_file_that_cannot_be_written_for_a_while_fails_its_saves_and_the_next_ones_are_stored()
    {
        var store = StorageSetup.OpenDrafts(database.Connection);
        await using var _ = (IAsyncDisposable)store;
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"DraftAnswers\" RENAME TO \"Elsewhere\"");
        Assert.That(async () => await store.SaveAsync(Save(invitations[0], "Too early"), CancellationToken.None), Throws.Exception);
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Elsewhere\" RENAME TO \"DraftAnswers\"");
        Assert.That((await store.SaveAsync(Save(invitations[0], "Again"), CancellationToken.None)).Verdict, Is.EqualTo(DraftVerdict.Changed));
        Assert.That(await db.DraftAnswers.Select(a => a.Text).ToListAsync(), Is.EqualTo(new[] { "Again" }));
    }
}
