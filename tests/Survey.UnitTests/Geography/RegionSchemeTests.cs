using Survey.Domain.Geography;

namespace Survey.UnitTests.Geography;

public sealed class RegionSchemeTests
{
    private const string Small = """
        scheme: two-halves
        version: 2
        title: {en: Halves, pt: Metades}
        regions:
          - slug: north
            title: {en: North, pt: Norte}
          - slug: south
            title: {en: The South, pt: Sul}
            short: {en: S, pt: S}
        notes:
          - key: kosovo
            countries: [ko]
            kind: naming
            text: {en: Note, pt: Nota}
        countries:
          - {code: "NO", numeric: "578", region: north, name: {en: Norway, pt: Noruega}}
          - {code: ko, region: north, name: {en: Kosovo, pt: Kosovo}}
          - {code: br-ba, region: south, name: {en: Bahia, pt: Bahia}, also: [State of Bahia]}
        """;

    [Test]
    public void A_scheme_of_another_network_has_its_own_regions_places_and_languages()
    {
        var parsed = RegionScheme.Parse(Small, "two.yaml");
        Assert.That(parsed.Problems, Is.Empty);
        var scheme = parsed.Value!;
        Assert.That(scheme.Languages, Is.EqualTo(new[] { "en", "pt" }));
        Assert.That(scheme.RegionOf("BR-BA")?.ShortTitle.In("pt"), Is.EqualTo("S"));
        Assert.That(scheme.Region("north")?.ShortTitle.In("pt"), Is.EqualTo("Norte"));
        Assert.That(scheme.CountryName("NO", "pt"), Is.EqualTo("Noruega"));
        Assert.That(scheme.NamingNotes(["ko"]).Single().Key, Is.EqualTo("kosovo"));
        Assert.That(new PlaceMatcher(scheme).Match("KO").Code, Is.EqualTo("ko"));
        Assert.That(new PlaceMatcher(scheme).Match("noruega").Code, Is.EqualTo("NO"));
        Assert.That(new PlaceMatcher(scheme).Match("Atlantis").Code, Is.Null);
    }

    [TestCase("name: {en: Norway, pt: Noruega}", "name: {en: Norway}", "two.yaml:16 missing-language")]
    [TestCase("version: 2", "version: two", "two.yaml:2 not-a-number")]
    [TestCase("{code: ko, region: north", "{code: ko, region: west", "two.yaml:17 unknown-region")]
    [TestCase("code: ko", "code: \"NO\"", "two.yaml:12 unknown-place,two.yaml:17 duplicate-place")]
    [TestCase("code: br-ba", "code: 'b a'", "two.yaml:18 place-code")]
    [TestCase("numeric: \"578\"", "numeric: 57", "two.yaml:16 place-numeric")]
    [TestCase("State of Bahia", "the NORWAY", "two.yaml:18 ambiguous-name")]
    [TestCase("State of Bahia", "\"no\"", "two.yaml:18 ambiguous-name")]
    [TestCase("countries: [ko]", "countries: [kk]", "two.yaml:12 unknown-place")]
    [TestCase("kind: naming", "kind: nameing", "two.yaml:13 unknown-word")]
    [TestCase("slug: south", "slug: north", "two.yaml:7 duplicate-region,two.yaml:18 unknown-region")]
    [TestCase("also:", "aslo:", "two.yaml:18 unknown-key")]
    [TestCase("scheme: two-halves\n", "", "two.yaml:1 missing-key")]
    public void A_mistake_is_reported_with_file_and_line(string right, string wrong, string expected)
    {
        var broken = Small.Replace(right, wrong, StringComparison.Ordinal);
        Assert.That(broken, Is.Not.EqualTo(Small));
        var parsed = RegionScheme.Parse(broken, "two.yaml");
        Assert.That(parsed.Value, Is.Null);
        Assert.That(parsed.Problems.Select(problem => $"{problem.Where} {problem.Code}"), Is.EqualTo(expected.Split(',')), () => string.Join('\n', parsed.Problems));
    }

    [Test]
    public void A_required_language_must_be_in_every_text()
    {
        var parsed = RegionScheme.Parse(Small, "two.yaml", "en", "ar");
        Assert.That(parsed.Problems.Select(problem => problem.Code).Distinct(), Is.EqualTo(new[] { "missing-language" }));
        Assert.That(parsed.Problems, Has.Count.EqualTo(1 + 3 + 1 + 3));
    }

    [Test]
    public void A_scheme_that_calls_itself_complete_is_held_to_it()
    {
        var parsed = RegionScheme.Parse(Small.Replace("version: 2", "version: 2\ncomplete: iso-3166-1", StringComparison.Ordinal), "two.yaml");
        Assert.That(parsed.Problems[0].Where, Is.EqualTo("two.yaml:16"));
        Assert.That(parsed.Problems.Count(problem => problem.Code == "missing-place"), Is.EqualTo(100));

        var without = string.Join('\n', DefaultScheme.Yaml.Split('\n').Where(line => !line.Contains("code: FR,", StringComparison.Ordinal)));
        var problem = RegionScheme.Parse(without, "d.yaml").Problems.Single();
        Assert.That(problem.Code, Is.EqualTo("missing-place"));
        Assert.That(problem.Message, Does.Contain("FR"));
    }
}
