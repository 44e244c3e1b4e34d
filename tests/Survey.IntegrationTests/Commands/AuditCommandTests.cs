using Microsoft.EntityFrameworkCore;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.IntegrationTests.Commands;

/// <summary>The chain of the audit log: whole under many writers, and nothing is changed in it unseen.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class AuditCommandTests(DatabaseKind kind) : CommandFixture(kind)
{
    private async Task WriteAsync(int many, string? details = "why")
    {
        await using var db = Database.Open();
        for (var i = 0; i < many; i++)
        {
            db.Record(Clock.GetUtcNow().UtcDateTime, "command", "round.open", $"round:{i}", details);
            await db.SaveChangesAsync();
        }
    }

    private async Task ChangeAsync(params string[] statements)
    {
        await using var db = Database.Open();
        foreach (var statement in statements)
        {
            Assert.That(await db.Database.ExecuteSqlRawAsync(statement), Is.Positive, statement);
        }
    }

    [Test]
    public async Task An_empty_log_is_whole() => Assert.That(await SaidAsync("audit", "verify"), Is.EqualTo("The audit log is empty."));

    [Test]
    public async Task Twenty_writers_at_once_make_one_chain_without_a_gap()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await using var db = Database.Open();
                db.Record(Clock.GetUtcNow().UtcDateTime, "command", "round.open", $"round:{w}-{i}", "one");
                db.Record(Clock.GetUtcNow().UtcDateTime, "command", "round.close", $"round:{w}-{i}");
                await db.SaveChangesAsync();
            }
        })));
        Assert.That(await SaidAsync("audit", "verify"), Does.StartWith("The chain of 200 entries is whole."));
        await using var seen = Database.Open();
        Assert.That(await seen.AuditEntries.OrderBy(e => e.Number).Select(e => e.Number).ToListAsync(), Is.EqualTo(Enumerable.Range(1, 200)));
    }

    [Test]
    public async Task What_is_rolled_back_leaves_no_gap()
    {
        await WriteAsync(1);
        await using (var db = Database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Record(Clock.GetUtcNow().UtcDateTime, "command", "round.open", "round:never");
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        await WriteAsync(1);
        Assert.That(await SaidAsync("audit", "verify"), Does.StartWith("The chain of 2 entries is whole."));
    }

    [Test]
    public async Task Erased_details_leave_the_chain_whole()
    {
        await WriteAsync(2);
        await ChangeAsync("""DELETE FROM "AuditDetails" """);
        Assert.That(await SaidAsync("audit", "verify"), Does.StartWith("The chain of 2 entries is whole."));
    }

    [TestCase("Entry 2 is not what was written", """UPDATE "AuditEntries" SET "Subject" = 'round:other' WHERE "Number" = 2""")]
    [TestCase("Entry 2 is not what was written", """UPDATE "AuditEntries" SET "DetailsHash" = NULL WHERE "Number" = 2""")]
    [TestCase("The details of entry 2", """UPDATE "AuditDetails" SET "Content" = 'because' WHERE "EntryId" = (SELECT "Id" FROM "AuditEntries" WHERE "Number" = 2)""")]
    [TestCase("Entry 2 is missing", """DELETE FROM "AuditEntries" WHERE "Number" = 2""")]
    [TestCase("entry 4 and what followed it were cut off", """DELETE FROM "AuditEntries" WHERE "Number" >= 4""")]
    [TestCase("Entry 1 is not what was written", """UPDATE "AuditEntries" SET "Number" = -1 WHERE "Number" = 1""", """UPDATE "AuditEntries" SET "Number" = 1 WHERE "Number" = 2""", """UPDATE "AuditEntries" SET "Number" = 2 WHERE "Number" = -1""")]
    [TestCase("was never part of the chain", """UPDATE "AuditEntries" SET "Number" = NULL WHERE "Number" = 3""")]
    public async Task What_is_changed_by_hand_is_found(string words, params string[] statements)
    {
        await WriteAsync(4);
        await ChangeAsync(statements);
        Assert.That(await RefusedAsync(1, "audit", "verify"), Does.Contain(words));
    }

    [Test]
    public async Task A_cut_tail_with_its_head_set_back_is_found_by_the_head_noted_before()
    {
        await WriteAsync(3);
        var noted = (await SaidAsync("audit", "verify")).Split(' ')[^1];
        await WriteAsync(1);
        Assert.That(await SaidAsync("audit", "verify", "--head", noted), Does.Contain("4 entries"), "The chain may have grown since.");
        await ChangeAsync("""DELETE FROM "AuditEntries" WHERE "Number" > 2""", """UPDATE "AuditHeads" SET "Number" = 2, "Link" = (SELECT "Link" FROM "AuditEntries" WHERE "Number" = 2)""");
        Assert.That(await SaidAsync("audit", "verify"), Does.Contain("2 entries"), "Nothing in the database tells.");
        Assert.That(await RefusedAsync(1, "audit", "verify", "--head", noted), Does.Contain("Entry 3 is not the one that was noted"));
        await RefusedAsync(2, "audit", "verify", "--head", "3");
    }

    [Test]
    public async Task Entries_from_before_the_chain_are_chained_in_order()
    {
        await WriteAsync(3);
        await ChangeAsync("""UPDATE "AuditEntries" SET "Number" = NULL, "Link" = NULL, "KeyName" = NULL""", """UPDATE "AuditHeads" SET "Number" = 0, "Link" = '' """);
        await DoneAsync("init");
        Assert.That(await SaidAsync("audit", "verify"), Does.Contain("3 entries"));
        await using var seen = Database.Open();
        Assert.That(await seen.AuditEntries.OrderBy(e => e.Number).Select(e => e.Subject).ToListAsync(), Is.EqualTo(new[] { "round:0", "round:1", "round:2" }));
    }

    [Test]
    public async Task The_export_holds_every_entry_and_no_formula()
    {
        await WriteAsync(1, "=1+1");
        await WriteAsync(1, null);
        var file = FileOf("audit.csv");
        Assert.That(await SaidAsync("audit", "export", file), Is.EqualTo($"Wrote 2 entries to {file}."));
        var lines = await File.ReadAllLinesAsync(file);
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Is.EqualTo("number,at,actor,action,subject,details,link"));
            Assert.That(lines[1], Does.Match("^1,2026-05-04T09:00:00Z,command,round\\.open,round:0,\"?'=1\\+1\"?,[0-9a-f]{64}$"));
            Assert.That(lines[2], Does.StartWith("2,").And.Contains(",round:0,,"));
        });
    }

    [Test]
    public async Task The_key_outside_the_database_is_for_its_owner_only()
    {
        await WriteAsync(1);
        var folder = Kind is DatabaseKind.Sqlite ? Path.GetDirectoryName(StorageSetup.SqlitePath(Database.Connection))! : Path.Combine(Directory.GetCurrentDirectory(), "data");
        var file = Path.Combine(folder, "audit.key");
        Assert.That(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), Is.True);
    }
}
