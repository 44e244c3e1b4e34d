using Survey.Domain.Rounds;
using Survey.Testing;
using Survey.Web.Templates;

namespace Survey.UnitTests.Templates;

public sealed class ShippedTemplatesTests
{
    [Test]
    public void Everything_in_the_folder_is_whole()
    {
        var check = TemplateCheck.Of(TemplateFolder.Open(Repository.Templates));
        // The pages' words are there in English first; the other languages join the folder `ui` file by file.
        Assert.That(check.Problems.Where(problem => !(problem.Code == "missing-language" && problem.Where.Contains("/ui/", StringComparison.Ordinal))), Is.Empty);
        Assert.That(check.Remarks.Select(remark => remark.Code).Distinct(), Is.EquivalentTo(new[] { "sample", "no-isbn", "no-doi", "not-reviewed", "provisional" }));
    }

    [TestCase("made-2024"), TestCase("made-2025"), TestCase("made-2026")]
    public void A_round_copies_files_that_say_the_same_from_its_own_rows(string questionnaire)
    {
        var read = TemplateFolder.Open(Repository.Templates).Bundle("2026", "made-8-point", questionnaire, "default", ["xenophobia"]);
        Assert.That(read.Problems, Is.Empty);
        var rows = read.Value!.Templates;
        Assert.That(rows.Select(row => (row.Kind, row.Name)), Is.SupersetOf(new[]
            { ("network", "network"), ("plan", "made-8-point"), ("questionnaire", questionnaire), ("regions", "default"), ("picture", "logo.svg") }));
        Assert.That(rows.Select(row => row.Sha256), Is.All.Match("^[0-9a-f]{64}$"));

        var definition = RoundDefinition.Parse(rows, []);
        Assert.That(definition.Problems, Is.Empty);
        Assert.That((definition.Value!.Points.Count, read.Value.Definition.Points.Count), Is.EqualTo((8, 9)), "the ninth point is asked when the round takes it in");
        Assert.That(definition.Value.Questionnaire.Name, Is.EqualTo(questionnaire));
        Assert.That(definition.Value.Pictures["logo.svg"].Bytes.ToArray(), Is.EqualTo(File.ReadAllBytes(Repository.File("templates", "logo.svg"))));
    }

    // SHA-256 of "abc": FIPS 180-4, example B.1.
    [Test]
    public void A_files_hash_is_SHA_256_of_its_text() =>
        Assert.That(RoundTemplate.Of("plan", "a", "abc").Sha256, Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}
