using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Responses;
using Survey.Testing;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>
/// The whole line once per kind of database, by commands alone: the made-up network of tests/data/end-to-end in, the reports of three rounds out.
/// A few names and examples are put in place of the invented ones, to see that a member's words stay words. Made when first asked for, then shared.
/// </summary>
internal sealed class NetworkRun : IAsyncDisposable
{
    public static readonly string[] Languages = ["en", "fr", "es", "ar"];

    /// <summary>Hostile organisations' names, as they stand in the member list.</summary>
    public static readonly string[] Names = ["#pagebreak() $x^2$ *Union*", "Zoë & Søn <b>Łódź</b> 🎉", "=HYPERLINK(\"http://x\") @all", "Office 漢字 of Ōsaka"];

    /// <summary>Hostile examples, as members wrote them.</summary>
    public static readonly string[] Examples =
    [
        "#import \"@preview/evil:1.0.0\": * then $x^2$ \\ #pagebreak() <label> @ref *bold* _thin_ `raw` // gone /* gone */ ~ end",
        "Done ✅ with 漢字テスト and a family 👨‍👩‍👧 at the end",
        "Turned \u202Eround\u202C and \u2066open نص عربي with Latin",
        "Bell \u0007 and escape \u001B[31m and\ttab",
        new string('w', 300) + " was long",
        "<script>alert(1)</script> ';DROP TABLE \"Answers\";-- =cmd|' /C calc'!A0",
    ];

    // Fixtures run side by side, and the first of each kind makes the run for all.
    private static readonly ConcurrentDictionary<DatabaseKind, Lazy<Task<NetworkRun>>> Made = new();
    private readonly TestFolder folder = new();

    private NetworkRun(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public StandingClock Clock { get; } = new(new DateTimeOffset(2024, 3, 1, 9, 0, 0, TimeSpan.Zero));

    /// <summary>The stored files of each round's newest version: (round, language, name) → bytes.</summary>
    public Dictionary<(string Round, string Language, string Name), byte[]> Files { get; } = [];

    public static Task<NetworkRun> OnAsync(DatabaseKind kind) => Made.GetOrAdd(kind, k => new(() => MakeAsync(k))).Value;

    public static async Task DisposeAllAsync()
    {
        foreach (var run in Made.Values.Select(r => r.Value).Where(r => r.IsCompletedSuccessfully))
        {
            await (await run).DisposeAsync();
        }
    }

    /// <summary>Languages that a round's report was made in.</summary>
    public static string[] LanguagesOf(string round) => round == "2026" ? Languages : ["en"];

    /// <summary>Where <c>report build --out</c> put a PDF.</summary>
    public string Pdf(string round, string language) => Path.Combine(folder.Path, "out", $"report-{round}.{language}.pdf");

    /// <summary>An edition's content as it was stored.</summary>
    public JsonElement Content(string round, string language) => JsonDocument.Parse(Files[(round, language, "content.json")]).RootElement;

    /// <summary>A file of the data pack by rows and column names. No field of these files needs quotes but labels of the codebook.</summary>
    public List<Dictionary<string, string>> Data(string round, string name)
    {
        var lines = Encoding.UTF8.GetString(Files[(round, "", $"data/{name}.csv")]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => columns.Zip(l.Split(',', columns.Length), (c, v) => (c, v.Trim('"'))).ToDictionary(p => p.c, p => p.Item2))];
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<CommandRun> RunAsync(params string[] arguments)
    {
        var run = await CommandRun.OfAsync(Clock, [.. arguments, "--database", Database.Connection]);
        return run.ExitCode == 0 ? run : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {run.ExitCode}\n{run.Output}\n{run.Error}");
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<NetworkRun> MakeAsync(DatabaseKind kind)
    {
        var run = new NetworkRun(await TestDatabase.CreateEmptyAsync(kind));
        await run.RunAsync("init");
        await run.RunAsync("members", "import", run.Source("members.csv", WithHostileNames));
        foreach (var year in new[] { 2024, 2025, 2026 })
        {
            run.Clock.Move(new DateTimeOffset(year, 3, 1, 9, 0, 0, TimeSpan.Zero) - run.Clock.GetUtcNow());
            if (year == 2025)
            {
                await run.RunAsync("members", "import", run.Source("members-2025.csv", text => text));
            }

            var round = year.ToString(CultureInfo.InvariantCulture);
            await run.RunAsync("round", "create", round, "--plan", "made-8-point", "--questionnaire", $"made-{round}", "--opens", $"{round}-03-01", "--closes", $"{round}-04-15");
            await run.RunAsync("round", "open", round);
        }

        var answers = await run.RunAsync("answers", "import", run.Source("answers.csv", WithHostileExamples), "--mapping", Repository.File("tests", "data", "end-to-end", "mapping.yaml"));
        if (!answers.Output.StartsWith("Imported 279 responses in 3 rounds: 279 new, ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(answers.Output);
        }

        // What the office does on its page of quotes.
        await using (var db = run.Database.Open())
        {
            await db.Quotes.ExecuteUpdateAsync(s => s.SetProperty(q => q.Review, QuoteReview.Approved));
        }

        run.Clock.Move(TimeSpan.FromDays(60));
        foreach (var round in new[] { "2024", "2025", "2026" })
        {
            await run.RunAsync("round", "close", round);
            await run.RunAsync("report", "build", round, "--languages", string.Join(',', LanguagesOf(round)), "--out", Path.Combine(run.folder.Path, "out"));
        }

        await run.LoadAsync();
        return run;
    }

    private async Task LoadAsync()
    {
        await using var db = Database.Open();
        var slugs = await db.Rounds.ToDictionaryAsync(r => r.Id, r => r.Slug);
        foreach (var version in await db.EditionVersions.AsNoTracking().Include(v => v.Edition).Include(v => v.Artefacts).OrderBy(v => v.Id).ToListAsync())
        {
            foreach (var file in version.Artefacts)
            {
                Files[(slugs[version.Edition!.RoundId], file.Language, file.Name)] = file.Bytes;
            }
        }
    }

    /// <summary>A copy of a file of tests/data/end-to-end with something changed.</summary>
    private string Source(string name, Func<string, string> change)
    {
        File.WriteAllText(folder.File(name), change(File.ReadAllText(Repository.File("tests", "data", "end-to-end", name))));
        return folder.File(name);
    }

    /// <summary>Puts the names in place of those of organisations that agree in 2026 to be listed.</summary>
    private static string WithHostileNames(string members)
    {
        var listed = File.ReadLines(Repository.File("tests", "data", "end-to-end", "answers.csv")).Select(l => l.Split(',')).Where(f => f[0] == "2026" && f[3] == "yes").Select(f => f[1][1..]);
        return Names.Zip(listed).Aggregate(members, (text, one) => text.Replace($"\"Organisation {one.Second}\"", Quoted(one.First), StringComparison.Ordinal));
    }

    private static string WithHostileExamples(string answers) =>
        Examples.Index().Aggregate(answers, (text, one) => text.Replace($",Example {one.Index + 1},", $",{Quoted(one.Item)},", StringComparison.Ordinal));

    private static string Quoted(string text) => '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}

/// <summary>Removes the shared runs when all fixtures of the folder are done.</summary>
[SetUpFixture]
internal sealed class NetworkRuns
{
    [OneTimeTearDown]
    public Task RemoveAsync() => NetworkRun.DisposeAllAsync();
}
