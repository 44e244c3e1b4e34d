using Survey.Domain.Checking;

namespace Survey.UnitTests.Checking;

/// <summary>A cut leaves out and says where; it never puts other words into a member's mouth.</summary>
internal sealed class QuoteCutTests
{
    private const string Words = "In Dakar we trained forty women.\nToday they run their own business.";

    [TestCase("[…] we trained forty women. Today they run their own business.", true)]
    [TestCase("In Dakar we trained forty women. […]", true)]
    [TestCase("[…] we trained […] women. […]", true)]
    [TestCase(Words, false, Description = "Nothing is left out.")]
    [TestCase("we trained forty women. […]", false, Description = "The gap at the beginning is not marked.")]
    [TestCase("In Dakar […] we trained forty women.", false, Description = "Nor is the one at the end.")]
    [TestCase("[…] we trained fifty women. […]", false, Description = "Another word.")]
    [TestCase("[…] business. […] women. […]", false, Description = "Another order.")]
    [TestCase("In Dakar we trained forty women. Today they run their own busi[…]", false, Description = "Cut through a word.")]
    [TestCase("[…]kar we trained forty women. Today they run their own business.", false, Description = "Cut through a word at the beginning.")]
    [TestCase("[…] train […]", false, Description = "Cut through a word in the middle.")]
    [TestCase("[…]", false, Description = "No words.")]
    [TestCase("", false)]
    public void A_cut_is_the_words_with_marked_gaps(string cut, bool isCut) => Assert.That(QuoteCut.IsCutOf(Words, cut), Is.EqualTo(isCut));

    [TestCase("It is impossible to work here", "It is […]possible to work here", false)]
    [TestCase("For non-members nothing moved", "[…]members nothing moved", false)]
    [TestCase("We can't work and we can hope", "We can[…]", false)]
    [TestCase("We can't work and we can hope", "We can't work […]", true)]
    [TestCase("Selon l’association locale", "[…] association locale", true)]
    [TestCase("Un train, des trains", "[…] trains", true)]
    [TestCase("تدرّبت أربعون امرأة في داكار", "[…] أربعون امرأة […]", true)]
    [TestCase("تدرّبت أربعون امرأة في داكار", "تدر […]", false)]
    [TestCase("We trained 12,500 women", "We trained […] 500 women", false)]
    [TestCase("We trained 12 500 women", "We trained 12 […]", false)]
    [TestCase("Up by 3.5 per cent", "[…] 5 per cent", false)]
    [TestCase("Up by 3.5 per cent", "Up by 3 […] per cent", false)]
    [TestCase("It fell to -4 degrees", "[…] 4 degrees", false)]
    [TestCase("In 2025, 40 women came.", "[…] 40 women came.", true)]
    [TestCase("We came. 40 women too.", "We came. […]", true)]
    public void No_word_is_cut_through_into_another(string words, string cut, bool isCut) => Assert.That(QuoteCut.IsCutOf(words, cut), Is.EqualTo(isCut));

    [Test]
    public void A_word_that_comes_twice_cannot_be_used_twice() => Assert.That(QuoteCut.IsCutOf("We won.", "We won. […] We won."), Is.False);

    [Test]
    public void Three_dots_are_a_mark() => Assert.That(QuoteCut.Cleaned(" [...] women. "), Is.EqualTo("[…] women."));
}
