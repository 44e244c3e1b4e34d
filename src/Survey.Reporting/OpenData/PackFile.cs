using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Survey.Reporting.OpenData;

/// <summary>
/// The pack's checksums, and the pack as one file. The same files make the same bytes on every machine of a kind: fixed order and times, and nothing is compressed, since the compressor's
/// output may differ from one to the next.
/// </summary>
internal static class PackFile
{
    public const string Sums = "SHA256SUMS", Zip = "data-pack.zip";

    // The earliest time that the format can tell.
    private static readonly DateTimeOffset Fixed = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One line a file, as <c>sha256sum -c</c> reads them.</summary>
    public static DataFile SumsOf(IReadOnlyList<DataFile> files) =>
        new(Sums, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(string.Concat(files.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Bytes))}  {f.Name}\n"))));

    /// <summary>All files in a folder that names round and version.</summary>
    public static DataFile ZipOf(IReadOnlyList<DataFile> files, string folder)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry($"{folder}/{file.Name}", CompressionLevel.NoCompression);
                entry.LastWriteTime = Fixed;
                entry.ExternalAttributes = 0;
                using var into = entry.Open();
                into.Write(file.Bytes);
            }
        }

        return new DataFile(Zip, "application/zip", stream.ToArray());
    }
}
