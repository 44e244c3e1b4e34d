using Survey.Domain.Checking;

namespace Survey.UnitTests.Checking;

/// <summary>What is taken for a telephone number or a mail address in members' words.</summary>
internal sealed class ContactHintTests
{
    [TestCase("Contact Mary at 0700 123456", true)]
    [TestCase("Call +41 (0)22 555-01-99.", true)]
    [TestCase("اتصلوا على ٠٧٩١٢٣٤٥٦٧", true)]
    [TestCase("Write to mary@example.org", true)]
    [TestCase("Between 2015 and 2026 we helped 1,500,000 people", false)]
    [TestCase("Resolution 70/1 of 25 September 2015", false)]
    [TestCase("Nous avons aidé 12 500 000 personnes en 2024-2025", false)]
    [TestCase("", false)]
    public void A_telephone_number_or_an_address_is_noticed(string words, bool expected) => Assert.That(ContactHint.In(words), Is.EqualTo(expected));
}
