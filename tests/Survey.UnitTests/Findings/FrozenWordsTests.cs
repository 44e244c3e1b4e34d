using System.Text.RegularExpressions;
using Survey.Domain.TemplateText;
using Survey.Reporting.Editions;
using Survey.Testing;
using Survey.Testing.Editions;

namespace Survey.UnitTests.Findings;

/// <summary>A round is reported in the words that were frozen with it, which may be older than the rules that choose among them.</summary>
public sealed partial class FrozenWordsTests
{
    private static readonly string Shipped = File.ReadAllText(Path.Combine(Repository.Templates, "report", "en.yaml"));

    [TestCase(14, "about one in ten")]
    [TestCase(45, "about half")]
    [TestCase(82, "a large majority")]
    public void Shares_are_called_by_the_classes_that_the_words_have(int percent, string words) =>
        Assert.That(new Wording(Frozen(FinerSizes().Replace(Shipped, ""))).Size(percent, isExact: true), Is.EqualTo(words));

    [Test]
    public void Words_that_name_late_answers_always_do_so_still()
    {
        var frozen = Frozen(NotCounted().Replace(Shipped, "  notCounted: \"Begun {drafts}, late {late}, set aside {setAside}.\"\n", 1)).CompletedBy(EditionFixture.Texts["en"]);
        var whole = EditionFixture.Whole();
        var cube = whole.Cube with { Participation = whole.Cube.Participation with { Drafts = 5, Late = 0, SetAside = 2 } };
        Assert.That(EditionFixture.Content(whole with { Cube = cube }, frozen).Blocks.OfType<FindingBlock>().Single(f => f.Id == "participation.notCounted").Text, Is.EqualTo("Not counted: answers begun and not sent (5) and answers that the office set aside (2)."));
        Assert.That(EditionFixture.Content(whole with { Cube = cube }, Frozen(NotCounted().Replace(Shipped, "  notCounted: \"Begun {drafts}, late {late}, set aside {setAside}.\"\n", 1))).Blocks.OfType<FindingBlock>().Single(f => f.Id == "participation.notCounted").Text, Is.EqualTo("Begun 5, late 0, set aside 2."));
    }

    private static TextCatalogue Frozen(string yaml) => TextCatalogue.Parse(yaml, "en.yaml").Value!;

    [GeneratedRegex("^    (?:seventh|sixth|threeTenths|overThird|underHalf|overHalf|overThreeFifths|sevenTenths|fourFifths): .*\n", RegexOptions.Multiline)]
    private static partial Regex FinerSizes();

    [GeneratedRegex("^  notCountedAlone: .*\n  notCountedLate: .*\n", RegexOptions.Multiline)]
    private static partial Regex NotCounted();
}
