using System.Buffers.Text;
using System.IO.Compression;

namespace Survey.Web.Mail;

/// <summary>
/// Single organisations as a short piece of an address, so that a page about a thousand of them can be loaded again: the ids in rising order, each as its distance from the
/// one before, in bytes of seven bits (LEB128), packed, in the letters that an address may hold. No secret and no proof: whoever takes it in looks the ids up.
/// </summary>
public static class MemberChoice
{
    /// <summary>The most ids that are read: more than a network has members.</summary>
    public const int Most = 20_000;

    /// <summary>The ids in letters; empty for none.</summary>
    public static string Of(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        using var packed = new MemoryStream();
        using (var file = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var before = 0;
            foreach (var id in ids.Where(i => i > 0).Distinct().Order().Take(Most))
            {
                var rest = id - before;
                for (; rest > 0x7F; rest >>= 7)
                {
                    file.WriteByte((byte)(rest | 0x80));
                }

                file.WriteByte((byte)rest);
                before = id;
            }
        }

        return packed.Length == 0 ? "" : Base64Url.EncodeToString(packed.ToArray());
    }

    /// <summary>The ids in these letters; none where the letters are not what <see cref="Of"/> makes.</summary>
    public static IReadOnlyList<int> Read(string? letters)
    {
        if (string.IsNullOrEmpty(letters) || !Base64Url.IsValid(letters))
        {
            return [];
        }

        var ids = new List<int>();
        try
        {
            using var file = new DeflateStream(new MemoryStream(Base64Url.DecodeFromChars(letters)), CompressionMode.Decompress);
            var (id, distance, shift) = (0L, 0L, 0);
            for (var part = file.ReadByte(); part >= 0 && ids.Count < Most; part = file.ReadByte())
            {
                distance |= (long)(part & 0x7F) << shift;
                shift += 7;
                if ((part & 0x80) == 0)
                {
                    id += distance;
                    if (distance == 0 || id > int.MaxValue)
                    {
                        return [];
                    }

                    ids.Add((int)id);
                    (distance, shift) = (0, 0);
                }
                else if (shift > 28)
                {
                    return [];
                }
            }

            return ids;
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
