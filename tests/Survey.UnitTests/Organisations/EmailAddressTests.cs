using Survey.Domain.Organisations;

namespace Survey.UnitTests.Organisations;

public sealed class EmailAddressTests
{
    [TestCase(" awa.diop+survey@example.org ", "awa.diop+survey@example.org")]
    [TestCase("o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk")]
    [TestCase("nadia@مثال.example", "nadia@مثال.example")]
    public void An_address_is_taken_as_it_is_typed_without_blanks_around_it(string typed, string address) =>
        Assert.That(EmailAddress.Of(typed), Is.EqualTo(address));

    [TestCase(null), TestCase(""), TestCase("awa"), TestCase("awa@example"), TestCase("@example.org"), TestCase("awa@.org"), TestCase("awa@example..org"), TestCase("awa@-example.org")]
    [TestCase("awa@example.org, nadia@example.org"), TestCase("Awa <awa@example.org>"), TestCase("awa@example.org\r\nBcc: x@example.org"), TestCase("awa diop@example.org"), TestCase("نادية@example.org")]
    public void What_is_none_is_refused(string? typed) => Assert.That(EmailAddress.Of(typed), Is.Null);

    // RFC 5321, 4.5.3.1: 64 before the @, 254 in all.
    [Test]
    public void Longer_than_any_mail_server_takes_is_refused()
    {
        Assert.That(EmailAddress.Of(new string('a', 64) + "@example.org"), Is.Not.Null);
        Assert.That(EmailAddress.Of(new string('a', 65) + "@example.org"), Is.Null);
        Assert.That(EmailAddress.Of("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5)) + ".org"), Is.Null);
    }
}
