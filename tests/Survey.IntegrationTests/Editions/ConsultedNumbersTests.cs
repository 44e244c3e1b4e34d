using Microsoft.EntityFrameworkCore;
using Survey.Domain.Consultations;
using Survey.Testing;

namespace Survey.IntegrationTests.Editions;

/// <summary>Numbers that members have read in a draft stand like published ones: the next draft keeps them, whatever was corrected since, unless they are counted anew with a reason.</summary>
internal sealed class ConsultedNumbersTests
{
    [Test, CancelAfter(300_000)]
    public async Task A_draft_after_a_consultation_keeps_its_numbers(CancellationToken limit)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        using var folder = new TestFolder();
        var clock = new SetClock(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero));
        await RunAsync("demo", "--organisations", "60", "--rounds", "1");
        await RunAsync("round", "close", "latest");
        await RunAsync("report", "build", "latest", "--languages", "en", "--out", folder.Path);
        await using var db = database.Open();
        var first = await db.EditionVersions.AsNoTracking().SingleAsync(limit);
        var round = await db.Rounds.AsNoTracking().SingleAsync(limit);
        var now = clock.GetUtcNow().UtcDateTime;
        db.Consultations.Add(new Consultation { RoundId = round.Id, Number = 1, EditionVersionId = first.Id, LastVersionId = first.Id, ShownAt = now, OpenedAt = now, OpenedBy = "office:1", ClosesAt = now.AddDays(14) });
        await db.SaveChangesAsync(limit);

        // A third of the responses is gone: counted now, every number would be another.
        await db.Answers.Where(a => a.ResponseId % 3 == 0).ExecuteDeleteAsync(limit);
        await db.Responses.Where(r => r.Id % 3 == 0).ExecuteUpdateAsync(s => s.SetProperty(r => r.Review, Survey.Domain.Responses.ReviewState.SetAside), limit);
        await RunAsync("report", "build", "latest", "--languages", "en", "--out", folder.Path);
        var second = await db.EditionVersions.AsNoTracking().OrderBy(v => v.Id).LastAsync(limit);
        Assert.That((second.Id == first.Id, second.Number, second.Cube == first.Cube), Is.EqualTo((false, (int?)null, true)), "the numbers that members read");

        await RunAsync("report", "build", "latest", "--languages", "en", "--recount", "Answers were entered twice.", "--out", folder.Path);
        var third = await db.EditionVersions.AsNoTracking().OrderBy(v => v.Id).LastAsync(limit);
        Assert.That(third.Cube, Is.Not.EqualTo(first.Cube), "counted anew because somebody said why");

        async Task RunAsync(params string[] arguments)
        {
            var done = await CommandRun.OfAsync(clock, [.. arguments, "--database", database.Connection]);
            Assert.That(done.ExitCode, Is.Zero, done.Error + done.Output);
        }
    }
}
