using Survey.Reporting.Editions;
using Survey.Reporting.Typesetting;
using Survey.Testing;
using Survey.Testing.Editions;

namespace Survey.IntegrationTests.Typesetting;

/// <summary>The pictures of a sample edition, with every kind of chart and words that no layout expects, as PNG.</summary>
[TestFixture]
public sealed class PictureTests
{
    private const int White = 0xFFFFFF, Primary = 0x0D2C4B;

    private readonly Dictionary<string, IReadOnlyList<TypesetFile>> drawn = [];

    private static IReadOnlyList<PictureContent> Wishes(EditionContent content) => EditionPictures.Of(content, "CC BY 4.0 *bold* #panic(\"x\")");

    [OneTimeSetUp]
    public async Task DrawAsync()
    {
        foreach (var language in new[] { "en", "ar" })
        {
            var content = SampleEdition.In(language);
            drawn[language] = await new Typesetter(new TypesettingOptions()).DrawAsync(content, Wishes(content));
        }
    }

    [TestCase("en")]
    [TestCase("ar")]
    public void Each_picture_is_there_whole_in_its_size_and_not_blank(string language)
    {
        var wishes = Wishes(SampleEdition.In(language));
        Assert.That(drawn[language].Select(f => (f.Kind, f.Language, f.Name)), Is.EqualTo(wishes.Select(w => (TypesetFileKind.Picture, language, w.Name))));
        foreach (var (file, wish) in drawn[language].Zip(wishes))
        {
            var picture = PngPicture.Of(file.Bytes);
            Assert.Multiple(() =>
            {
                Assert.That(picture.Width, Is.EqualTo(wish.Width), file.Name);
                Assert.That(picture.Height, wish is HeadlinePicture ? Is.EqualTo(EditionPictures.HeadlineHeight) : Is.InRange(400, 3000), file.Name);
                Assert.That(picture.Ink(0, picture.Width, wish is HeadlinePicture ? Primary : White), Is.InRange(0.03, 0.9), file.Name);
                Assert.That(file.Bytes, Has.Length.LessThan(200_000), file.Name);
            });
        }
    }

    [Test]
    public void Arabic_is_set_from_the_right()
    {
        // The logo's white box and what begins the sentence: at the side where reading begins.
        foreach (var (language, isTurned) in new[] { ("en", false), ("ar", true) })
        {
            var headline = PngPicture.Of(drawn[language][^1].Bytes);
            var (start, end) = (headline.Ink(72, 132, Primary), headline.Ink(headline.Width - 132, headline.Width - 72, Primary));
            var (box, bare) = isTurned ? (headline.Width - 76, 76) : (76, headline.Width - 76);
            Assert.Multiple(() =>
            {
                Assert.That(start > end, Is.EqualTo(!isTurned), language);
                Assert.That((headline.At(box, 80), headline.At(bare, 80) == White), Is.EqualTo((White, false)), language);
            });
        }
    }

    [Test]
    public async Task The_same_content_gives_the_same_bytes()
    {
        var content = SampleEdition.In("ar");
        // Two of all suffice: a chart and the headline.
        PictureContent[] some = [Wishes(content)[0], Wishes(content)[^1]];
        var again = await new Typesetter(new TypesettingOptions()).DrawAsync(content, some);
        Assert.That(again.Select(f => f.Bytes), Is.EqualTo(new[] { drawn["ar"][0].Bytes, drawn["ar"][^1].Bytes }));
    }

    [Test]
    public async Task Words_of_any_length_and_an_edition_with_nothing_in_it_still_make_a_picture()
    {
        var content = SampleEdition.In("fr") with { Blocks = [], Publisher = new string('W', 200), Title = string.Join(' ', Enumerable.Repeat("Ünïcode", 40)), Logo = null, SampleNotice = null, PointCount = 0, RegionCount = 40, Subtitle = string.Join(' ', Enumerable.Repeat("#read(\"/etc/passwd\")", 30)) };
        var only = (await new Typesetter(new TypesettingOptions()).DrawAsync(content, Wishes(content))).Single();
        Assert.That(PngPicture.Of(only.Bytes).Height, Is.EqualTo(EditionPictures.HeadlineHeight));
    }
}
