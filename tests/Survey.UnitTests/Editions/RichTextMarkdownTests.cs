using Survey.Reporting.Editions;

namespace Survey.UnitTests.Editions;

/// <summary>The office's Markdown: the little that it knows, a line for what it does not, and nothing that acts.</summary>
internal sealed class RichTextMarkdownTests
{
    [Test]
    public void Paragraphs_headings_lists_and_looks_are_read()
    {
        var parts = Whole("First *line*\nand **on**.\n\n### A heading\n\n- one\n- two\n\n1. [first](https://example.org/a?b=c)\n2. <mail@example.org>");
        Assert.That(parts.Select(p => p.Kind), Is.EqualTo(new[] { RichPartKind.Paragraph, RichPartKind.Heading, RichPartKind.List, RichPartKind.Numbers }));
        Assert.That(parts[0].Lines.Single().Spans, Is.EqualTo(new RichSpan[] { new("First "), new("line", IsEmphasis: true), new(" and "), new("on", IsStrong: true), new(".") }));
        Assert.That(parts[3].Lines.Select(l => l.Spans.Single()), Is.EqualTo(new RichSpan[] { new("first", Link: "https://example.org/a?b=c"), new("mail@example.org", Link: "mailto:mail@example.org") }));
    }

    [TestCase("one\n\n# Too large", "line:3 heading")]
    [TestCase("> said", "line:1 quote")]
    [TestCase("a\n\n```\nx\n```", "line:3 code")]
    [TestCase("a\n\n---\n\nb", "line:3 rule")]
    [TestCase("a\nb ![x](https://example.org/x.png)", "line:2 picture")]
    [TestCase("a\nb\n[x](javascript:alert(1))", "line:3 link")]
    [TestCase("[x](file:///etc/passwd)", "line:1 link")]
    [TestCase("- a\n  - b", "line:1 item")]
    [TestCase("###", "line:1 emptyHeading")]
    [TestCase("2013. Cette année-là", "line:1 listStart")]
    public void What_it_does_not_know_is_named_with_its_line(string markdown, string problem) =>
        Assert.That(RichTextMarkdown.Read(markdown).Problems.Select(p => $"{p.Where} {p.Code}"), Is.EqualTo(new[] { problem }));

    [TestCase("<script>alert(1)</script> &amp; <b>x</b>", "<script>alert(1)</script> & <b>x</b>")]
    [TestCase("#import \"x\": * $x^2$ @ref <label> \\#panic", "#import \"x\": * $x^2$ @ref <label> #panic")]
    [TestCase("left \u202Eright\u202C \u2067x\u2069\u0007\u0000", "left right \u2067x\u2069")]
    [TestCase("\u2069an isolate \u2067is closed", "an isolate \u2067is closed\u2069")]
    [TestCase("a \u2067line  \nand another", "a \u2067line\u2069\nand another")]
    [TestCase("    indented", "indented")]
    public void Markup_of_others_is_words(string markdown, string words) => Assert.That(Words(Whole(markdown)), Is.EqualTo(words));

    [TestCase(">")]
    [TestCase("- ")]
    [TestCase("[")]
    [TestCase("*a ")]
    [TestCase("![x](")]
    [TestCase("`")]
    public void Twenty_thousand_signs_end_in_an_answer(string sign)
    {
        var text = string.Concat(Enumerable.Repeat(sign, 20_000 / sign.Length));
        RichTextMarkdown.Read(text);
        Assert.That(Words(RichTextMarkdown.Printable(text)), Is.Not.Empty, "Not let in, it would be printed as typed.");
    }

    [Test]
    public void A_text_that_was_never_let_in_is_printed_as_typed() => Assert.That(Words(RichTextMarkdown.Printable("> said")), Is.EqualTo("> said"));

    private static IReadOnlyList<RichPart> Whole(string markdown)
    {
        var read = RichTextMarkdown.Read(markdown);
        Assert.That(read.Problems, Is.Empty);
        return read.Value!;
    }

    private static string Words(IReadOnlyList<RichPart> parts) => string.Concat(parts.SelectMany(p => p.Lines).SelectMany(l => l.Spans).Select(s => s.Text));
}
