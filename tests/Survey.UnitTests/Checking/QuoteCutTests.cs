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
    [TestCase("[…]", false, Description = "No words.")]
    [TestCase("", false)]
    public void A_cut_is_the_words_with_marked_gaps(string cut, bool isCut) => Assert.That(QuoteCut.IsCutOf(Words, cut), Is.EqualTo(isCut));

    [Test]
    public void A_word_that_comes_twice_cannot_be_used_twice() => Assert.That(QuoteCut.IsCutOf("We won.", "We won. […] We won."), Is.False);

    [Test]
    public void Three_dots_are_a_mark() => Assert.That(QuoteCut.Cleaned(" [...] women. "), Is.EqualTo("[…] women."));
}
