using Survey.Web.Localization;

namespace Survey.UnitTests.Templates;

public sealed class TemplateMarkdownTests
{
    // Every sign that means something in Markdown (CommonMark 0.31, 2.4), in a name that somebody typed.
    [Test]
    public void What_was_filled_in_is_shown_as_it_was_typed()
    {
        const string Typed = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ 1. &amp; <b>x</b> [a](https://evil.example) **b** https://x.example";
        Assert.That(TemplateMarkdown.ToText(TemplateMarkdown.Escape(Typed)), Is.EqualTo(Typed + "\n"));
        Assert.That(TemplateMarkdown.ToHtml(TemplateMarkdown.Escape(Typed)), Does.Not.Contain("<a ").And.Not.Contain("<b>").And.Not.Contain("<strong>"));
    }

    [Test]
    public void A_line_end_in_what_was_filled_in_begins_nothing_new() =>
        Assert.That(TemplateMarkdown.ToHtml(TemplateMarkdown.Escape("a\n\n# b")), Does.Not.Contain("<h1>"));

    [TestCase("javascript:alert(1)"), TestCase("data:text/html,x"), TestCase("file:///etc/passwd"), TestCase("//evil.example"), TestCase("/a/r/x")]
    public void Only_the_web_and_mail_are_linked(string address) =>
        Assert.That(TemplateMarkdown.ToHtml($"[words]({address}) <{address}> ![words]({address})"), Does.Not.Contain("<a ").And.Not.Contain("<img"));

    [Test]
    public void The_words_alone_keep_the_addresses() =>
        Assert.That(TemplateMarkdown.ToText("# Title\n\nSee [here](https://example.org/x), or <office@example.org>:\n\n1. one\n2. two\n\n- a\n  - b\n\n<https://example.org/y>"),
            Is.EqualTo("Title\n\nSee here (https://example.org/x), or office@example.org:\n\n1. one\n2. two\n\n- a\n  - b\n\nhttps://example.org/y\n"));
}
