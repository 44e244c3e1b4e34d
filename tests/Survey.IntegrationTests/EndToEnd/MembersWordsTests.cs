using System.Text.Json;
using Survey.Testing;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>What members type stays text on its whole way from the file into the PDF: no markup, no layout, no stop.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class MembersWordsTests(DatabaseKind kind)
{
    private NetworkRun run = null!;

    /// <summary>What a reader must find, written by hand: as typed, but for characters that no font has (□) and controls (nothing).</summary>
    private static readonly string[] Printed =
    [
        "#import \"@preview/evil:1.0.0\": * then $x^2$ \\ #pagebreak() <label> @ref *bold* _thin_ `raw` // gone /* gone */ ~ end",
        "with □ and a family",
        "Turned round and open",
        "[31m and tab",
        new string('w', 300) + " was long",
        "<script>alert(1)</script> ';DROP TABLE \"Answers\";-- =cmd|' /C calc'!A0",
        "#pagebreak() $x^2$ *Union*",
        "Zoë & Søn <b>Łódź</b>",
        "=HYPERLINK(\"http://x\") @all",
        "Office □ of Ōsaka",
    ];

    [OneTimeSetUp]
    public async Task MakeAsync() => run = await NetworkRun.OnAsync(kind);

    [Test]
    public void Examples_are_quoted_as_they_were_written([ValueSource(typeof(NetworkRun), nameof(NetworkRun.Languages))] string language)
    {
        var quotes = new List<string>();
        Collect(run.Content("2026", language).GetProperty("blocks"), quotes);
        Assert.That(quotes.Distinct(), Is.EquivalentTo(NetworkRun.Examples), "On the pages of the points; some stand on a region's page too.");
    }

    [Test]
    public void Names_are_listed_as_they_were_written()
    {
        var table = run.Content("2026", "en").GetProperty("blocks").EnumerateArray().Single(b => b.TryGetProperty("id", out var id) && id.GetString() == "annex-organisations-table");
        var names = table.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("cells")[0].GetProperty("text").GetString()).ToList();
        Assert.That(NetworkRun.Names, Is.SubsetOf(names));
    }

    [Test]
    public void The_PDF_shows_them_as_text()
    {
        var text = PrintedNumbers.Solid(PdfFile.Read(run.Pdf("2026", "en")).Text()).Replace("-", "", StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            foreach (var words in Printed)
            {
                Assert.That(text, Does.Contain(PrintedNumbers.Solid(words).Replace("-", "", StringComparison.Ordinal)));
            }
        });
    }

    private static void Collect(JsonElement blocks, List<string> quotes)
    {
        foreach (var block in blocks.EnumerateArray())
        {
            if (block.GetProperty("kind").GetString() == "quote")
            {
                quotes.Add(block.GetProperty("text").GetString()!);
            }
            else if (block.TryGetProperty("first", out var first))
            {
                Collect(first, quotes);
                Collect(block.GetProperty("second"), quotes);
            }
        }
    }
}
