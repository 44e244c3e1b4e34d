using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Survey.Testing;

/// <summary>A PNG with a palette, as the site's pictures are: read strictly, so that reading it proves that it is well-formed.</summary>
public sealed record PngPicture(int Width, int Height, IReadOnlyList<int> Palette, byte[] Pixels)
{
    /// <summary>The colour of a pixel, as 0xRRGGBB.</summary>
    public int At(int x, int y) => Palette[Pixels[(y * Width) + x]];

    /// <summary>The part of the pixels between two columns that has another colour than this one, 0..1.</summary>
    public double Ink(int from, int to, int ground)
    {
        var count = 0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = from; x < to; x++)
            {
                count += At(x, y) == ground ? 0 : 1;
            }
        }

        return (double)count / ((to - from) * Height);
    }

    /// <summary>Reads the bytes; throws where they are no such picture.</summary>
    public static PngPicture Of(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (!bytes.AsSpan(0, 8).SequenceEqual<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]))
        {
            throw new InvalidDataException("No PNG.");
        }

        var chunks = new List<(string Type, byte[] Data)>();
        for (var at = 8; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            var type = Encoding.ASCII.GetString(bytes, at + 4, 4);
            if (Crc(bytes.AsSpan(at + 4, length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 8 + length)))
            {
                throw new InvalidDataException($"The checksum of {type} is wrong.");
            }

            chunks.Add((type, bytes[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        if (!chunks.Select(c => c.Type).SequenceEqual(["IHDR", "PLTE", "IDAT", "IEND"]))
        {
            throw new InvalidDataException($"Unexpected parts: {string.Join(' ', chunks.Select(c => c.Type))}.");
        }

        var (head, colours) = (chunks[0].Data, chunks[1].Data);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(head), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)));
        using var rows = new MemoryStream();
        using (var packed = new ZLibStream(new MemoryStream(chunks[2].Data), CompressionMode.Decompress))
        {
            packed.CopyTo(rows);
        }

        var (all, pixels) = (rows.ToArray(), new byte[width * height]);
        if (!head.AsSpan(8).SequenceEqual<byte>([8, 3, 0, 0, 0]) || all.Length != (width + 1) * height)
        {
            throw new InvalidDataException("Not eight bits a pixel with a palette.");
        }

        for (var y = 0; y < height; y++)
        {
            if (all[y * (width + 1)] != 0)
            {
                throw new InvalidDataException("A row is filtered.");
            }

            Array.Copy(all, (y * (width + 1)) + 1, pixels, y * width, width);
        }

        return new(width, height, [.. colours.Chunk(3).Select(c => (c[0] << 16) | (c[1] << 8) | c[2])], pixels);
    }

    // The checksum of the format's own specification (PNG, annex D).
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
