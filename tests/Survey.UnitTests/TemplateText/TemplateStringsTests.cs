using Survey.Domain;
using Survey.Domain.Questionnaires;
using Survey.Domain.TemplateText;
using Survey.Testing;

namespace Survey.UnitTests.TemplateText;

/// <summary>The strings of a template in several languages, and the file with some of them changed.</summary>
internal sealed class TemplateStringsTests
{
    private const string Small = """
        # A comment.
        name: small
        status: {en: official, fr: reviewed}
        title:
          en: "Year {n}"  # the year
          fr: 'Année {n}'
        sections:
          - slug: first
            text: {en: "One, two", fr: {text: "Un, deux", status: official}}
            questions:
              - key: country
                choices:
                  - {code: yes, label: {en: Yes}}
        """;

    [Test]
    public void Strings_have_keys_by_name_their_words_and_status()
    {
        var strings = TemplateStrings.Of(Small);
        Assert.That(strings.All.Select(s => s.Key), Is.EqualTo(new[] { "title", "sections/first/text", "sections/first/questions/country/choices/yes/label" }));
        Assert.That(strings.Find("title")!.Words["fr"] is { Text: "Année {n}", Status: TranslationStatus.Reviewed, Of: null }, Is.True);
        Assert.That(strings.Find("sections/first/text")!.Words["fr"] is { Text: "Un, deux", Status: TranslationStatus.Official }, Is.True);
    }

    [Test]
    public void Changed_words_are_written_and_all_else_stays()
    {
        var changed = TemplateStrings.Of(Small).With(new Dictionary<(string, string), Translation>
        {
            [("title", "en")] = new("The year {n}", null, null),
            [("title", "ar")] = new("السنة {n}", TranslationStatus.Provisional, "0123abcd"),
            [("sections/first/text", "fr")] = new("Un \"ou\" deux:\nvoilà", TranslationStatus.Reviewed, TemplateStrings.HashOf("One, two")),
            [("sections/first/questions/country/choices/yes/label", "fr")] = new("Oui", TranslationStatus.Provisional, TemplateStrings.HashOf("Yes")),
        });
        Assert.That(changed, Is.EqualTo("""
            # A comment.
            name: small
            status: {en: official, fr: reviewed}
            title:
              en: "The year {n}"  # the year
              fr: 'Année {n}'
              ar: {text: "السنة {n}", status: provisional, of: "0123abcd"}
            sections:
              - slug: first
                text: {en: "One, two", fr: {text: "Un \"ou\" deux:\nvoilà", status: reviewed, of: "HASH1"}}
                questions:
                  - key: country
                    choices:
                      - {code: yes, label: {en: Yes, fr: {text: "Oui", status: provisional, of: "HASH2"}}}
            """.Replace("HASH1", TemplateStrings.HashOf("One, two"), StringComparison.Ordinal).Replace("HASH2", TemplateStrings.HashOf("Yes"), StringComparison.Ordinal)));
        Assert.That(TemplateStrings.Of(changed).Find("sections/first/text")!.Words["fr"].Text, Is.EqualTo("Un \"ou\" deux:\nvoilà"));
    }

    [Test]
    public void Every_string_of_the_shipped_questionnaire_can_be_changed_and_read_again()
    {
        var file = Path.Combine(Repository.Templates, "questionnaires", "made-2026.yaml");
        var strings = TemplateStrings.Of(File.ReadAllText(file));
        Assert.That(strings.All, Has.Count.GreaterThan(80));
        Assert.That(strings.All.Select(s => s.Key), Is.Unique);
        var changed = strings.With(strings.All.ToDictionary(s => (s.Key, "fr"), s => new Translation(s.Words["fr"].Text + " *", TranslationStatus.Reviewed, TemplateStrings.HashOf(s.English))));
        var read = QuestionnaireFile.Parse(changed, "made-2026.yaml");
        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Value!.Title.In("fr"), Does.EndWith(" *"));
        Assert.That(TemplateStrings.Of(changed).All.All(s => s.Words["fr"] is { Status: TranslationStatus.Reviewed } fr && fr.Text.EndsWith(" *", StringComparison.Ordinal)), Is.True);
    }

    [Test]
    public void A_translation_of_other_words_is_out_of_date_and_the_file_is_refused()
    {
        var file = Path.Combine(Repository.Templates, "questionnaires", "made-2026.yaml");
        var strings = TemplateStrings.Of(File.ReadAllText(file));
        var changed = strings.With(new Dictionary<(string, string), Translation> { [("title", "es")] = new("Encuesta", TranslationStatus.Reviewed, TemplateStrings.HashOf("Other words")) });
        var problems = QuestionnaireFile.Parse(changed, "made-2026.yaml").Problems;
        Assert.That(problems.Select(p => p.Code), Is.EqualTo(new[] { "outdated-translation" }));
        Assert.That(problems[0].Message, Does.Contain("in: es"));
    }
}
