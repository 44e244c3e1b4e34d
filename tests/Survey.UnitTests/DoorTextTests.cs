using Survey.Domain;

namespace Survey.UnitTests;

public sealed class DoorTextTests
{
    [TestCase("plain", "plain")]
    [TestCase("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [TestCase("\r\r\n", "\n\n")]
    [TestCase("a\0b", "ab")]
    [TestCase("e\u0301", "\u00E9")]
    [TestCase("e\0\u0301", "\u00E9")]
    [TestCase("", "")]
    public void Text_is_cleaned(string text, string clean)
    {
        Assert.That(DoorText.Clean(text), Is.EqualTo(clean));
        Assert.That(DoorText.Clean(DoorText.Clean(text)), Is.EqualTo(clean));
    }

    [Test]
    public void Lone_surrogates_go()
    {
        // In the body: an attribute's strings cannot hold them.
        Assert.That(DoorText.Clean("a\uD83Db"), Is.EqualTo("ab"));
        Assert.That(DoorText.Clean("a\uDE00b\uD83D"), Is.EqualTo("ab"));
        Assert.That(DoorText.Clean("\uD83D\uD83D\uDE00"), Is.EqualTo("😀"));
        Assert.That(DoorText.Clean("e\uD83D\u0301"), Is.EqualTo("\u00E9"));
    }

    [Test]
    public void A_clean_text_is_the_same_object()
    {
        const string text = "already\nclean é 😀 العربية";
        Assert.That(DoorText.Clean(text), Is.SameAs(text));
    }

    [TestCase("", 0)]
    [TestCase("abc", 3)]
    [TestCase("é", 1)]
    [TestCase("😀😀", 2)]
    [TestCase("𠮷野家", 3)]
    public void Length_is_counted_in_code_points(string text, int length) => Assert.That(DoorText.Length(text), Is.EqualTo(length));

    [TestCase("abc", 5, "abc")]
    [TestCase("abc", 2, "ab")]
    [TestCase("😀😀😀", 2, "😀😀")]
    [TestCase("ab👩‍👧", 3, "ab")]
    [TestCase("abc", 0, "")]
    public void A_cut_keeps_characters_whole(string text, int codePoints, string cut) => Assert.That(DoorText.Cut(text, codePoints), Is.EqualTo(cut));
}
