using Survey.Domain.TemplateText;

namespace Survey.UnitTests.TemplateText;

public sealed class PrivacyTextTests
{
    [Test]
    public void A_notice_has_a_title_and_places_of_the_network()
    {
        var notice = PrivacyText.Parse("# Your data\r\n\r\n{controller}, {office}\r\n", "2026-11.en.md").Value!;
        Assert.That((notice.Title, notice.Body.Written), Is.EqualTo(("Your data", "{controller}, {office}")));
    }

    [TestCase("Your data\n\nx", "n.md:1 privacy-title")]
    [TestCase("# Your data\n", "n.md:2 privacy-body")]
    [TestCase("# Your data\n\n{answers}", "n.md:3 unknown-placeholder")]
    public void A_mistake_is_reported_at_its_line(string text, string expected) =>
        Assert.That(string.Join(' ', PrivacyText.Parse(text, "n.md").Problems.Select(p => $"{p.Where} {p.Code}")), Is.EqualTo(expected));
}
