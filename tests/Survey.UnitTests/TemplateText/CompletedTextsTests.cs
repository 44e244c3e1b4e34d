using Survey.Domain.TemplateText;

namespace Survey.UnitTests.TemplateText;

public sealed class CompletedTextsTests
{
    private const string Head = "language: en\nname: English\ndirection: ltr\nplurals: {one: n = 1}\nformats:\n  date: \"{day} {month} {year}\"\n  dateShort: \"{day}/{mm}/{year}\"\n  months: [January, February, March, April, May, June, July, August, September, October, November, December]\n"
        + "  decimal: \".\"\n  thousands: \",\"\n  percent: \"{number}%\"\n  signedPlus: \"+\"\n  signedMinus: \"-\"\n  listBetween: \", \"\n  listLast: \" and \"\n";

    [Test]
    public void A_frozen_word_stays_and_a_new_one_is_taken_from_what_ships()
    {
        var frozen = TextCatalogue.Parse(Head + "a:\n  old: \"as it was\"\n", "frozen").Value!;
        var shipped = TextCatalogue.Parse(Head + "a:\n  old: \"as it is\"\n  new: {one: \"{n} point\", other: \"{n} points\"}\n", "shipped").Value!;
        var whole = frozen.CompletedBy(shipped);
        Assert.That(whole.Text("a.old"), Is.EqualTo("as it was"));
        Assert.That(whole.Plural("a.new", 3), Is.EqualTo("3 points"));
        Assert.That(frozen.Has("a.new"), Is.False);
    }
}
