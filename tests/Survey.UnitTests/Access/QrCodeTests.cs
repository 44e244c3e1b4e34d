using System.Security.Cryptography;
using System.Text;
using Survey.Web.Access;

namespace Survey.UnitTests.Access;

/// <summary>Expected modules were made with QRCoder 1.8.1 (error correction level M), an encoder with no code in common with ours; the mask is the one that it chose.</summary>
internal sealed class QrCodeTests
{
    private const string LetterA = """
        #######.#..#..#######
        #.....#.#####.#.....#
        #.###.#...#.#.#.###.#
        #.###.#.##.##.#.###.#
        #.###.#..###..#.###.#
        #.....#..#.##.#.....#
        #######.#.#.#.#######
        ........##.##........
        #.##.###..###.#..#.##
        .#.##..#.#.####..#...
        ##..###.##.#.....##.#
        #.##.#.....#..#####..
        #..####..#..#..#..#..
        ........#.##..#..#..#
        #######.#..##..#.#...
        #.....#.##.....##.##.
        #.###.#..##.#####...#
        #.###.#.####..######.
        #.###.#.#.#.#.##.....
        #.....#...#..#.#..#.#
        #######.#....#..#....
        """;

    [Test]
    public void A_letter_gives_the_modules_of_an_independent_encoder() => Assert.That(Modules(QrCode.Of("A", 3)), Is.EqualTo(LetterA.ReplaceLineEndings("\n")));

    [TestCase("otpauth://totp/Progress%20Report:office%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Progress%20Report&digits=6", 3, 49, "b192e4d8f793f636860287adfa0bbd11027717d595b7f0feae1a3672f85807f1")]
    [TestCase("Zażółć gęślą jaźń", 2, 25, "72ad8c4f025711251929b01a1d745dff19718ff76d1a3c2f7cecfca080df7728")]
    public void Longer_texts_give_the_modules_of_an_independent_encoder(string text, int mask, int size, string hash) => Check(text, mask, size, hash);

    [TestCase('x', 60, 0, 33, "923ed37758ae2f8e2b9411300b20ad63cd960064c2b2af8d9c87eda98cd36588")]
    [TestCase('y', 100, 0, 41, "7ff02d075bb1ca3972fa3e697e7ea7f963b9d8e85ae2de95d68287ec57e67316")]
    [TestCase('q', 170, 1, 53, "1278dbeb529c4964dbe303a8ba77b020ab16b470752d737126747f49bb725358")]
    [TestCase('z', 213, 1, 57, "e1472b1a94a2ad88f3d3375976d19ad367668bbb21aa72cf386e08b16fe5ca61")]
    public void Larger_versions_give_the_modules_of_an_independent_encoder(char letter, int count, int mask, int size, string hash) => Check(new string(letter, count), mask, size, hash);

    [Test]
    public void More_than_fits_is_refused() => Assert.That(() => QrCode.Of(new string('z', 214)), Throws.ArgumentException);

    private static void Check(string text, int mask, int size, string hash)
    {
        var code = QrCode.Of(text, mask);
        Assert.That(code.Size, Is.EqualTo(size));
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Modules(code)))), Is.EqualTo(hash));
    }

    private static string Modules(QrCode code) =>
        string.Join('\n', Enumerable.Range(0, code.Size).Select(row => string.Concat(Enumerable.Range(0, code.Size).Select(column => code[row, column] ? '#' : '.'))));
}
