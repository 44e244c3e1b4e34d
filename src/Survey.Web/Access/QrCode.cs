using System.Globalization;
using System.Text;

namespace Survey.Web.Access;

/// <summary>
/// A QR code (ISO/IEC 18004, model 2) of a short text: bytes, error correction level M, versions 1 to 10, which hold up to 213 bytes. In order:
/// the bytes with mode and length are padded to the version's capacity, cut into blocks, each block gets its Reed-Solomon remainder, all are woven into one
/// row of bits, laid in zigzag around the fixed patterns, and the mask with the least penalty is laid over them.
/// </summary>
public sealed class QrCode
{
    /// <summary>By version, level M: remainder bytes per block, blocks of the short kind, their data bytes, blocks of the long kind (one byte more). Table 9 of the standard.</summary>
    private static readonly (int Remainder, int Short, int Data, int Long)[] Blocks =
    [
        (10, 1, 16, 0), (16, 1, 28, 0), (26, 1, 44, 0), (18, 2, 32, 0), (24, 2, 43, 0), (16, 4, 27, 0), (18, 4, 31, 0), (22, 2, 38, 2), (22, 3, 36, 2), (26, 4, 43, 1),
    ];

    /// <summary>Centres of the alignment patterns by version (annex E).</summary>
    private static readonly int[][] Centres = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

    private readonly bool[,] _dark;
    private readonly bool[,] _fixed;

    private QrCode(int version)
    {
        Size = 17 + (4 * version);
        _dark = new bool[Size, Size];
        _fixed = new bool[Size, Size];
        DrawPatterns(version);
    }

    /// <summary>Modules along a side.</summary>
    public int Size { get; }

    /// <summary>Whether the module in this row and column is dark.</summary>
    public bool this[int row, int column] => _dark[row, column];

    /// <summary>The code of a text, with the mask given or else the best one.</summary>
    public static QrCode Of(string text, int? mask = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var version = Enumerable.Range(1, Blocks.Length).FirstOrDefault(v => Capacity(v) >= bytes.Length);
        if (version == 0)
        {
            throw new ArgumentException($"{bytes.Length} bytes are too many for a code of this kind.", nameof(text));
        }

        var bits = Weave(version, Data(version, bytes));
        QrCode? best = null;
        foreach (var candidate in mask is { } wanted ? [wanted] : Enumerable.Range(0, 8))
        {
            var code = new QrCode(version);
            code.LayBits(bits);
            code.LayMask(candidate);
            code.DrawFormat(candidate);
            best = best is null || code.Penalty() < best.Penalty() ? code : best;
        }

        return best!;
    }

    /// <summary>The code as a picture, with the quiet zone of four modules.</summary>
    public string ToSvg()
    {
        var path = new StringBuilder();
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                if (_dark[row, column])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column + 4} {row + 4}h1v1h-1z");
                }
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Size + 8} {Size + 8}\" shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\"{path}\"/></svg>");
    }

    private static int DataBytes(int version) => (Blocks[version - 1].Short * Blocks[version - 1].Data) + (Blocks[version - 1].Long * (Blocks[version - 1].Data + 1));

    // Mode takes 4 bits, the length 8 (from version 10 on 16).
    private static int Capacity(int version) => DataBytes(version) - (version < 10 ? 2 : 3);

    private static byte[] Data(int version, byte[] bytes)
    {
        var bits = new List<bool>();
        Append(bits, 0b0100, 4);
        Append(bits, bytes.Length, version < 10 ? 8 : 16);
        foreach (var b in bytes)
        {
            Append(bits, b, 8);
        }

        var all = DataBytes(version) * 8;
        bits.AddRange(Enumerable.Repeat(false, Math.Min(4, all - bits.Count)));
        bits.AddRange(Enumerable.Repeat(false, (8 - (bits.Count % 8)) % 8));
        for (var pad = 0xEC; bits.Count < all; pad ^= 0xEC ^ 0x11)
        {
            Append(bits, pad, 8);
        }

        return [.. bits.Chunk(8).Select(c => (byte)c.Aggregate(0, (sum, bit) => (sum << 1) | (bit ? 1 : 0)))];
    }

    private static void Append(List<bool> bits, int value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            bits.Add(((value >> i) & 1) == 1);
        }
    }

    private static List<bool> Weave(int version, byte[] data)
    {
        var (remainder, shorts, length, longs) = Blocks[version - 1];
        var blocks = new List<byte[]>();
        for (int i = 0, at = 0; i < shorts + longs; i++)
        {
            var take = i < shorts ? length : length + 1;
            blocks.Add(data[at..(at + take)]);
            at += take;
        }

        var divisor = Divisor(remainder);
        var remainders = blocks.ConvertAll(b => Remainder(b, divisor));
        var bits = new List<bool>();
        foreach (var group in new[] { blocks, remainders })
        {
            for (var i = 0; i < group.Max(b => b.Length); i++)
            {
                foreach (var block in group.Where(b => i < b.Length))
                {
                    Append(bits, block[i], 8);
                }
            }
        }

        return bits;
    }

    private static byte[] Divisor(int degree)
    {
        var result = new byte[degree];
        result[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++)
        {
            for (var j = 0; j < degree; j++)
            {
                result[j] = (byte)(Multiply(result[j], root) ^ (j + 1 < degree ? result[j + 1] : 0));
            }

            root = Multiply(root, 2);
        }

        return result;
    }

    private static byte[] Remainder(byte[] data, byte[] divisor)
    {
        var result = new byte[divisor.Length];
        foreach (var b in data)
        {
            var factor = (byte)(b ^ result[0]);
            Array.Copy(result, 1, result, 0, result.Length - 1);
            result[^1] = 0;
            for (var i = 0; i < result.Length; i++)
            {
                result[i] ^= Multiply(divisor[i], factor);
            }
        }

        return result;
    }

    /// <summary>In the field of 256 elements modulo x^8 + x^4 + x^3 + x^2 + 1.</summary>
    private static byte Multiply(byte a, byte b)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D);
            product ^= ((b >> i) & 1) * a;
        }

        return (byte)product;
    }

    private void Fix(int row, int column, bool dark)
    {
        if (row >= 0 && column >= 0 && row < Size && column < Size)
        {
            _dark[row, column] = dark;
            _fixed[row, column] = true;
        }
    }

    private void DrawPatterns(int version)
    {
        for (var i = 0; i < Size; i++)
        {
            Fix(6, i, i % 2 == 0);
            Fix(i, 6, i % 2 == 0);
        }

        foreach (var (row, column) in new[] { (3, 3), (3, Size - 4), (Size - 4, 3) })
        {
            Rings(row, column, 4, ring => ring is not (2 or 4));
        }

        var centres = Centres[version - 1];
        foreach (var row in centres)
        {
            foreach (var column in centres)
            {
                var isFinder = (row == 6 && column == 6) || (row == 6 && column == Size - 7) || (row == Size - 7 && column == 6);
                if (!isFinder)
                {
                    Rings(row, column, 2, ring => ring != 1);
                }
            }
        }

        DrawFormat(0);
        if (version >= 7)
        {
            var remainder = version;
            for (var i = 0; i < 12; i++)
            {
                remainder = (remainder << 1) ^ ((remainder >> 11) * 0x1F25);
            }

            var bits = (version << 12) | remainder;
            for (var i = 0; i < 18; i++)
            {
                var dark = ((bits >> i) & 1) == 1;
                Fix(Size - 11 + (i % 3), i / 3, dark);
                Fix(i / 3, Size - 11 + (i % 3), dark);
            }
        }
    }

    private void Rings(int row, int column, int reach, Func<int, bool> isDark)
    {
        for (var dy = -reach; dy <= reach; dy++)
        {
            for (var dx = -reach; dx <= reach; dx++)
            {
                Fix(row + dy, column + dx, isDark(Math.Max(Math.Abs(dx), Math.Abs(dy))));
            }
        }
    }

    private void DrawFormat(int mask)
    {
        var data = mask; // level M has the bits 00
        var remainder = data;
        for (var i = 0; i < 10; i++)
        {
            remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537);
        }

        var bits = ((data << 10) | remainder) ^ 0x5412;
        bool Bit(int i) => ((bits >> i) & 1) == 1;
        for (var i = 0; i < 15; i++)
        {
            // Around the finder at the top left, past the timing patterns; and a second time along the other two.
            var (row, column) = i < 6 ? (i, 8) : i < 8 ? (i + 1, 8) : i == 8 ? (8, 7) : (8, 14 - i);
            Fix(row, column, Bit(i));
            if (i < 8)
            {
                Fix(8, Size - 1 - i, Bit(i));
            }
            else
            {
                Fix(Size - 15 + i, 8, Bit(i));
            }
        }

        Fix(Size - 8, 8, true);
    }

    private void LayBits(List<bool> bits)
    {
        var next = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6)
            {
                right = 5;
            }

            var isUpward = ((right + 1) & 2) == 0;
            for (var step = 0; step < Size; step++)
            {
                var row = isUpward ? Size - 1 - step : step;
                foreach (var column in new[] { right, right - 1 })
                {
                    if (!_fixed[row, column] && next < bits.Count)
                    {
                        _dark[row, column] = bits[next++];
                    }
                }
            }
        }
    }

    private void LayMask(int mask)
    {
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                var turns = mask switch
                {
                    0 => (row + column) % 2 == 0,
                    1 => row % 2 == 0,
                    2 => column % 3 == 0,
                    3 => (row + column) % 3 == 0,
                    4 => ((row / 2) + (column / 3)) % 2 == 0,
                    5 => (row * column % 2) + (row * column % 3) == 0,
                    6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
                    7 => (((row + column) % 2) + (row * column % 3)) % 2 == 0,
                    _ => throw new ArgumentOutOfRangeException(nameof(mask), mask, "Masks are 0 to 7."),
                };
                _dark[row, column] ^= turns && !_fixed[row, column];
            }
        }
    }

    /// <summary>The four penalties of the standard (7.8.3): long runs, blocks of one colour, what looks like a finder, too much of one colour.</summary>
    private int Penalty()
    {
        var penalty = 0;
        var darkCount = 0;
        int[] finder = [1, 0, 1, 1, 1, 0, 1];
        for (var turned = 0; turned < 2; turned++)
        {
            bool At(int line, int place) => turned == 0 ? _dark[line, place] : _dark[place, line];
            for (var line = 0; line < Size; line++)
            {
                for (int place = 0, run = 0; place < Size; place++)
                {
                    run = place > 0 && At(line, place) == At(line, place - 1) ? run + 1 : 1;
                    penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
                    bool Light(int from, int to) => Enumerable.Range(from, to - from).All(p => p < 0 || p >= Size || !At(line, p));
                    if (place + 7 <= Size && Enumerable.Range(0, 7).All(i => At(line, place + i) == (finder[i] == 1)) && (Light(place - 4, place) || Light(place + 7, place + 11)))
                    {
                        penalty += 40;
                    }
                }
            }
        }

        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                darkCount += _dark[row, column] ? 1 : 0;
                if (row > 0 && column > 0 && _dark[row, column] == _dark[row - 1, column] && _dark[row, column] == _dark[row, column - 1] && _dark[row, column] == _dark[row - 1, column - 1])
                {
                    penalty += 3;
                }
            }
        }

        return penalty + (10 * (Math.Abs((darkCount * 20) - (Size * Size * 10)) / (Size * Size)));
    }
}
