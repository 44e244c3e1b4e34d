using Survey.Domain;
using Survey.Domain.TemplateText;

namespace Survey.UnitTests.TemplateText;

public sealed class YamlTextTests
{
    private static readonly string[] EnglishAndArabic = ["en", "ar"];

    [Test]
    public void Values_keep_what_was_written()
    {
        var read = YamlText.Read("code: NO\nnumeric: 004\nempty:\ntilde: ~\nquoted: ''\nnumber: 12\nshare: 0.5\nopen: true\non: 2026-03-31\n", "t.yaml", root => new
        {
            Code = root.Text("code"),
            Numeric = root.Text("numeric"),
            Empty = root.TextOrNull("empty"),
            Tilde = root.TextOrNull("tilde"),
            HasQuoted = root.Has("quoted"),
            Number = root.WholeNumber("number", least: 1),
            Share = root.DecimalNumber("share"),
            Open = root.Bool("open"),
            Closed = root.Bool("closed", otherwise: false),
            On = root.Date("on"),
            None = root.Texts("none").Count,
        });
        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Value, Is.EqualTo(new
        {
            Code = "NO",
            Numeric = "004",
            Empty = (string?)null,
            Tilde = (string?)null,
            HasQuoted = true,
            Number = 12,
            Share = 0.5m,
            Open = true,
            Closed = false,
            On = new DateOnly(2026, 3, 31),
            None = 0,
        }));
    }

    [Test]
    public void Every_mistake_is_reported_at_its_line_in_the_order_of_the_file()
    {
        const string text = """
            slug: Not a slug
            title: {en: Title}
            points:
              - slug: a
                number: many
                tittle: x
              - just text
            open: yes
            on: 31.3.2026
            kind: other
            """;
        var problems = Problems(text, root =>
        {
            root.Text("name");
            root.Slug("slug");
            root.Localised("title", EnglishAndArabic);
            foreach (var point in root.Maps("points"))
            {
                point.Slug("slug");
                point.WholeNumber("number");
                point.Localised("title", EnglishAndArabic);
            }
            root.Bool("open");
            root.Date("on");
            root.OneOf("kind", "one", "several");
            root.List("absent").Maps();
        });
        Assert.That(problems.Select(problem => $"{problem.Where} {problem.Code}"), Is.EqualTo(new[]
        {
            "t.yaml:1 missing-key", "t.yaml:1 not-a-slug", "t.yaml:1 missing-key", "t.yaml:2 missing-language", "t.yaml:4 missing-key",
            "t.yaml:5 not-a-number", "t.yaml:6 unknown-key", "t.yaml:7 not-a-map", "t.yaml:8 not-true-or-false", "t.yaml:9 not-a-date",
            "t.yaml:10 unknown-word",
        }));
        Assert.That(problems.Single(problem => problem.Code == "unknown-key").Message, Is.EqualTo("unknown key 'tittle'; known here: slug, number, title."));
        Assert.That(problems.Single(problem => problem.Code == "unknown-word").Message, Does.Contain("one, several"));
    }

    [Test]
    public void A_missing_map_is_one_problem()
    {
        var problems = Problems("a: 1\n", root =>
        {
            root.Text("a");
            var map = root.Map("b");
            map.Text("c");
            map.Localised("d", EnglishAndArabic);
            map.Maps("e");
        });
        Assert.That(problems.Select(problem => problem.Message), Is.EqualTo(new[] { "The key 'b' is missing here; add it." }));
    }

    [TestCase("a: [1, 2\nb: 3\n", 1, "yaml-syntax")]
    [TestCase("a: 1\n  b: 2\n", 2, "yaml-syntax")]
    [TestCase("a: 1\nb: \"x\n", 2, "yaml-syntax")]
    [TestCase("a: 1\n\tb: 2\n", 1, "yaml-syntax")]
    [TestCase("a: 1\nb: 2\na: 3\n", 3, "duplicate-key")]
    [TestCase("a: &x 1\n", 1, "yaml-anchor")]
    [TestCase("a: 1\nb: *x\n", 2, "yaml-alias")]
    [TestCase("a: 1\nb: !!binary aGk=\n", 2, "yaml-tag")]
    [TestCase("a: 1\nb: !x hi\n", 2, "yaml-tag")]
    [TestCase("a: 1\n---\nb: 1\n", 2, "yaml-documents")]
    [TestCase("- a\n- b\n", 1, "template-shape")]
    [TestCase("", 1, "template-empty")]
    [TestCase("# nothing but a comment\n", 1, "template-empty")]
    [TestCase("a: 1\n? [x]\n: 2\n", 2, "yaml-key")]
    public void What_is_no_template_is_refused_with_its_line(string text, int line, string code)
    {
        var problems = Problems(text, root => root.Known("a", "b"));
        Assert.That(problems.Select(problem => (problem.Where, problem.Code)), Is.EqualTo(new[] { ($"t.yaml:{line}", code) }), () => string.Join('\n', problems));
    }

    [Test]
    public void A_bomb_is_refused_before_it_grows()
    {
        Assert.That(Problems("a: " + new string('[', 1_000_000), _ => { }).Single().Code, Is.EqualTo("yaml-depth"));
        Assert.That(Problems("a: " + string.Concat(Enumerable.Repeat("{a: ", 1_000)), _ => { }).Single().Code, Is.EqualTo("yaml-depth"));
        Assert.That(Problems(string.Concat(Enumerable.Repeat("- ", 100_000)), _ => { }).Single().Code, Is.EqualTo("yaml-depth"));
        Assert.That(Problems("a: " + new string('x', YamlText.LargestSize), _ => { }).Single().Code, Is.EqualTo("template-too-large"));
        Assert.That(Problems("a: " + new string('م', YamlText.LargestSize / 2), _ => { }).Single().Code, Is.EqualTo("template-too-large"));
    }

    [Test]
    public void Many_mistakes_are_cut_short()
    {
        var text = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"k{i}: 1\n"));
        var problems = Problems(text, root => root.Has("known"));
        Assert.That(problems, Has.Count.EqualTo(101));
        Assert.That(problems[^1].Message, Does.StartWith("4900 further problems"));
    }

    [Test]
    public void A_byte_order_mark_and_windows_line_ends_are_welcome()
    {
        var read = YamlText.Read("\uFEFFa: 1\r\nb: Co\u0302te\r\n", "t.yaml", root => root.Text("a") + root.Text("b"));
        Assert.That(read.Value, Is.EqualTo("1C\u00F4te"));
    }

    [Test]
    public void A_localised_text_names_what_is_no_language()
    {
        var problems = Problems("title: {en: x, ar: y, Title: z}\nshort: just English\n", root =>
        {
            root.Localised("title", EnglishAndArabic);
            root.Localised("short", EnglishAndArabic);
        });
        Assert.That(problems.Select(problem => problem.Code), Is.EqualTo(new[] { "unknown-language", "not-localised" }));
    }

    [Test]
    public void A_text_states_how_far_its_translation_can_be_relied_on()
    {
        var read = YamlText.Read("status: {en: official, fr: reviewed}\ntitle: {en: x, fr: {text: y, status: official}, ar: z}\nshort: {en: x, fr: y, ar: z}\n", "t.yaml", root =>
        {
            root.TranslationStatuses("status");
            return new { Title = root.Localised("title", EnglishAndArabic), Short = root.Localised("short", EnglishAndArabic) };
        });
        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Value!.Title.StatusIn("en"), Is.EqualTo(TranslationStatus.Official));
        Assert.That(read.Value.Title.StatusIn("fr"), Is.EqualTo(TranslationStatus.Official));
        Assert.That(read.Value.Title.StatusIn("ar"), Is.EqualTo(TranslationStatus.Provisional));
        Assert.That(read.Value.Short.StatusIn("fr"), Is.EqualTo(TranslationStatus.Reviewed));
        Assert.That(read.Value.Title.In("fr"), Is.EqualTo("y"));
    }

    [Test]
    public void No_text_whatever_makes_it_throw()
    {
        const string template = "status: {en: official}\ntitle: {en: \"Title\", ar: 'عنوان'}\npoints:\n  - slug: a\n    text: >\n      folded\n      text\n  - [1, 2, {b: c}]\n";
        const string pieces = "[]{}:,-#&*!|>'\"%@`?\n\t \\~<\0\uD800\uFEFFa";
        var random = new Random(8);
        for (var i = 0; i < 5_000; i++)
        {
            var text = template;
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                var at = random.Next(text.Length);
                text = text.Remove(at, random.Next(2)).Insert(at, pieces[random.Next(pieces.Length)].ToString());
            }
            var broken = text;
            Assert.That(() => Problems(broken, root =>
            {
                root.TranslationStatuses("status");
                root.Localised("title", EnglishAndArabic);
                foreach (var point in root.Maps("points"))
                    point.Text("slug");
            }), Throws.Nothing, broken);
        }
    }

    private static IReadOnlyList<Problem> Problems(string text, Action<MapNode> read)
    {
        var parsed = YamlText.Read(text, "t.yaml", root =>
        {
            read(root);
            return "whole";
        });
        Assert.That(parsed.Value, Is.EqualTo(parsed.Problems.Count == 0 ? "whole" : null));
        return parsed.Problems;
    }
}
