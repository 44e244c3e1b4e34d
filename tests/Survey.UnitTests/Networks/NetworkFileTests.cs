using Survey.Domain.Networks;
using Survey.Testing;
using Survey.UnitTests.TemplateText;

namespace Survey.UnitTests.Networks;

public sealed class NetworkFileTests
{
    private static readonly string Shipped = File.ReadAllText(Repository.File("templates/network.yaml"));

    private static readonly Mistake Mistakes = new(Shipped, "network.yaml", (text, file) => NetworkFile.Parse(text, file).Problems);

    [Test]
    public void The_shipped_network_is_a_whole_sample()
    {
        var read = NetworkFile.Parse(Shipped, "network.yaml");
        Assert.That(read.Problems, Is.Empty);
        var network = read.Value!;
        Assert.That(network.IsSample, Is.True);
        Assert.That(network.Languages, Is.EqualTo(new[] { "en", "fr", "es", "ar" }));
        Assert.That(network.TranslationReviewers, Is.Empty);
        Assert.That((network.Isbn, network.Doi), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(File.Exists(Repository.File("templates", network.Logo!.File)), Is.True);
    }

    [Test]
    public void The_terms_of_keeping_are_those_of_the_file_or_else_a_year_half_a_year_and_six_years()
    {
        Assert.That(NetworkFile.Parse(Shipped.Replace("linkMonths: 12", "linkMonths: 3", StringComparison.Ordinal), "network.yaml").Value!.Privacy.Keep, Is.EqualTo(new RetentionTerms(3, 6, 72)));
        var without = Shipped.Replace("  keep:\n    linkMonths: 12\n    draftMonths: 6\n    answerMonths: 72\n", "", StringComparison.Ordinal);
        Assert.That(without, Has.Length.LessThan(Shipped.Length));
        Assert.That(NetworkFile.Parse(without, "network.yaml").Value!.Privacy.Keep, Is.EqualTo(new RetentionTerms(12, 6, 72)));
    }

    // WCAG 2.2, definition of contrast ratio: black on white is 21; #767676 on white is the known lightest grey that passes 4.5 (4.54).
    [TestCase("#000000", "#FFFFFF", 21.0), TestCase("#767676", "#FFFFFF", 4.54), TestCase("#FFFFFF", "#FFFFFF", 1.0)]
    public void Contrast_is_the_ratio_of_WCAG(string one, string other, double ratio)
    {
        Assert.That(Contrast.Ratio(one, other), Is.EqualTo(ratio).Within(0.005));
        Assert.That(Contrast.Ratio(other, one), Is.EqualTo(Contrast.Ratio(one, other)));
    }

    [TestCase("accent: \"#0B6E8A\"", "accent: \"#4FB0CC\"", "contrast")]
    [TestCase("highlight: \"#F0B23C\"", "highlight: \"#204060\"", "contrast")]
    [TestCase("accent: \"#0B6E8A\"", "accent: teal", "not-a-colour")]
    [TestCase("email: office@sample-network.example", "email: office", "not-an-address")]
    [TestCase("web: https://sample-network.example", "web: javascript:x", "not-an-address")]
    [TestCase("email: forms@post.example", "email: forms", "not-an-address")]
    [TestCase("linkMonths: 12", "linkMonths: a year", "not-a-number")]
    [TestCase("draftMonths: 6", "draftWeeks: 6", "unknown-key")]
    [TestCase("file: logo.svg", "file: ../logo.svg", "logo-file")]
    [TestCase("{fr: , es: , ar: }", "{pt: Someone}", "unknown-language")]
    [TestCase("fr: \"Réseau exemple\", ", "", "missing-language")]
    [TestCase("licence: \"CC BY 4.0\"", "license: \"CC BY 4.0\"", "unknown-key")]
    public void A_mistake_is_reported_at_its_line(string right, string wrong, string code) =>
        Assert.That(Mistakes.Of(right, wrong), Does.Contain(code));
}
