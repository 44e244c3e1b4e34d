using Survey.Reporting.Editions;
using Survey.Testing;
using Survey.Testing.Editions;
using Survey.UnitTests.Editions;

namespace Survey.UnitTests.Findings;

/// <summary>
/// All that editions of ordinary and of odd networks say, as approved, in every language. Where a change of the sentences is meant, <c>APPROVE=1</c> writes the
/// files under <c>Approved</c> anew, to be read before they are committed.
/// </summary>
public sealed class ApprovedWordsTests
{
    public static IEnumerable<string> Networks => ["whole", "first-round", "nobody", "one-organisation", "one-region", "dont-know", "all-the-same", "idle-point", "ninth-point", "long-names"];

    [Test]
    public void Sentences_are_as_approved([ValueSource(nameof(Networks))] string network, [ValueSource(typeof(EditionFixture), nameof(EditionFixture.Languages))] string language)
    {
        var content = EditionFixture.Content(OddNetworks.Of(network), language);
        var text = string.Concat(BlockTexts.Said(content).Where(s => IsKept(network, s.Tag.Id)).Select(s => $"{s.Tag.Id}\n  {s.Text}\n"));
        var file = Repository.File("tests", "Survey.UnitTests", "Findings", "Approved", $"{network}.{language}.txt");
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(file, text);

        Assert.That(text, Is.EqualTo(File.ReadAllText(file)));
    }

    // Of the odd networks the first and the last point speak for all.
    private static bool IsKept(string network, string id) => network == "whole" || id.Split('.')[0] is "summary" or "participation" or "post2015" or "labour-rights" or "xenophobia" or "priorities" || id.StartsWith("region.africa", StringComparison.Ordinal);
}
