using Survey.Domain.TemplateText;

namespace Survey.UnitTests.TemplateText;

public sealed class TextCatalogueTests
{
    private const string English = """
        language: en
        name: English
        direction: ltr
        plurals: {one: n = 1}
        formats:
          date: "{day} {month} {year}"
          dateShort: "{dd}/{mm}/{year}"
          months: [January, February, March, April, May, June, July, August, September, October, November, December]
          decimal: "."
          thousands: ","
          percent: "{number}%"
          signedMinus: "−"
          listLast: " and "
        page:
          title: "Survey of {year}"
          greeting: "Welcome, {name}"
        answers:
          count: {one: "{n} answer", other: "{n} answers"}
        """;

    private const string Arabic = """
        language: ar
        name: العربية
        direction: rtl
        plurals: {zero: n = 0, one: n = 1, two: n = 2, few: "n % 100 = 3..10", many: "n % 100 = 11..99"}
        formats:
          date: "{day} {month} {year}"
          dateShort: "{day}/{mm}/{year}"
          months: [يناير, فبراير, مارس, أبريل, مايو, يونيو, يوليو, أغسطس, سبتمبر, أكتوبر, نوفمبر, ديسمبر]
          decimal: "."
          thousands: ","
          percent: "{number}%"
          signed: "\u2066{sign}{number}\u2069"
        page:
          title: "استبيان {year}"
          greeting: "أهلا بكم، {name}"
        answers:
          count:
            zero: "لا إجابات"
            one: "إجابة واحدة"
            two: "إجابتان"
            few: "{n} إجابات"
            many: "{n} إجابة"
            other: "{n} إجابة"
        """;

    private static TextCatalogue Read(string text)
    {
        var read = TextCatalogue.Parse(text, "ui/en.yaml");
        Assert.That(read.Problems, Is.Empty);
        return read.Value!;
    }

    private static IEnumerable<string> Problems(string text) => TextCatalogue.Parse(text, "ui/en.yaml").Problems.Select(p => $"{p.Where} {p.Code}");

    [Test]
    public void Texts_are_found_by_dotted_key_and_filled_in()
    {
        var texts = Read(English);
        Assert.That(texts.Text("page.title", ("year", "2026")), Is.EqualTo("Survey of 2026"));
        Assert.That(texts.Plural("answers.count", 1), Is.EqualTo("1 answer"));
        Assert.That(texts.Plural("answers.count", 1234), Is.EqualTo("1,234 answers"));
        Assert.That(texts.Direction, Is.EqualTo("ltr"));
        Assert.That(Read(Arabic).IsRightToLeft, Is.True);
    }

    [Test]
    public void A_value_is_not_read_for_places_again() =>
        Assert.That(Read(English).Text("page.greeting", ("name", "{name} {year} \\1 $0")), Is.EqualTo("Welcome, {name} {year} \\1 $0"));

    [Test]
    public void An_unknown_key_or_a_value_left_out_is_a_mistake_in_code()
    {
        var texts = Read(English);
        Assert.That(() => texts.Text("page.titel"), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => texts.Text("answers.count"), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => texts.Plural("page.title", 1), Throws.InstanceOf<KeyNotFoundException>());
        Assert.That(() => texts.Text("page.title"), Throws.ArgumentException);
    }

    // Unicode CLDR 44, Language Plural Rules, cardinal, samples of ar.
    [TestCase(0, "zero"), TestCase(1, "one"), TestCase(2, "two"), TestCase(3, "few"), TestCase(10, "few"), TestCase(11, "many")]
    [TestCase(26, "many"), TestCase(99, "many"), TestCase(100, "other"), TestCase(101, "other"), TestCase(102, "other"), TestCase(103, "few")]
    [TestCase(110, "few"), TestCase(111, "many"), TestCase(200, "other"), TestCase(1000, "other"), TestCase(1003, "few"), TestCase(-2, "two")]
    public void Arabic_numbers_take_the_form_that_CLDR_gives(long number, string form) =>
        Assert.That(Read(Arabic).Plurals.Form(number), Is.EqualTo(form));

    // Polish and Russian-like rules of CLDR: a language is added with its file alone.
    [TestCase(1, "one"), TestCase(2, "few"), TestCase(4, "few"), TestCase(5, "many"), TestCase(12, "many"), TestCase(22, "few"), TestCase(112, "many"), TestCase(0, "many")]
    public void A_languages_rules_are_data(long number, string form)
    {
        var polish = Read(English
            .Replace("{one: n = 1}", "{one: n = 1, few: \"n % 10 = 2..4 and n % 100 != 12..14\", many: \"n != 1 and n % 10 = 0..1 or n % 10 = 5..9 or n % 100 = 12..14\"}", StringComparison.Ordinal)
            .Replace("one: \"{n} answer\"", "one: \"{n} answer\", few: \"{n} few\", many: \"{n} many\"", StringComparison.Ordinal));
        Assert.That(polish.Plurals.Form(number), Is.EqualTo(form));
    }

    [Test]
    public void Numbers_and_dates_follow_the_files_patterns()
    {
        var english = Read(English);
        Assert.That(english.Number(999), Is.EqualTo("999"));
        Assert.That(english.Number(-1234567), Is.EqualTo("−1,234,567"));
        Assert.That(english.Number(1234.565m, 2), Is.EqualTo("1,234.57"));
        Assert.That(english.Number(-0.004m, 2), Is.EqualTo("0.00"));
        Assert.That(english.Percent(45), Is.EqualTo("45%"));
        Assert.That(english.Signed(14), Is.EqualTo("+14"));
        Assert.That(english.Signed(-3), Is.EqualTo("−3"));
        Assert.That(english.Signed(0), Is.EqualTo("0"));
        Assert.That(english.Date(new DateOnly(2026, 3, 9)), Is.EqualTo("9 March 2026"));
        Assert.That(english.DateShort(new DateOnly(2026, 3, 9)), Is.EqualTo("09/03/2026"));
        Assert.That(english.Time(new TimeOnly(7, 5)), Is.EqualTo("07:05"));
        Assert.That(english.List(["a", "b", "c"]), Is.EqualTo("a, b and c"));

        var french = Read(English.Replace("thousands: \",\"", "thousands: \"\u202f\"", StringComparison.Ordinal)
            .Replace("{number}%", "{number}\u202f%", StringComparison.Ordinal).Replace("decimal: \".\"", "decimal: \",\"", StringComparison.Ordinal));
        Assert.That(french.Percent(45), Is.EqualTo("45\u202f%"));
        Assert.That(french.Number(12345.5m, 1), Is.EqualTo("12\u202f345,5"));

        var spanish = Read(English.Replace("thousands: \",\"", "thousands: \".\"\n  thousandsFrom: 5", StringComparison.Ordinal));
        Assert.That((spanish.Number(1234), spanish.Number(12345)), Is.EqualTo(("1234", "12.345")));

        var arabic = Read(Arabic);
        Assert.That(arabic.Signed(-7), Is.EqualTo("\u2066−7\u2069"));
        Assert.That(arabic.Date(new DateOnly(2026, 3, 9)), Is.EqualTo("9 مارس 2026"));
        Assert.That(arabic.Plural("answers.count", 2), Is.EqualTo("إجابتان"));
        Assert.That(arabic.Plural("answers.count", 12), Is.EqualTo("12 إجابة"));
    }

    [Test]
    public void Each_mistake_is_reported_at_its_line()
    {
        Assert.That(Problems(English.Replace("{one: n = 1}", "{one: n is 1}", StringComparison.Ordinal)), Does.Contain("ui/en.yaml:4 plural-rule"));
        Assert.That(Problems(English.Replace("{one: \"{n} answer\", other", "{other", StringComparison.Ordinal)), Is.EqualTo(new[] { "ui/en.yaml:18 missing-plural-form" }));
        Assert.That(Problems(English.Replace("one: \"{n} answer\"", "one: \"{n} answer\", few: \"x\"", StringComparison.Ordinal)), Is.EqualTo(new[] { "ui/en.yaml:18 unused-plural-form" }));
        Assert.That(Problems(English.Replace("{n} answer\"", "{m} answer\"", StringComparison.Ordinal)), Is.EqualTo(new[] { "ui/en.yaml:18 placeholder" }));
        Assert.That(Problems(English.Replace("February, ", "", StringComparison.Ordinal)), Is.EqualTo(new[] { "ui/en.yaml:8 months" }));
        Assert.That(Problems(English.Replace("{day} {month}", "{day} {moon}", StringComparison.Ordinal)), Is.EqualTo(new[] { "ui/en.yaml:6 unknown-placeholder" }));
        Assert.That(Problems(English.Replace("direction: ltr", "direction: up", StringComparison.Ordinal)), Is.EqualTo(new[] { "ui/en.yaml:3 unknown-word" }));
        Assert.That(Problems(English.Replace("\"Survey of {year}\"", "[a]", StringComparison.Ordinal)), Is.EqualTo(new[] { "ui/en.yaml:15 not-a-text" }));
    }

    [Test]
    public void Languages_that_differ_in_keys_places_or_plurals_are_reported()
    {
        var english = Read(English);
        Assert.That(CatalogueComparison.Of([english, Read(Arabic)]), Is.Empty);
        var other = TextCatalogue.Parse(English.Replace("language: en", "language: fr", StringComparison.Ordinal)
            .Replace("Survey of {year}", "Survey of {yaer}", StringComparison.Ordinal)
            .Replace("greeting:", "greting:", StringComparison.Ordinal)
            .Replace("count: {one: \"{n} answer\", other: \"{n} answers\"}", "count: \"{n} answers\"", StringComparison.Ordinal), "ui/fr.yaml").Value!;
        Assert.That(CatalogueComparison.Of([english, other]).Select(p => $"{p.Where} {p.Code}"), Is.EqualTo(new[]
        {
            "ui/fr.yaml:15 placeholder", "ui/en.yaml:16 missing-text", "ui/fr.yaml:18 plural", "ui/fr.yaml:16 unknown-text",
        }));
    }
}
