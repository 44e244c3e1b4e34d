using System.Text.RegularExpressions;
using Survey.Domain.Imports;
using Survey.Testing;

namespace Survey.UnitTests.Imports;

/// <summary>The worked examples of docs/import.md are read out of the document and mean what it says. The expected values are by hand.</summary>
public sealed partial class ImportDocumentTests
{
    private static readonly Lazy<string> Document = new(() => File.ReadAllText(Repository.File("docs", "import.md")));

    [Test]
    public void Long_example_is_read_as_the_document_says()
    {
        var reading = Read("A long file", [Rounds.Of("2025"), Rounds.Of("2026")], []);

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(reading.Notices, Is.Empty);
        Assert.That(reading.Responses.Select(r => $"{r.Round} {r.Organisation.Code} {r.Organisation.Country}"), Is.EqualTo(new[]
        {
            "2025 casa-del-migrante-bo BO", "2025 hope-centre-ke KE", "2025 rights-now-xk XK", "2026 casa-del-migrante-bo BO", "2026 hope-centre-ke KE", "2026 rights-now-xk XK",
        }));
        Assert.That(Words(reading, "2025", "hope-centre-ke"), Is.EqualTo(new[]
        {
            "diaspora/actions=advocacy+research", "diaspora/change=back", "diaspora/state=not-at-all", "diaspora/work=directly",
            "recruitment/change=dont-know", "recruitment/state=partly", "recruitment/work=follow",
        }));
        Assert.That(Words(reading, "2025", "casa-del-migrante-bo"), Is.EqualTo(new[]
        {
            "diaspora/actions=training", "diaspora/change=advanced", "diaspora/consent=no-quote", "diaspora/example=Evening classes for 40 people", "diaspora/state=fully", "diaspora/work=directly",
        }));
        Assert.That(Words(reading, "2025", "rights-now-xk"), Is.EqualTo(new[] { "diaspora/work=no" }));
        Assert.That(Words(reading, "2026", "rights-now-xk"), Is.EqualTo(new[]
        {
            "diaspora/actions=awareness", "diaspora/change=back-a-lot", "diaspora/state=dont-know", "diaspora/work=follow", "recruitment/work=no",
        }));
    }

    [Test]
    public void Wide_example_is_read_as_the_document_says()
    {
        var members = Enumerable.Range(1, 9).Select(i => Rounds.Known(i, $"m-00{i}", $"Member {i}")).ToArray();

        var reading = Read("A wide file", [Rounds.Of("2026")], members);

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(reading.Responses.Select(r => r.Language), Is.EqualTo(new[] { "fr", "en", "es", "ar", "en", "en", "fr", "es", "en" }));
        Assert.That(Words(reading, "2026", "m-001"), Is.EqualTo(new[]
        {
            "type=ngo", "diaspora/barriers=funding", "diaspora/state=partly", "diaspora/work=directly", "recruitment/barriers=law", "recruitment/state=largely", "recruitment/work=directly",
        }));
        Assert.That(Words(reading, "2026", "m-003"), Is.EqualTo(new[]
        {
            "type=ngo", "diaspora/barriers=funding+law", "diaspora/work=follow", "recruitment/state=not-at-all", "recruitment/work=directly",
        }));
        Assert.That(Words(reading, "2026", "m-005"), Does.Contain("diaspora/state=dont-know"));
        Assert.That(Words(reading, "2026", "m-006"), Is.EqualTo(new[] { "type=trade-union", "diaspora/work=no", "recruitment/work=no" }));
    }

    private static AnswersReading Read(string heading, ImportRound[] rounds, KnownOrganisation[] members)
    {
        var section = Document.Value[Document.Value.IndexOf($"\n## {heading}\n", StringComparison.Ordinal)..];
        var blocks = Block().Matches(section);
        var mapping = AnswersMapping.Parse(blocks.First(b => b.Groups[1].Value == "yaml").Groups[2].Value, "docs/import.md");
        Assert.That(mapping.Problems, Is.Empty);
        return AnswersReading.Of(Files.Table(blocks.First(b => b.Groups[1].Value == "csv").Groups[2].Value), mapping.Value!, rounds, new OrganisationIndex(members));
    }

    private static IEnumerable<string> Words(AnswersReading reading, string round, string organisation) =>
        reading.Responses.Single(r => r.Round == round && r.Organisation.Code == organisation).Sheet.Answers
            .Select(a => $"{a.Key}={a.Value.Text ?? string.Join('+', a.Value.Choices)}");

    [GeneratedRegex(@"```(csv|yaml)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
