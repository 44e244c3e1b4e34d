using Survey.Web.Mail;

namespace Survey.UnitTests.Mail;

/// <summary>Single organisations in an address: what goes in comes out, and a thousand fit.</summary>
internal sealed class MemberChoiceTests
{
    [Test]
    public void What_goes_in_comes_out_in_rising_order()
    {
        int[] ids = [70_000, 3, 128, 3, int.MaxValue];
        Assert.That(MemberChoice.Read(MemberChoice.Of(ids)), Is.EqualTo(new[] { 3, 128, 70_000, int.MaxValue }));
        Assert.That((MemberChoice.Of([]), MemberChoice.Read("").Count), Is.EqualTo(("", 0)));
    }

    [Test]
    public void A_thousand_of_ten_thousand_fit_in_an_address()
    {
        var random = new Random(17);
        var ids = Enumerable.Range(1, 10_000).OrderBy(_ => random.Next()).Take(1000).Order().ToList();
        var letters = MemberChoice.Of(ids);
        Assert.That(letters, Has.Length.LessThan(2000).And.Matches("^[A-Za-z0-9_-]+$"));
        Assert.That(MemberChoice.Read(letters), Is.EqualTo(ids));
    }

    [TestCase("nonsense")]
    [TestCase("%%%")]
    [TestCase("AAAA")]
    public void Other_letters_choose_nobody(string letters) => Assert.That(MemberChoice.Read(letters), Is.Empty);
}
