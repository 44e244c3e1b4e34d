using Survey.Domain.TemplateText;

namespace Survey.UnitTests.TemplateText;

public sealed class MailTextTests
{
    [Test]
    public void A_message_has_a_subject_line_and_a_body()
    {
        var mail = MailText.Parse("Subject: {round}: the survey is open\r\n\r\nDear {person},\r\n\r\n{link}\r\n", "invitation.en.md").Value!;
        Assert.That(mail.Subject.Fill(_ => "2026"), Is.EqualTo("2026: the survey is open"));
        Assert.That(mail.Body.Written, Is.EqualTo("Dear {person},\n\n{link}"));
        Assert.That(mail.Places, Is.EqualTo(new[] { "link", "person", "round" }));
    }

    [TestCase("Dear all\n\nbody", "m.en.md:1 mail-subject")]
    [TestCase("Subject: \n\nbody", "m.en.md:1 mail-subject")]
    [TestCase("Subject: a\nbody", "m.en.md:2 mail-body")]
    [TestCase("Subject: a\n\n", "m.en.md:3 mail-body")]
    [TestCase("Subject: a\n\nbody\n{answers}", "m.en.md:4 unknown-placeholder")]
    [TestCase("", "m.en.md:1 mail-subject m.en.md:1 mail-body")]
    public void A_mistake_is_reported_at_its_line(string text, string expected) =>
        Assert.That(string.Join(' ', MailText.Parse(text, "m.en.md").Problems.Select(problem => $"{problem.Where} {problem.Code}")), Is.EqualTo(expected));

    [Test]
    public void A_subject_that_a_phone_would_cut_off_is_refused() =>
        Assert.That(MailText.Parse($"Subject: {new string('a', MailText.LongestSubject + 1)}\n\nb", "m.en.md").Problems, Has.Count.EqualTo(1));
}
