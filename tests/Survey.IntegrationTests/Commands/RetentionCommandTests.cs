using Microsoft.EntityFrameworkCore;
using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Commands;

/// <summary>What is due to be deleted is listed first, and deleted only when the command is told to.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class RetentionCommandTests(DatabaseKind kind) : CommandFixture(kind)
{
    [Test]
    public async Task It_lists_what_is_due_and_deletes_only_when_told_to()
    {
        await using var db = Database.Open();
        var round = await SampleRound.AddAsync(db);
        await SampleRound.InviteAsync(db, round);
        Assert.That(await SaidAsync("retention"), Is.EqualTo("Nothing is due."));
        (await db.Rounds.SingleAsync()).Close(new DateTime(2026, 5, 4, 8, 0, 0, DateTimeKind.Utc));
        await db.SaveChangesAsync();

        Clock.Move(new DateTime(2027, 4, 20, 0, 0, 0, DateTimeKind.Utc) - Clock.GetUtcNow().UtcDateTime);
        Assert.That(await SaidAsync("retention"), Is.EqualTo("due 2027-05-04: links of round 2026, 1"));
        Assert.That(await SaidAsync("retention", "--apply"), Is.EqualTo("Nothing is due."));
        Clock.Move(TimeSpan.FromDays(20));
        Assert.That(await SaidAsync("retention"), Is.EqualTo("due now: links of round 2026, 1"));
        Assert.That(await db.PersonalLinks.CountAsync(), Is.EqualTo(1), "Listing deletes nothing.");
        Assert.That(await SaidAsync("retention", "--apply"), Is.EqualTo("deleted: links of round 2026, 1"));
        Assert.That(await db.PersonalLinks.CountAsync(), Is.Zero);
        Assert.That(await db.AuditEntries.Where(a => a.Action == "retention.delete").Select(a => a.Actor + " " + a.Subject).SingleAsync(), Is.EqualTo("command round:2026/links"));
    }
}
