using Microsoft.EntityFrameworkCore;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Jobs;

/// <summary>The life of a report run in its row: asked for once, worked by one at a time, taken again when silent, given up after three attempts.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class ReportRunsTests(DatabaseKind kind) : RunFixture(kind)
{
    private static readonly TimeSpan Silent = ReportRuns.Silence + TimeSpan.FromSeconds(1);

    [Test]
    public async Task A_second_request_finds_the_first()
    {
        var first = await RequestAsync();
        Assert.That(await RequestAsync(), Is.EqualTo(first), "while it is queued");
        await TakenAsync();
        Assert.That(await RequestAsync(), Is.EqualTo(first), "while it runs");
        Assert.That(await RequestAsync("fr"), Is.Not.EqualTo(first), "other languages are another report");
        await using var db = Database.Open();
        var jobs = await ReportRuns.RequestAsync(db, new ReportWish(Round.Id, ["en"], ReportRuns.ByJob), Clock.GetUtcNow().UtcDateTime);
        Assert.That((jobs == first, jobs == await ReportRuns.RequestAsync(db, new ReportWish(Round.Id, ["en"], ReportRuns.ByJob), Clock.GetUtcNow().UtcDateTime)), Is.EqualTo((false, true)), "the job's comes out by itself: it is nobody else's");
    }

    [Test]
    public async Task Requests_at_the_same_moment_make_one_run()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RequestAsync())));
        Assert.That(ids.Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public async Task A_request_after_the_end_starts_anew()
    {
        var first = await RequestAsync();
        var attempt = await TakenAsync();
        await attempt.SucceedAsync(db => StoreAsync(db, first), CancellationToken.None);
        Assert.That(await RequestAsync(), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Taking_starts_the_first_attempt()
    {
        var id = await RequestAsync();
        var attempt = await TakenAsync();
        var run = await RunAsync(id);
        Assert.That((attempt.RunId, attempt.Number, run.State, run.Attempt, run.StartedAt, run.HeartbeatAt),
            Is.EqualTo((id, 1, RunState.Running, 1, (DateTime?)Clock.GetUtcNow().UtcDateTime, (DateTime?)Clock.GetUtcNow().UtcDateTime)));
        Assert.That(await TakeAsync(), Is.Null, "nobody else takes it");
    }

    [Test]
    public async Task Takers_at_the_same_moment_share_the_runs_out()
    {
        var ids = new[] { await RequestAsync("en"), await RequestAsync("fr"), await RequestAsync("es") };
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(TakeAsync)));
        Assert.That(taken.Where(t => t is not null).Select(t => (t!.RunId, t.Number)), Is.EquivalentTo(ids.Select(id => (id, 1))));
    }

    [Test]
    public async Task A_sign_of_life_keeps_the_run()
    {
        var id = await RequestAsync();
        var attempt = await TakenAsync();
        Clock.Move(ReportRuns.Silence - TimeSpan.FromSeconds(1));
        await attempt.ReportAsync(40, "typesetting", CancellationToken.None);
        Clock.Move(ReportRuns.Silence - TimeSpan.FromSeconds(1));
        Assert.That(await TakeAsync(), Is.Null);
        var run = await RunAsync(id);
        Assert.That((run.Percent, run.Step), Is.EqualTo((40, "typesetting")));
    }

    [Test]
    public async Task A_silent_run_is_taken_again_and_the_first_worker_can_write_nothing_more()
    {
        var id = await RequestAsync();
        var first = await TakenAsync();
        Clock.Move(Silent);
        var second = await TakenAsync();
        Assert.That((second.RunId, second.Number), Is.EqualTo((id, 2)));

        await Assert.ThrowsAsync<RunTakenException>(() => first.ReportAsync(90, "saving", CancellationToken.None));
        await Assert.ThrowsAsync<RunTakenException>(() => first.SucceedAsync(db => StoreAsync(db, id), CancellationToken.None));
        await first.FailAsync("too late", isFinal: true);
        await first.CancelledAsync();
        var run = await RunAsync(id);
        Assert.That((run.State, run.Attempt, run.Percent, run.Error, await VersionsAsync()), Is.EqualTo((RunState.Running, 2, 0, (string?)null, 0)));

        await second.SucceedAsync(db => StoreAsync(db, id), CancellationToken.None);
        run = await RunAsync(id);
        Assert.That((run.State, run.Percent, run.EditionVersionId is not null, await VersionsAsync()), Is.EqualTo((RunState.Succeeded, 100, true, 1)));
        await Assert.ThrowsAsync<RunTakenException>(() => second.SucceedAsync(db => StoreAsync(db, id), CancellationToken.None), "a run ends once");
    }

    [Test]
    public async Task After_three_silent_attempts_the_run_stops_with_its_reason()
    {
        var id = await RequestAsync();
        for (var attempt = 1; attempt <= ReportRun.MostAttempts; attempt++)
        {
            Assert.That((await TakenAsync()).Number, Is.EqualTo(attempt));
            Clock.Move(Silent);
        }

        Assert.That(await TakeAsync(), Is.Null);
        var run = await RunAsync(id);
        Assert.That((run.State, run.EndedAt), Is.EqualTo((RunState.Failed, (DateTime?)Clock.GetUtcNow().UtcDateTime)));
        Assert.That(run.Error, Does.Contain("started three times"));
    }

    [Test]
    public async Task A_run_cancelled_before_it_began_is_never_worked()
    {
        var id = await RequestAsync();
        await CancelAsync(id);
        Assert.That(await TakeAsync(), Is.Null);
        Assert.That((await RunAsync(id)).State, Is.EqualTo(RunState.Cancelled));
        Assert.That(await RequestAsync(), Is.Not.EqualTo(id));
    }

    [Test]
    public async Task A_run_cancelled_while_it_works_stops_at_its_next_step()
    {
        var id = await RequestAsync();
        var attempt = await TakenAsync();
        await CancelAsync(id);
        await Assert.ThrowsAsync<OperationCanceledException>(() => attempt.ReportAsync(15, "typesetting", CancellationToken.None));
        Assert.That(await Build.RunAsync(attempt, null, CancellationToken.None), Is.False);
        var run = await RunAsync(id);
        Assert.That((run.State, run.Error, run.EndedAt is not null), Is.EqualTo((RunState.Cancelled, (string?)null, true)));
    }

    [Test]
    public async Task A_cancelled_run_whose_worker_died_is_not_taken_again()
    {
        var id = await RequestAsync();
        await TakenAsync();
        await CancelAsync(id);
        Clock.Move(Silent);
        Assert.That(await TakeAsync(), Is.Null);
        Assert.That((await RunAsync(id)).State, Is.EqualTo(RunState.Cancelled));
    }

    [Test]
    public async Task A_store_that_fails_stores_nothing_and_the_run_tries_three_times()
    {
        var id = await RequestAsync();
        for (var attempt = 1; attempt <= ReportRun.MostAttempts; attempt++)
        {
            var mine = await TakenAsync();
            await Assert.ThrowsAsync<IOException>(() => mine.SucceedAsync(async db =>
            {
                await StoreAsync(db, id);
                throw new IOException("The disk is full.");
            }, CancellationToken.None));
            Assert.That(((await RunAsync(id)).State, await VersionsAsync()), Is.EqualTo((RunState.Running, 0)), "both or neither");
            await mine.FailAsync("The disk is full.", isFinal: false);
            var run = await RunAsync(id);
            Assert.That((run.State, run.Attempt, run.Error), Is.EqualTo((attempt < 3 ? RunState.Queued : RunState.Failed, attempt, "The disk is full.")));
        }

        Assert.That(await TakeAsync(), Is.Null);
    }

    [Test]
    public async Task A_build_that_breaks_is_tried_three_times_and_says_why()
    {
        await using (var db = Database.Open())
        {
            await db.RoundTemplates.Where(t => t.Kind == TemplateKinds.Questionnaire).ExecuteUpdateAsync(s => s.SetProperty(t => t.Content, "nonsense"));
        }

        var id = await RequestAsync();
        for (var attempt = 1; attempt <= ReportRun.MostAttempts; attempt++)
        {
            Assert.That(await Build.RunAsync(await TakenAsync(), null, CancellationToken.None), Is.False);
            var run = await RunAsync(id);
            Assert.That((run.State, run.Attempt), Is.EqualTo((attempt < 3 ? RunState.Queued : RunState.Failed, attempt)));
            Assert.That(run.Error, Is.Not.Empty.And.Not.Contains("\n   at "));
        }
    }

    [Test]
    public async Task A_process_that_stops_puts_its_run_back()
    {
        var id = await RequestAsync();
        var attempt = await TakenAsync();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => Build.RunAsync(attempt, null, stopped.Token));
        var run = await RunAsync(id);
        Assert.That((run.State, run.Attempt, run.Error), Is.EqualTo((RunState.Queued, 0, (string?)null)), "stopping is no failed attempt");
        Assert.That((await TakenAsync()).Number, Is.EqualTo(1));
    }

    [Test]
    public async Task A_run_that_erasures_stop_begins_anew_and_has_not_failed()
    {
        var id = await RequestAsync();
        ReportAttempt stopped = null!;
        await using (var db = Database.Open())
        {
            for (var erasure = 0; erasure <= ReportRun.MostAttempts; erasure++)
            {
                stopped = await TakenAsync();
                await SampleRound.InviteAsync(db, Round, $"Quiet House {erasure}");
                var organisation = await db.Organisations.Where(o => o.Name == $"Quiet House {erasure}").Select(o => o.Id).SingleAsync();
                Assert.That(await Erasure.RunAsync(db, organisation, "office:1", null, Clock.GetUtcNow().UtcDateTime, default), Is.Not.Null);
                await Assert.ThrowsAsync<RunTakenException>(() => stopped.ReportAsync(15, "typesetting", CancellationToken.None));
            }
        }

        // It has the number of the one that was stopped, and the clock stands: still that one can write nothing.
        var last = await TakenAsync();
        Assert.That((stopped.Number, last.Number), Is.EqualTo((1, 1)));
        await Assert.ThrowsAsync<RunTakenException>(() => stopped.SucceedAsync(db => StoreAsync(db, id), CancellationToken.None));
        await stopped.FailAsync("too late", isFinal: true);
        Assert.That(((await RunAsync(id)).State, (await RunAsync(id)).Error, await VersionsAsync()), Is.EqualTo((RunState.Running, (string?)null, 0)));
        await last.SucceedAsync(db => StoreAsync(db, id), CancellationToken.None);
        Assert.That((await RunAsync(id)).State, Is.EqualTo(RunState.Succeeded));
    }

    [Test]
    public async Task A_stopped_command_cancels_its_run()
    {
        var attempt = await ReportRuns.BeginHereAsync(Contexts, Clock, new ReportWish(Round.Id, ["en"], ReportRuns.ByCommand), CancellationToken.None);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => Build.RunAsync(attempt, null, stopped.Token));
        Assert.That((await RunAsync(attempt.RunId)).State, Is.EqualTo(RunState.Cancelled));
    }

    [Test]
    public async Task A_command_s_run_is_never_taken_up_by_a_server()
    {
        var failing = await ReportRuns.BeginHereAsync(Contexts, Clock, new ReportWish(Round.Id, ["en"], ReportRuns.ByCommand), CancellationToken.None);
        await failing.FailAsync("The disk is full.", isFinal: false);
        var silent = await ReportRuns.BeginHereAsync(Contexts, Clock, new ReportWish(Round.Id, ["en"], ReportRuns.ByCommand), CancellationToken.None);
        Clock.Move(Silent);
        Assert.That(await TakeAsync(), Is.Null);
        Assert.That(((await RunAsync(failing.RunId)).State, (await RunAsync(silent.RunId)).State), Is.EqualTo((RunState.Failed, RunState.Failed)));
    }

    [Test]
    public async Task A_sign_of_life_that_cannot_be_written_breaks_nothing()
    {
        var missed = new TaskCompletionSource<Exception>();
        using var end = new CancellationTokenSource();
        var beat = new ReportAttempt(new NoContexts(), Clock, 1, 1, Clock.GetUtcNow().UtcDateTime).BeatAsync(end.Token, e => missed.TrySetResult(e));
        Assert.That((await missed.Task.WaitAsync(TimeSpan.FromSeconds(30))).Message, Is.EqualTo("The database is away."));
        await end.CancelAsync();
        await beat;
    }

    [Test]
    public async Task A_language_without_texts_is_refused_once_and_in_words()
    {
        var id = await RequestAsync("en", "fr");
        Assert.That(await Build.RunAsync(await TakenAsync(), null, CancellationToken.None), Is.False);
        var run = await RunAsync(id);
        Assert.That((run.State, run.Attempt), Is.EqualTo((RunState.Failed, 1)), "trying again cannot help");
        Assert.That(run.Error, Does.Contain("no report texts in 'en'"));
    }

    [Test]
    public async Task Without_Node_the_run_fails_in_words()
    {
        await using (var db = Database.Open())
        {
            var texts = await File.ReadAllTextAsync(Path.Combine(Repository.Templates, "report", "en.yaml"));
            var round = await db.Rounds.SingleAsync(r => r.Id == Round.Id);
            round.Templates.Add(RoundTemplate.Of(TemplateKinds.Report, "en", texts));
            await db.SaveChangesAsync();
        }

        var id = await RequestAsync();
        Assert.That(await Build.RunAsync(await TakenAsync(), null, CancellationToken.None), Is.False);
        var run = await RunAsync(id);
        Assert.That((run.State, run.Attempt, await VersionsAsync()), Is.EqualTo((RunState.Failed, 1, 0)));
        Assert.That(run.Error, Does.Contain("/nowhere/node").And.Contain("npm ci"));
    }

    [Test]
    public async Task Only_one_draft_with_a_number_is_published()
    {
        foreach (var language in new[] { "en", "fr" })
        {
            var id = await RequestAsync(language);
            await (await TakenAsync()).SucceedAsync(db => StoreAsync(db, id), CancellationToken.None);
        }

        await using var office = Database.Open();
        var drafts = await office.EditionVersions.OrderBy(v => v.Id).ToListAsync();
        drafts[0].Publish(Clock.GetUtcNow().UtcDateTime, "ada");
        await office.SaveChangesAsync();
        Assert.That((drafts[0].Number, drafts[0].PublishedBy, drafts[0].PublishedAt), Is.EqualTo(((int?)1, "ada", (DateTime?)Clock.GetUtcNow().UtcDateTime)));
        Assert.Throws<InvalidOperationException>(() => drafts[0].Publish(Clock.GetUtcNow().UtcDateTime, "eve"), "a version is published once");
        drafts[1].Publish(Clock.GetUtcNow().UtcDateTime, "eve");
        await Assert.ThrowsAsync<DbUpdateException>(() => office.SaveChangesAsync(), "its number is taken");
    }

    private async Task CancelAsync(long id)
    {
        await using var db = Database.Open();
        await ReportRuns.CancelAsync(db, id);
    }

    private sealed class NoContexts : IDbContextFactory<SurveyDb>
    {
        public SurveyDb CreateDbContext() => throw new IOException("The database is away.");
    }
}
