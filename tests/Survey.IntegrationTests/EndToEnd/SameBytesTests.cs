using Survey.Testing;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>The same input makes the same bytes: once more, and on another database.</summary>
internal sealed class SameBytesTests
{
    [Test]
    public async Task Both_databases_make_the_same_files()
    {
        var sqlite = await NetworkRun.OnAsync(DatabaseKind.Sqlite);
        var postgres = await NetworkRun.OnAsync(DatabaseKind.Postgres);
        Assert.That(postgres.Files.Keys, Is.EquivalentTo(sqlite.Files.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (key, bytes) in sqlite.Files)
            {
                Assert.That(postgres.Files[key].AsSpan().SequenceEqual(bytes), Is.True, key.ToString());
            }
        });
    }

    [Test]
    public async Task A_second_build_makes_the_same_PDF()
    {
        var run = await NetworkRun.OnAsync(DatabaseKind.Sqlite);
        using var folder = new TestFolder();
        await run.RunAsync("report", "build", "2024", "--languages", "en", "--out", folder.Path);
        Assert.That(await File.ReadAllBytesAsync(folder.File("report-2024.en.pdf")), Is.EqualTo(run.Files[("2024", "en", "report.pdf")]));
        Assert.That(await File.ReadAllBytesAsync(run.Pdf("2024", "en")), Is.EqualTo(run.Files[("2024", "en", "report.pdf")]), "what is stored is what was written");
    }
}
